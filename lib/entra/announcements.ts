/** What Microsoft has announced about MFA, with a date from which it holds. */
export interface MicrosoftChange {
  readonly id: 'admin-centre' | 'no-postponement' | 'telephony' | 'telephony-admins';
  /** From 00:00 UTC of this day, YYYY-MM-DD. */
  readonly from: string;
  /** What changes, as a sentence without its date and full stop. */
  readonly what: string;
  readonly who: string;
  readonly source: string;
  /** The day on which the source was read, YYYY-MM-DD. */
  readonly readOn: string;
  /** What in this product follows the date, by itself; without it a test fails 60 days before. */
  readonly handledBy?: string | undefined;
}

const LEARN = 'https://learn.microsoft.com/entra/identity/authentication';

/** Everything dated that Microsoft has announced, oldest first. Past dates stay: they say what holds today. */
export const MICROSOFT_CHANGES: readonly MicrosoftChange[] = [
  {
    id: 'admin-centre',
    from: '2026-02-09',
    what: 'Nobody signs in to the Microsoft 365 admin centre without MFA',
    who: 'everybody who uses it',
    source: 'Message center MC1215070',
    readOn: '2026-11-28',
    handledBy: 'entra/applications.ts',
  },
  {
    id: 'no-postponement',
    from: '2026-07-01',
    what: 'Mandatory MFA can no longer be postponed',
    who: 'tenants that had postponed it',
    source: `${LEARN}/concept-mandatory-multifactor-authentication`,
    readOn: '2026-11-28',
    handledBy: 'entra/applications.ts',
  },
  {
    id: 'telephony',
    from: '2027-02-01',
    what: 'Microsoft ends its own SMS and voice calls for MFA',
    who: 'everybody but holders of Global Administrator and external people',
    source: `${LEARN}/concept-sms-voice-retirement`,
    readOn: '2026-11-28',
    handledBy: 'standings/phone-only.ts',
  },
  {
    id: 'telephony-admins',
    from: '2027-07-01',
    what: 'Microsoft ends its own SMS and voice calls for MFA',
    who: 'holders of Global Administrator and external people',
    source: `${LEARN}/concept-sms-voice-retirement`,
    readOn: '2026-11-28',
    handledBy: 'standings/phone-only.ts',
  },
];

/** The day, YYYY-MM-DD, on which a change takes effect. */
export function changeDay(id: MicrosoftChange['id']): string {
  const change = MICROSOFT_CHANGES.find((candidate) => candidate.id === id);
  if (change === undefined) throw new RangeError(`Microsoft has not announced ${id}.`);
  return change.from;
}
