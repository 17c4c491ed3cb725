/** Days for which Entra keeps sign-ins and audits with P1 or P2 ("Microsoft Entra data retention"). */
export const PREMIUM_RETENTION_DAYS = 30;

/** The same without P1 or P2. */
export const FREE_RETENTION_DAYS = 7;

/** Days after which Entra deletes a removed user for good ("Restore or remove a recently deleted user"). */
export const DELETED_USER_DAYS = 30;

/**
 * Graph serves its reporting endpoints this often per app and tenant ("Microsoft Graph service-specific throttling
 * limits"); REPORT_REQUESTS_PER_10_SECONDS says otherwise for simulated tenants.
 */
export const REPORTING_REQUESTS = 5;
export const REPORTING_WINDOW_MS = 10_000;

/** Rows of a page of the sign-in and audit logs ("List signIns"). */
export const LOG_PAGE_ROWS = 1000;

/** Graph takes no request of more than 4 MB: "The maximum request length supported is 4MB." */
export const MAX_REQUEST_BYTES = 4 * 1024 * 1024;

/** Longer MIME messages Graph was seen to answer with 200 and not to send (microsoft-graph-docs, issue 13979). */
export const MAX_MIME_BYTES = 2240 * 1024;
