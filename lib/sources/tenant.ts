import { recordOf, textOf } from '../decode.ts';
import type { RowDecoder } from '../decode.ts';
import { licenceName } from '../entra/licence-names.ts';
import { MailerError } from '../errors.ts';
import { readCollection, withTimeLimit } from './collection.ts';
import type { Properties, Reader } from './collection.ts';
import { startCount, toCause } from './coverage.ts';
import type { SourceCoverage } from './coverage.ts';
import type { Organisation } from './rows.ts';

/** A page each, which no report waits for longer: what is read after them decides standings. */
const LIMIT_MS = 60_000;

interface OrganisationRead {
  readonly organisation: Organisation;
  readonly coverage: SourceCoverage;
  /** Why it could not be read. */
  readonly error?: MailerError | undefined;
}

/** What a run asks of its tenant: who needs it first asks, and the others get the same answer. */
export interface TenantReads {
  organisation(signal: AbortSignal): Promise<OrganisationRead>;
  licences(signal: AbortSignal): Promise<LicencesRead>;
}

export function openTenantReads(reader: Omit<Reader, 'signal'>): TenantReads {
  return {
    organisation: shareAnswer((signal) => readOrganisation({ ...reader, signal })),
    licences: shareAnswer((signal) => readLicences({ ...reader, signal })),
  };
}

/** Asks until there is an answer: what failed, or took too long for who asked first, may be well a moment later. */
function shareAnswer<Read extends { readonly error?: MailerError | undefined }>(
  read: (signal: AbortSignal) => Promise<Read>,
): (signal: AbortSignal) => Promise<Read> {
  let last: Promise<Read> | undefined;
  return async (signal) => {
    const known = await last?.catch(() => undefined);
    if (known !== undefined && known.error === undefined) return known;
    last = read(signal);
    return last;
  };
}

/** The tenant's name, id and domains. They decide no standing: a refusal is "not known", without PARTIAL. */
export async function readOrganisation(reader: Reader): Promise<OrganisationRead> {
  let organisation: Organisation = {};
  const request = {
    source: 'organisation',
    what: 'the organisation',
    path: '/v1.0/organization?$select=id,displayName,verifiedDomains',
    decode: decodeOrganisation,
  } as const;
  const take = (row: Organisation) => {
    // There is one; a chain of pages that brings more leads nowhere.
    if (organisation.id !== undefined) return false;
    organisation = row;
    return row.id !== undefined;
  };
  const count = startCount();
  const basis = { source: 'organisation', notes: [] } as const;
  try {
    await withTimeLimit(reader, LIMIT_MS, (limited) =>
      readCollection(limited, request, count, take),
    );
    const { rows, pages } = count;
    return { organisation, coverage: { ...basis, state: 'complete', rows, pages } };
  } catch (error) {
    if (!(error instanceof MailerError)) throw error;
    const cause = toCause(error);
    return {
      organisation,
      coverage: { ...basis, state: 'not-available', cause, rows: 0, pages: 0 },
      error,
    };
  }
}

/** A tenant may have 5,000 ("Microsoft Entra service limits and restrictions"). */
const MAX_DOMAINS = 5_000;

function decodeOrganisation(row: Properties, read: RowDecoder): Organisation {
  const verified = read.list(row['verifiedDomains'], MAX_DOMAINS).map((domain) => {
    const { name, isInitial } = read.record(domain);
    return { name: read.text(name)?.toLowerCase(), isInitial: read.flag(isInitial) === true };
  });
  const names = verified.flatMap(({ name }) => name ?? []);
  return {
    id: read.text(row['id']),
    name: read.text(row['displayName']),
    domains: names.length === 0 ? undefined : new Set(names),
    initialDomain: verified.find(({ isInitial }) => isInitial)?.name,
  };
}

interface LicencesRead {
  /** Product names by skuId, lower case; undefined where they could not be read. */
  readonly namesBySku?: ReadonlyMap<string, string> | undefined;
  /** The tiers of Entra ID that are switched on; of what could be read. */
  readonly tiers: ReadonlySet<EntraTier>;
  readonly coverage: SourceCoverage;
  /** Why they could not be read. */
  readonly error?: MailerError | undefined;
}

export type EntraTier = 'P1' | 'P2';

interface Licence {
  /** Lower case. */
  readonly skuId: string;
  readonly name: string;
}

function decodeLicence(row: Properties, read: RowDecoder): Licence | undefined {
  const skuId = read.text(row['skuId'])?.toLowerCase();
  const skuPartNumber = read.text(row['skuPartNumber']);
  if (skuId === undefined || skuPartNumber === undefined) return undefined;
  return { skuId, name: licenceName(skuPartNumber) };
}

/** The tiers among a subscription's service plans that are switched on. */
function tiersOf({ capabilityStatus, servicePlans }: Properties): readonly EntraTier[] {
  // Warning: past its end, and still working.
  if (capabilityStatus !== 'Enabled' && capabilityStatus !== 'Warning') return [];
  return (Array.isArray(servicePlans) ? servicePlans : []).flatMap((plan) => {
    const { servicePlanName, provisioningStatus } = recordOf(plan);
    const name = textOf(servicePlanName)?.toUpperCase() ?? '';
    if (provisioningStatus !== 'Success' || !name.startsWith('AAD_PREMIUM')) return [];
    return name.startsWith('AAD_PREMIUM_P2') ? ['P2'] : ['P1'];
  });
}

/** The names and tiers of the tenant's licences. They decide no standing: a refusal is "not known", without PARTIAL. */
export async function readLicences(reader: Reader): Promise<LicencesRead> {
  const namesBySku = new Map<string, string>();
  const tiers = new Set<EntraTier>();
  const request = {
    source: 'licences',
    what: 'the subscribed licences',
    path: '/v1.0/subscribedSkus?$select=skuId,skuPartNumber,capabilityStatus,servicePlans',
    decode(row: Properties, read: RowDecoder) {
      for (const tier of tiersOf(row)) tiers.add(tier);
      return decodeLicence(row, read);
    },
  } as const;
  const take = ({ skuId, name }: Licence) => {
    if (namesBySku.has(skuId)) return false;
    namesBySku.set(skuId, name);
    return true;
  };
  const count = startCount();
  try {
    await withTimeLimit(reader, LIMIT_MS, (limited) =>
      readCollection(limited, request, count, take),
    );
    const { rows, pages } = count;
    return {
      namesBySku,
      tiers,
      coverage: { source: 'licences', state: 'complete', rows, pages, notes: [] },
    };
  } catch (error) {
    if (!(error instanceof MailerError)) throw error;
    return {
      tiers,
      coverage: {
        source: 'licences',
        state: 'not-available',
        cause: toCause(error),
        rows: 0,
        pages: 0,
        notes: [],
      },
      error,
    };
  }
}
