import { ENFORCEMENT_YEARS } from '../entra/applications.ts';
import { REPORTING_REQUESTS } from '../entra/limits.ts';
import {
  addresses,
  choice,
  container,
  count,
  flag,
  graphEndpoint,
  list,
  locale,
  mailbox,
  schedule,
  stateLocation,
  text,
  timeZone,
  years,
} from './kinds.ts';
import type { Field } from './kinds.ts';
import { workspaceEndpoint, workspaceId } from './workspace-kinds.ts';

/**
 * The table of settings. Validation, `--help`, the README's table, `local.settings.json.example` and the
 * deployment are held against it. Names are app settings; an empty value counts as absent.
 */
export const FIELDS = {
  graphAuth: choice(
    ['managed-identity', 'device-code', 'environment'],
    'GRAPH_AUTH',
    'managed-identity',
    'How to sign in to Graph: the identity of the function, a person with a device code, or AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret or certificate.',
  ),
  clientId: text(
    'AZURE_CLIENT_ID',
    '',
    'Client id of the user-assigned identity; for device-code, of the public client.',
  ),
  graphEndpoint: graphEndpoint(
    'GRAPH_ENDPOINT',
    'https://graph.microsoft.com',
    'Root of Graph in your cloud.',
  ),
  signInSource: choice(
    ['auto', 'graph', 'log-analytics'],
    'SIGN_IN_SOURCE',
    'auto',
    'Where sign-ins come from: auto takes the workspace where SIGN_IN_WORKSPACE_ID names one, and Graph for what it lacks; log-analytics never counts Graph’s. Those of emergency accounts come from Graph.',
  ),
  signInWorkspaceId: workspaceId(
    'SIGN_IN_WORKSPACE_ID',
    'GUID of the Log Analytics workspace to which Entra exports sign-ins; not its resource id.',
  ),
  signInWorkspaceEndpoint: workspaceEndpoint(
    'SIGN_IN_WORKSPACE_ENDPOINT',
    'Root of the query API of Log Analytics. Empty: that of the cloud of GRAPH_ENDPOINT.',
  ),
  reportSchedule: schedule('REPORT_SCHEDULE', '0 0 6 * * *', 'When the digest is made, in UTC.'),
  ingestSchedule: schedule(
    'INGEST_SCHEDULE',
    '0 20 1-21/4 * * *',
    'When sign-ins are read into the ledger between digests, in UTC.',
  ),
  reportTimeZone: timeZone(
    'REPORT_TIME_ZONE',
    'UTC',
    'Time zone in which the digest writes instants.',
  ),
  reportLocale: locale(
    'REPORT_LOCALE',
    'en-GB',
    'Language tag that decides how dates and numbers are written.',
  ),
  daysToCheckLogs: count(
    1,
    730,
    'DAYS_TO_CHECK_LOGS',
    '90',
    'Days of sign-ins to judge, and of inactivity after which a person is dormant.',
  ),
  enforceYears: years(
    ENFORCEMENT_YEARS,
    'ENFORCE_YEARS',
    '2024,2025',
    'Applications to look at, by the year in which enforcement began.',
  ),
  emailFrom: mailbox('EMAIL_FROM', '', 'Mailbox that sends the digest.'),
  emailTo: addresses('EMAIL_TO', '', 'Who receives the digest.'),
  emailCc: addresses('EMAIL_CC', '', 'Who receives a copy.'),
  emailBcc: addresses('EMAIL_BCC', '', 'Who receives a hidden copy.'),
  emailSubject: text(
    'EMAIL_SUBJECT',
    '',
    'What the subject begins with, before the figures, and what the mail is called.',
  ),
  emailBody: text('EMAIL_BODY', '', 'A paragraph of yours under the headline.'),
  attachCsv: flag('ATTACH_CSV', 'true', 'Attach the CSV files; a list of nobody is not attached.'),
  attachWorkbook: flag(
    'ATTACH_WORKBOOK',
    'true',
    'Attach a workbook (mfa-gaps-DATE.xlsx) with everybody to be worked off, what changed, and what each column means.',
  ),
  csvDelimiter: choice(
    ['comma', 'semicolon', 'tab'],
    'CSV_DELIMITER',
    'comma',
    'What separates the cells of the CSV files. Excel opens a file by a double click where it is the list separator of Windows: a semicolon in most of Europe.',
  ),
  sendWhen: choice(
    ['hits', 'changes', 'always'],
    'SEND_WHEN',
    'hits',
    'Mail when there are hits, when something changed, or always; a PARTIAL report is always mailed, as is news of emergency accounts.',
  ),
  debugOutput: flag('DEBUG_OUTPUT', 'false', 'Log more, and mail even without hits.'),
  saveToSentItems: flag(
    'SAVE_TO_SENT_ITEMS',
    'true',
    'Keep the digest in the sender’s Sent Items.',
  ),
  requestDeliveryReceipt: flag('REQUEST_DELIVERY_RECEIPT', 'false', 'Ask for a delivery receipt.'),
  includeGuests: flag('INCLUDE_GUESTS', 'true', 'Judge guests and external people too.'),
  excludedUsers: list(
    'EXCLUDED_USERS',
    '',
    'User principal names or object ids of service objects that are out of scope.',
  ),
  breakGlassAccounts: list(
    'BREAK_GLASS_ACCOUNTS',
    '',
    'User principal names or object ids of the emergency accounts.',
  ),
  newAccountGraceDays: count(
    0,
    30,
    'NEW_ACCOUNT_GRACE_DAYS',
    '2',
    'Days in which a new account may still lack its row in the registration report.',
  ),
  stoppedDays: count(
    1,
    90,
    'STOPPED_DAYS',
    '14',
    'Days for which somebody who was refused at MFA, and did not get in since, counts as stopped.',
  ),
  telephonyProvider: flag(
    'TELEPHONY_PROVIDER',
    'false',
    'Says that the tenant sends SMS and voice calls through a provider of its own, so that Microsoft’s end of them stops nobody.',
  ),
  includeSignInLog: flag(
    'INCLUDE_SIGN_IN_LOG',
    'false',
    'Attach the raw sign-in rows, with IP addresses and locations.',
  ),
  maxRowsInEmail: count(
    0,
    500,
    'MAX_ROWS_IN_EMAIL',
    '10',
    'Rows of each list in the mail at most, administrators and emergency accounts beside them: a long mail shows fewer, and everybody is in the files.',
  ),
  reportRequestsPer10Seconds: count(
    0,
    1000,
    'REPORT_REQUESTS_PER_10_SECONDS',
    String(REPORTING_REQUESTS),
    'Graph’s limit for its reporting endpoints; 0 does not pace (simulated tenants).',
  ),
  runTimeLimitMinutes: count(
    1,
    600,
    'RUN_TIME_LIMIT_MINUTES',
    '25',
    'The run’s own deadline; keep it below the host’s functionTimeout.',
  ),
  stateLocation: stateLocation(
    'STATE_LOCATION',
    '',
    'Where the memory is kept: blob, folder:PATH or none. Empty: blob in the function, a local folder on the command line.',
  ),
  stateContainer: container('STATE_CONTAINER', 'mfa-gap-mailer', 'Blob container of the memory.'),
  ledgerOverlapDays: count(
    1,
    7,
    'LEDGER_OVERLAP_DAYS',
    '2',
    'Whole days that are read again each day, for sign-ins that arrive late.',
  ),
  ledgerRetentionDays: count(
    1,
    3650,
    'LEDGER_RETENTION_DAYS',
    '400',
    'Days of sign-ins that the ledger keeps; not below DAYS_TO_CHECK_LOGS.',
  ),
  alertOnMissingDigest: flag(
    'ALERT_ON_MISSING_DIGEST',
    'true',
    'Says that the 26-hour alarm is deployed, so that the check can tell whether the schedule fits it.',
  ),
  mailboxScoping: flag(
    'MAILBOX_SCOPING',
    'false',
    'Says that sending is granted in Exchange for one mailbox, so that Mail.Send must not be in the token.',
  ),
} satisfies Record<string, Field<unknown>>;

type Fields = typeof FIELDS;

/** The settings as values, under the names of the table. */
export type Settings = {
  readonly [Name in keyof Fields]: Fields[Name] extends Field<infer Value> ? Value : never;
};
