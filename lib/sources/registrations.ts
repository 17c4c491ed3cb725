import {
  flagOf,
  instantOf,
  internLists,
  internTexts,
  recordOf,
  textOf,
  textsOf,
} from '../decode.ts';
import { readCollection } from './collection.ts';
import type { Reader } from './collection.ts';
import { toCause } from './coverage.ts';
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
  let pages = 0;
  const take = ({ id, registration }: DecodedRow) => {
    if (id === undefined || registrations.has(id)) return false;
    registrations.set(id, registration);
    return true;
  };
  try {
    const count = await readCollection(
      {
        ...reader,
        onProgress(progress) {
          pages = progress.pages;
          reader.onProgress(progress);
        },
      },
      {
        source: 'registrations',
        what: 'the registration report',
        path: '/v1.0/reports/authenticationMethods/userRegistrationDetails',
        decode: registrationDecoder(),
      },
      take,
    );
    pages = count.pages;
    return { registrations, coverage: cover({ state: 'complete' }) };
  } catch (error) {
    const state = registrations.size > 0 ? 'partial' : 'not-available';
    return { registrations, coverage: cover({ state, cause: toCause(error) }) };
  }

  function cover(state: Pick<SourceCoverage, 'state' | 'cause'>): SourceCoverage {
    return { source: 'registrations', ...state, rows: registrations.size, pages, notes: [] };
  }
}

interface DecodedRow {
  /** Lower case. */
  readonly id: string | undefined;
  readonly registration: Registration;
}

function registrationDecoder(): (row: unknown) => DecodedRow {
  const internList = internLists();
  const internText = internTexts();
  return (whole) => {
    const row = recordOf(whole);
    const values = {
      isAdmin: flagOf(row['isAdmin']),
      isMfaRegistered: flagOf(row['isMfaRegistered']),
      isMfaCapable: flagOf(row['isMfaCapable']),
      isPasswordlessCapable: flagOf(row['isPasswordlessCapable']),
      isSsprCapable: flagOf(row['isSsprCapable']),
      isSsprEnabled: flagOf(row['isSsprEnabled']),
      isSsprRegistered: flagOf(row['isSsprRegistered']),
      isSystemPreferredAuthenticationMethodEnabled: flagOf(
        row['isSystemPreferredAuthenticationMethodEnabled'],
      ),
      methodsRegistered: internList(textsOf(row['methodsRegistered'])),
      defaultMfaMethod: internText(
        textOf(row['defaultMfaMethod']) ??
          textOf(row['userPreferredMethodForSecondaryAuthentication']),
      ),
      lastUpdatedAt: internText(instantOf(row['lastUpdatedDateTime'])),
    };
    // Absent properties stay as undefined, so that all rows share one shape.
    const registration = values as Registration;
    return { id: textOf(row['id'])?.toLowerCase(), registration };
  };
}
