/** A request to the simulated Graph, once it has been read and let in. */
export interface GraphRequest {
  readonly url: URL;
  readonly version: 'v1.0' | 'beta';
  /** The decoded parts of the path that the route leaves open. */
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
  readonly now: Date;
}
