export interface Grant {
  readonly id: string;
  readonly appRoleId: string;
  readonly resourceId: string;
}

/** What the stand-in starts from; `grants` grows with each role that is granted. */
export interface AzState {
  readonly tenantId?: string | undefined;
  readonly pageSize: number;
  readonly grants: readonly Grant[];
  /** Calls for which the identity is still unknown to Graph. */
  readonly unknownFor?: number;
  readonly refuses?: 'get' | 'post' | 'sign-in';
  /** Graph answers each call with an error of its own. */
  readonly broken?: boolean;
  /** Graph takes no more grants than this, and is unavailable for the next. */
  readonly stopsAfter?: number;
  readonly alreadyExists?: boolean;
  readonly nextHost?: string;
}

export const GRAPH_ID = '99999999-0000-0000-0000-000000000001';
