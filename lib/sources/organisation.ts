import type { SourceCoverage } from './coverage.ts';
import { recordOf, textOf } from './decode.ts';
import { toCause } from './graph/failure.ts';
import { readCollection } from './list-collection.ts';
import type { Reader } from './reader.ts';
import type { Organisation } from './rows.ts';

export interface OrganisationRead {
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
