/** The queries that `node lib/packaging/compile-queries.ts` writes beside this file. */
export declare const QUERIES: Readonly<
  Record<'sign-ins' | 'hours' | 'dropped' | 'tables' | 'others', string>
>;
