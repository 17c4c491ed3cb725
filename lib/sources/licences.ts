import type { SourceCoverage } from './coverage.ts';
import { recordOf, textOf } from './decode.ts';
import { toCause } from './graph/failure.ts';
import { licenceName } from './licence-names.ts';
import { readCollection } from './list-collection.ts';
import type { Reader } from './reader.ts';

export interface LicencesRead {
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
