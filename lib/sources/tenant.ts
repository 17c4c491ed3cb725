import { recordOf, textOf } from '../decode.ts';
import { licenceName } from '../entra/licence-names.ts';
import { readCollection } from './collection.ts';
import type { Reader } from './collection.ts';
import { toCause } from './coverage.ts';
import type { SourceCoverage } from './coverage.ts';
import type { Organisation } from './rows.ts';

interface OrganisationRead {
  readonly organisation: Organisation;
  readonly coverage: SourceCoverage;
}

/** The tenant's name and id. They decide no standing: a refusal is "not known", without PARTIAL. */
export async function readOrganisation(reader: Reader): Promise<OrganisationRead> {
  let organisation: Organisation = {};
  const request = {
    source: 'organisation',
    what: 'the organisation',
    path: '/v1.0/organization?$select=id,displayName',
    decode: recordOf,
  } as const;
  const take = (record: Readonly<Record<string, unknown>>) => {
    // There is one; a chain of pages that brings more leads nowhere.
    if (organisation.id !== undefined) return false;
    const id = textOf(record['id']);
    const name = textOf(record['displayName']);
    organisation = { ...(id !== undefined && { id }), ...(name !== undefined && { name }) };
    return id !== undefined;
  };
  const basis = { source: 'organisation', notes: [] } as const;
  try {
    const count = await readCollection(reader, request, take);
    return { organisation, coverage: { ...basis, state: 'complete', ...count } };
  } catch (error) {
    const cause = toCause(error);
    return {
      organisation,
      coverage: { ...basis, state: 'not-available', cause, rows: 0, pages: 0 },
    };
  }
}

interface LicencesRead {
  /** Product names by skuId, lower case; undefined where they could not be read. */
  readonly namesBySku?: ReadonlyMap<string, string>;
  readonly coverage: SourceCoverage;
}

/** The names of the tenant's licences. They decide no standing: a refusal is "not known", without PARTIAL. */
export async function readLicences(reader: Reader): Promise<LicencesRead> {
  const namesBySku = new Map<string, string>();
  const request = {
    source: 'licences',
    what: 'the subscribed licences',
    path: '/v1.0/subscribedSkus?$select=skuId,skuPartNumber',
    decode: recordOf,
  } as const;
  const take = (record: Readonly<Record<string, unknown>>) => {
    const skuId = textOf(record['skuId'])?.toLowerCase();
    const skuPartNumber = textOf(record['skuPartNumber']);
    if (skuId === undefined || skuPartNumber === undefined || namesBySku.has(skuId)) return false;
    namesBySku.set(skuId, licenceName(skuPartNumber));
    return true;
  };
  try {
    const count = await readCollection(reader, request, take);
    return {
      namesBySku,
      coverage: { source: 'licences', state: 'complete', ...count, notes: [] },
    };
  } catch (error) {
    return {
      coverage: {
        source: 'licences',
        state: 'not-available',
        cause: toCause(error),
        rows: 0,
        pages: 0,
        notes: [],
      },
    };
  }
}
