import { internLists, internTexts } from '../decode.ts';
import type { RowDecoder } from '../decode.ts';
import { readCollection } from './collection.ts';
import type { Properties, Reader } from './collection.ts';
import { coverFailure, coverRows, startCount } from './coverage.ts';
import type { SourceCoverage } from './coverage.ts';
import type { Registration } from './rows.ts';

export interface RegistrationsRead {
  /** By object id, lower case. */
  readonly registrations: ReadonlyMap<string, Registration>;
  readonly coverage: SourceCoverage;
}

/**
 * The registration report. It has no row for disabled people and lags by up to 36 hours, so an absent row says
 * nothing by itself. What was read before a failure is kept, and the coverage says that it is not everything.
 */
export async function readRegistrations(reader: Reader): Promise<RegistrationsRead> {
  const registrations = new Map<string, Registration>();
  const request = {
    source: 'registrations',
    what: 'the registration report',
    path: '/v1.0/reports/authenticationMethods/userRegistrationDetails',
    decode: registrationDecoder(),
  } as const;
  const count = startCount();
  const take = ({ id, registration }: DecodedRow) => {
    if (registrations.has(id)) return false;
    registrations.set(id, registration);
    return true;
  };
  try {
    await readCollection(reader, request, count, take);
    return { registrations, coverage: coverRows('registrations', count) };
  } catch (error) {
    const state = registrations.size > 0 ? 'partial' : 'not-available';
    return { registrations, coverage: coverFailure('registrations', count, state, error) };
  }
}

interface DecodedRow {
  /** Lower case. */
  readonly id: string;
  readonly registration: Registration;
}

function registrationDecoder(): (row: Properties, read: RowDecoder) => DecodedRow | undefined {
  const internList = internLists();
  const internText = internTexts();
  return (row, read) => {
    const id = read.id(row['id'])?.toLowerCase();
    if (id === undefined) return undefined;
    const lastUpdatedAt = read.instant(row['lastUpdatedDateTime']);
    const registration = {
      isAdmin: read.flag(row['isAdmin']),
      isMfaRegistered: read.flag(row['isMfaRegistered']),
      isMfaCapable: read.flag(row['isMfaCapable']),
      isPasswordlessCapable: read.flag(row['isPasswordlessCapable']),
      isSsprCapable: read.flag(row['isSsprCapable']),
      isSsprEnabled: read.flag(row['isSsprEnabled']),
      isSsprRegistered: read.flag(row['isSsprRegistered']),
      isSystemPreferredAuthenticationMethodEnabled: read.flag(
        row['isSystemPreferredAuthenticationMethodEnabled'],
      ),
      methodsRegistered: internList(read.texts(row['methodsRegistered'])),
      defaultMfaMethod: internText(
        read.text(row['defaultMfaMethod']) ??
          read.text(row['userPreferredMethodForSecondaryAuthentication']),
      ),
      lastUpdatedAt: lastUpdatedAt === undefined ? undefined : Date.parse(lastUpdatedAt),
    };
    return { id, registration };
  };
}
