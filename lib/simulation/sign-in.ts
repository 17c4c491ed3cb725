import type { Application, Resource } from './sign-in-applications.ts';
import type { Outcome } from './sign-in-outcomes.ts';

export const SIGN_IN_KINDS = ['interactive', 'nonInteractive'] as const;
export type SignInKind = (typeof SIGN_IN_KINDS)[number];

/** Who signs in, as sign-in rows name them. */
export interface SignInPerson {
  readonly id: string;
  readonly displayName: string;
  /** Lower case, and for a guest the address at home. */
  readonly signInName: string;
  readonly guest: boolean;
  /** Set for another tenant's technician, whose id is in nobody's `/users`. */
  readonly isServiceProvider?: boolean;
}

/** One sign-in event; the sign-ins endpoint writes it as a Graph row. */
export interface SignIn {
  readonly id: string;
  readonly atMs: number;
  readonly kind: SignInKind;
  readonly application: Application;
  readonly resource: Resource;
  readonly outcome: Outcome;
  readonly person: SignInPerson;
}
