import type { SignInLedger } from '../ledger/sign-in-ledger.ts';
import type { Log } from '../log.ts';
import { observeSignIns } from './observe-sign-ins.ts';
import type { Observations } from '../report/observations.ts';
import type { Settings } from '../settings/fields.ts';
import { readLicences } from '../sources/licences.ts';
import { readOrganisation } from '../sources/organisation.ts';
import type { Reader } from '../sources/reader.ts';
import { readRegistrations } from '../sources/registrations.ts';
import { readRoles } from '../sources/roles.ts';
import type { SignInRequest } from '../sources/sign-ins/read-sign-ins.ts';
import { readUsers } from '../sources/users.ts';

export interface ObserveOptions {
  readonly reader: Reader;
  readonly ledger: SignInLedger;
  /** False where another run holds the ledger, or as soon as the hold is lost. */
  readonly isWritingLedger: () => boolean;
  /** Whether the ledger outlives this run, so that it may know older days than Graph gave today. */
  readonly isLedgerLasting: boolean;
  readonly settings: Settings;
  readonly now: Date;
  readonly clock: () => Date;
  readonly log: Log;
  readonly onSignIn?: SignInRequest['onRow'];
}

/** Reads every source once, people first, and folds the window of sign-ins. Throws only without the users. */
export async function observe(options: ObserveOptions): Promise<Observations> {
  const { reader, log } = options;
  const [{ users, people, coverage: usersCoverage }, registrations, directory] = await Promise.all([
    readUsers(reader),
    readRegistrations(reader),
    readDirectory(reader),
  ]);
  const signIns = await observeSignIns(options, people);
  const coverage = [
    ...usersCoverage,
    registrations.coverage,
    ...signIns.coverage,
    ...directory.coverage,
  ];
  for (const { source, state, cause, rows, pages } of coverage) {
    log(state === 'complete' ? 'info' : 'warn', 'source.read', {
      source,
      state,
      cause: cause?.kind,
      because: cause?.because,
      rows,
      pages,
    });
  }
  return {
    users,
    people,
    registrations: registrations.registrations,
    rolesByPerson: directory.rolesByPerson,
    ...(directory.namesBySku !== undefined && { namesBySku: directory.namesBySku }),
    organisation: directory.organisation,
    use: signIns.use,
    coverage,
    isSignInProof: signIns.isProof,
    ...(signIns.seen !== undefined && { seen: signIns.seen }),
  };
}

/** The small collections of the directory, one after another: together they are a few pages. */
async function readDirectory(reader: Reader) {
  const organisation = await readOrganisation(reader);
  const licences = await readLicences(reader);
  const roles = await readRoles(reader);
  return {
    organisation: organisation.organisation,
    namesBySku: licences.namesBySku,
    rolesByPerson: roles.rolesByPerson,
    coverage: [roles.coverage, licences.coverage, organisation.coverage],
  };
}
