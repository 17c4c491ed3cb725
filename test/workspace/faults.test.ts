import { beforeAll, describe, expect, it } from '@jest/globals';
import { MailerError } from '../../lib/errors.ts';
import { isInteractiveSlot, MFA_COUNTS, sumOf } from '../../lib/sign-ins/day-row.ts';
import { KINDS } from '../../lib/sign-ins/query.ts';
import type { StoredRow } from '../../lib/ledger/encode-counts.ts';
import type { PlainWorkspaceFault, WorkspaceFault } from '../../lib/simulation/workspace/faults.ts';
import { readDay } from './a-workspace.ts';
import type { ReadDay } from './a-workspace.ts';
import { extentOf } from '../support/extent.ts';

const WHOLE = { interactive: true, nonInteractive: true };

let clean: ReadDay;
beforeAll(async () => {
  clean = await readDay();
});

const readWith = (...faults: readonly WorkspaceFault[]) => readDay({ workspace: { faults } });
/** In two parts, so that a row can belong to the other one. */
const readHalvesWith = (fault: WorkspaceFault) =>
  readDay({ workspace: { faults: [fault] }, parts: { interactive: 2, nonInteractive: 2 } });

/** What keeps the kinds of a reading from being whole. */
function because({ reads }: ReadDay): readonly (string | undefined)[] {
  return [reads.interactive, reads.nonInteractive].map(
    ({ cause, shortfall }) => (cause ?? shortfall)?.because,
  );
}

/** What a reading says of people that is not so. */
function invented({ rows }: ReadDay): readonly StoredRow[] {
  const known = new Map(clean.rows.map((row) => [`${row.id} ${row.slot}`, row]));
  return rows.filter((row) => {
    const own = known.get(`${row.id} ${row.slot}`);
    return (
      own === undefined ||
      Array.from(row.counts).some((count, place) => count > (own.counts[place] ?? 0)) ||
      sumOf(row.counts, 0, MFA_COUNTS) > sumOf(own.counts, 0, MFA_COUNTS)
    );
  });
}

describe('a day of the workspace', () => {
  it('is whole, in one answer a kind, where nothing goes wrong', () => {
    expect(clean.pieces).toHaveLength(1);
    expect(clean.pieces[0]?.isWhole).toEqual(WHOLE);
    expect(clean.rows.length).toBeGreaterThan(50);
    expect(because(clean)).toEqual([undefined, undefined]);
    for (const kind of KINDS) {
      const ids = clean.rows.filter(
        ({ slot }) => isInteractiveSlot(slot) === (kind === 'interactive'),
      );
      expect(clean.reads[kind].people).toBe(new Set(ids.map(({ id }) => id)).size);
    }
    // The tables, what was dropped, and of each kind the counts and the hours.
    expect(clean.requests).toHaveLength(6);
  });

  it.each(extentOf([16, 1, 2, 4, 32, 256]))('is the same in %i parts', async (count) => {
    const { rows, pieces } = await readDay({
      parts: { interactive: count, nonInteractive: count },
    });

    expect(rows).toEqual(clean.rows);
    expect(pieces[0]?.isWhole).toEqual(WHOLE);
  });
});

const WRONG: readonly (readonly [PlainWorkspaceFault, RegExp])[] = [
  ['partial', /could not be used \(it is partial\)/],
  ['noContent', /could not be used \(status 204\)/],
  ['emptyBody', /could not be used \(an empty body\)/],
  ['html', /could not be used \(no JSON\)/],
  ['wrongSums', /could not be used \(its rows do not add up\)/],
  ['noSumRow', /could not be used \(its sum row is missing\)/],
  ['doubledRow', /could not be used \(a person comes twice at an application\)/],
  ['otherPart', /could not be used \(a row belongs to another part\)/],
  ['textNumbers', /could not be used \(a cell is of another type\)/],
  ['longPerson', /could not be used \(a row names nobody\)/],
  ['otherColumns', /could not be used \(its columns are others\)/],
];

describe('an answer that is wrong', () => {
  it.each(extentOf(WRONG))(
    '(%s) counts for nothing and is asked again in smaller parts',
    async (kind) => {
      const read = await readHalvesWith({ kind, times: 1 });

      expect(read.pieces[0]?.isWhole).toEqual(WHOLE);
      expect(read.rows).toEqual(clean.rows);
      expect(read.requests).toHaveLength(clean.requests.length + 2 + 2);
    },
  );

  it.each(extentOf(WRONG))(
    '(%s) that stays wrong leaves the day open and says why',
    async (kind, why) => {
      const read = await readHalvesWith({ kind });

      expect(read.pieces[0]?.isWhole).toEqual({ interactive: false, nonInteractive: false });
      for (const clause of because(read)) expect(clause).toMatch(why);
      expect(invented(read)).toEqual([]);
      expect(read.requests.length).toBeLessThan(40);
    },
  );
});

const REFUSED: readonly (readonly [string, WorkspaceFault, RegExp])[] = [
  ['403', { kind: 'denied' }, /refused access \(InsufficientAccessError\)/],
  [
    'a table that is not there',
    { kind: 'unknownTable' },
    /no row of (?:Signin|AADNon)\w+ for three days/,
  ],
  ['a table on the Basic plan', { kind: 'basicPlan' }, /on the Basic or Auxiliary plan/],
  ['another refusal', { kind: 'refused' }, /did not take the query \(SYN0002\)/],
  [
    'an unknown workspace',
    { kind: 'unknownWorkspace' },
    /no such workspace \(WorkspaceNotFoundError\)/,
  ],
  ['503 with a page of HTML', { kind: 'unavailable' }, /did not answer/],
  ['a connection that is cut', { kind: 'reset' }, /did not answer/],
  ['a body that is cut', { kind: 'cutBody' }, /did not answer|could not be used/],
  ['429 without end', { kind: 'throttled' }, /throttled the queries three times/],
  [
    'an engine that is too slow for an hour',
    { kind: 'slow', hours: 0 },
    /one hour of sign-ins in time/,
  ],
  [
    'answers that are too large for any part',
    { kind: 'tooLarge', rows: 0 },
    /too large however small/,
  ],
];

describe('a workspace that does not answer', () => {
  it.each(extentOf(REFUSED))('(%s) leaves the day open and says why', async (_, fault, why) => {
    const read = await readWith(fault);

    for (const { isWhole } of read.pieces) {
      expect(isWhole).toEqual({ interactive: false, nonInteractive: false });
    }
    for (const clause of because(read)) expect(clause).toMatch(why);
    expect(invented(read)).toEqual([]);
    expect(JSON.stringify(read.reads)).not.toContain('Failed to resolve');
  });

  it('names the role, and that a new one takes a while', async () => {
    const { reads } = await readWith({ kind: 'denied' });

    expect(reads.interactive.cause?.remedy).toMatch(
      /role Log Analytics Data Reader on the workspace; a new role works after up to an hour/,
    );
  });

  it('ends with the run where it hangs, and keeps what came before', async () => {
    const run = new AbortController();
    const reading = readDay({
      workspace: { faults: [{ kind: 'hang', on: 2 }] },
      signal: run.signal,
    });
    setTimeout(() => run.abort(new MailerError('run_deadline', 'The run is over.')), 1_000);
    const read = await reading;

    expect(read.reads.nonInteractive.cause?.kind).toBe('deadline');
    expect(invented(read)).toEqual([]);
    expect(read.rows.length).toBeGreaterThan(0);
  });

  it('is not asked without time', async () => {
    const reading = readDay({ timeLeftMs: 900 });

    await expect(reading).rejects.toMatchObject({ code: 'run_deadline' });
  });
});

describe('the limits of the engine', () => {
  it('are met by parts, as many as the next day begins with', async () => {
    const read = await readWith({ kind: 'tooLarge', rows: 40 });

    expect(read.rows).toEqual(clean.rows);
    expect(read.pieces[0]?.isWhole).toEqual(WHOLE);
    expect(read.pieces[0]?.parts?.interactive).toBeGreaterThan(1);
  });

  it.each(['json', 'html'] as const)('of time (%s) are met by halves of the span', async (form) => {
    const read = await readWith({ kind: 'slow', hours: 3, form });

    expect(read.rows.map(totalsOf)).toEqual(clean.rows.map(totalsOf));
    expect(read.rows).toEqual(clean.rows);
    expect(read.pieces[0]?.isWhole).toEqual(WHOLE);
  });

  it('of requests are waited for as long as it asks', async () => {
    const read = await readWith(
      { kind: 'throttled', retryAfterSeconds: 7, times: 1 },
      { kind: 'throttled', query: 'hours', times: 1 },
    );

    expect(read.waitsMs).toContain(7_000);
    expect(read.waitsMs).toHaveLength(2);
    expect(read.rows).toEqual(clean.rows);
  });

  it('of requests that outlast the run end the reading', async () => {
    const read = await readDay({
      workspace: { faults: [{ kind: 'throttled', retryAfterSeconds: 3600 }] },
    });

    expect(read.waitsMs).toEqual([]);
    expect(read.reads.interactive.cause?.because).toMatch(/throttled/);
  });

  it('are never met by more than two requests at once, nor by a repeated slow one', async () => {
    const { requests } = await readWith({ kind: 'slow', hours: 12, times: 1 });

    expect(requests).toHaveLength(clean.requests.length + 2);
  });
});

function totalsOf({ id, slot, counts }: StoredRow): string {
  return `${id} ${slot} ${Array.from(counts).join(' ')}`;
}
