import { CHANGES_COLUMNS, EXCEPTED_COLUMNS } from './csv/csv-files.ts';
import { FILE_NAMES } from './csv/file-names.ts';
import { OVERVIEW_COLUMNS } from './csv/overview-csv.ts';
import { SIGN_IN_LOG_COLUMNS } from './csv/sign-in-log-csv.ts';
import { TO_DO_COLUMNS } from './workbook/to-do-sheet.ts';

/** A file, or a sheet of the workbook, with what each of its columns means. */
export interface FileColumns {
  readonly file: string;
  readonly columns: readonly { readonly name: string; readonly meaning: string }[];
}

const OF_PEOPLE: Readonly<Record<string, string>> = {
  Id: 'Object id. Join by it, never by name.',
  GivenName: 'First name.',
  SurName: 'Last name.',
  UserPrincipalName: 'The name to sign in with, as Entra has it.',
  DisplayName: 'The name that is shown.',
  AccountEnabled: 'Whether the account may sign in.',
  Mail: 'Mail address.',
  EntraID_LastSignInDateTime: 'Last interactive sign-in or attempt, as Entra tells it.',
  EntraID_LastNonInteractiveSignInDateTime:
    'Last sign-in or attempt by a client in the name of the person.',
  EntraID_PasswordPolicies: 'Password policies of the account, such as DisablePasswordExpiration.',
  ActiveDirectoryDistinguishedName:
    'Where the account stands in Active Directory; empty for cloud accounts.',
  SignInsDetectedMSAdminPortals:
    'Whether a successful sign-in to an enforced application was seen; empty where sign-ins could not all be read and none was seen.',
  UserLicenseList: 'Licences assigned.',
  IsAdmin: 'Whether the registration report calls the account an administrator.',
  DefaultMfaMethod: 'The method that is asked for first.',
  MethodsRegistered: 'Methods registered, under the names of Graph.',
  IsMfaCapable:
    'Whether the account can do MFA: a method is registered and policy allows it. Entra’s report is up to 36 hours late.',
  IsMfaRegistered: 'Whether a method is registered, allowed or not.',
  IsPasswordlessCapable: 'Whether the account can sign in without a password.',
  IsSsprCapable: 'Whether the password can be reset by the person: registered and allowed.',
  IsSsprEnabled: 'Whether policy allows the password to be reset by the person.',
  IsSsprRegistered: 'Whether enough methods for a reset are registered.',
  IsSystemPreferredAuthenticationMethodEnabled:
    'Whether Entra picks the strongest method by itself.',
  AuthMethodsLastUpdatedDateTime:
    'When Entra last refreshed the account’s row of the registration report.',
  Standing: 'The code of what the rules say of the person; the README has the table.',
  Reason: 'Why, in one sentence.',
  IsGuest:
    'Whether the user type is Guest, which says nothing about where the person comes from: see Kind.',
  IsEmergencyAccount: 'Whether BREAK_GLASS_ACCOUNTS names the account.',
  Privilege:
    'How much the account may do: global-administrator, privileged-role, role, role-of-unknown-kind, none, or unknown where roles could not be read.',
  DirectoryRoles: 'Directory roles held now.',
  ApplicationsUsed: 'Enforced applications with a successful sign-in in the window.',
  ApplicationsDetail:
    'For each application, how many sign-ins succeeded, how many with MFA, how many were refused, first and last.',
  FirstUseDateTime: 'First successful sign-in to an enforced application in the window.',
  LastUseDateTime: 'Last successful sign-in to an enforced application in the window.',
  MethodNames: 'Methods registered, in words.',
  StrongestMethod: 'Class of the strongest method: phishing-resistant, authenticator and so on.',
  WeakestMethod: 'Class of the weakest method.',
  LastSuccessfulSignInDateTime: 'Last successful sign-in to anything.',
  CreatedDateTime: 'When the account was created.',
  FindingId: 'The finding’s id, the same in every report; begins with an f.',
  AgeDays: 'Days since the first report that saw the finding.',
  Exception: 'The exception that keeps the person out of the lists: until when, by whom, why.',
  Kind: 'person, external (signs in from another tenant), agent or technical.',
  StoppedSince:
    'First refusal at MFA that no success has resolved; its UTC day where that day had several.',
  StoppedDays: 'On how many UTC days there were refusals since.',
  StoppedAttempts: 'How many refusals there were since.',
  StoppedStage:
    'How the last one came about: enrol (must register), cannot-enrol (registration refused), not-passed, expired, not-trusted (MFA of the home tenant).',
  LastRefusalDateTime: 'Last refusal for want of MFA, resolved or not.',
  LastMfaDateTime: 'Last successful sign-in to an enforced application with MFA.',
  SuccessfulSignIns: 'Successful sign-ins to enforced applications in the window.',
  SuccessfulSignInsWithMfa: 'How many of them were with MFA.',
  PhoneOnlyUntil:
    'First day on which Microsoft’s SMS and calls no longer work, where every method is a phone.',
  RegisteredSince: 'When a method was registered that Entra’s report does not know yet.',
  MfaAskedBy:
    'Who asked for the MFA that was done: application (Microsoft alone), tenant (a measure of yours), both; empty where it is not said.',
  LastRefusalAskedBy: 'Who asked at the last refusal.',
  Department: 'Department of the account.',
  List: 'The list of the mail, in the mail’s words.',
  NextStep: 'What to do, as the mail says it.',
};

const OF_CHANGES: Readonly<Record<string, string>> = {
  Change:
    'Code of the change: opened, regressed (had MFA and lost it), reopened, moved or resolved.',
  How: 'How it was resolved.',
  From: 'The list that the person was in.',
  To: 'The list that the person is in.',
  OpenedOn: 'The day (UTC) from which the age counts.',
  ChangeInWords: 'The change as the mail says it.',
  ToInWords: 'The list as the mail says it.',
};

const OF_EXCEPTIONS: Readonly<Record<string, string>> = {
  ExceptedBy: 'exceptions.csv, or the setting EXCLUDED_USERS.',
  Reason: 'Why, as the operator wrote it.',
  ApprovedBy: 'Who approved it.',
  ExpiresOn: 'The last day that counts.',
  DaysLeft: 'Days left; 0 on the last one.',
};

const OF_TO_DO: Readonly<Record<string, string>> = {
  Person: 'Name, with a link to the account in the Entra admin centre.',
  'Sign-in name': 'The name to sign in with.',
  List: 'The list of the mail; below them, who can do MFA by phone only and what looks like a script.',
  'What was seen': 'The evidence, as in the mail.',
  'Next step': 'What to do.',
  Link: 'Where it is done, or where it says how.',
  Roles: 'Directory roles held now.',
  'Last used': 'Last successful sign-in to an enforced application, UTC.',
  'Last refused': 'Last refusal for want of MFA, UTC.',
  'Last sign-in': 'Last successful sign-in to anything, UTC.',
  'Open since': 'The day of the first report that saw it.',
  'Days open': 'Days since then.',
  Finding: 'The finding’s id, the same in every report.',
  Owner: 'Empty, for you.',
};

/** Every file with people has the same columns; the script’s sign-in log has Graph’s own. */
export const FILE_COLUMNS: readonly FileColumns[] = [
  explain('Sheet To do', TO_DO_COLUMNS, { ...OF_PEOPLE, ...OF_TO_DO }),
  explain(
    'Identity_Overview.csv, sheet Everybody, and the file of each list',
    OVERVIEW_COLUMNS,
    OF_PEOPLE,
  ),
  explain(FILE_NAMES.changes, CHANGES_COLUMNS, { ...OF_PEOPLE, ...OF_CHANGES }),
  explain(FILE_NAMES.excepted, EXCEPTED_COLUMNS, { ...OF_PEOPLE, ...OF_EXCEPTIONS }),
  {
    file: FILE_NAMES.signInLog,
    columns: SIGN_IN_LOG_COLUMNS.map((name) => ({ name, meaning: ofSignIn(name) })),
  },
];

function ofSignIn(name: string): string {
  return name === 'AdditionalProperties'
    ? 'Everything else that Graph sent, as JSON.'
    : `${name.charAt(0).toLowerCase()}${name.slice(1)} of Graph’s signIn; nested values as JSON.`;
}

function explain(
  file: string,
  names: readonly string[],
  meanings: Readonly<Record<string, string>>,
): FileColumns {
  return { file, columns: names.map((name) => ({ name, meaning: meanings[name] ?? '' })) };
}
