import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COUNTS } from '../../lib/sign-ins/day-row.ts';
import {
  DROPPED_COLUMNS,
  HOUR_COLUMNS,
  SIGN_IN_COLUMNS,
  TABLE_COLUMNS,
  TABLES,
} from '../../lib/workspace/query-texts.ts';
import { DAY, TENANT } from './any-sign-ins.ts';
import { aRow, at, askedBy, said, steps } from './awkward-sign-ins.ts';
import { WorkspaceEngine } from './workspace-engine.ts';
import type { AnswerRow, TableRow } from './workspace-engine.ts';

const DAY_MS = 86_400_000;
const table = TABLES.interactive;
const PERSON = 'aaaabbbb-0000-4000-8000-000000000001';

let engine: WorkspaceEngine;
beforeAll(async () => {
  engine = await WorkspaceEngine.open();
});
afterAll(() => engine.close());

async function answerTo(...rows: readonly Partial<TableRow>[]): Promise<readonly AnswerRow[]> {
  await engine.load(
    table,
    rows.map((about) => aRow({ UserId: PERSON, ...about })),
  );
  const part = { index: 0, count: 1 };
  return engine.signIns({ table, from: DAY, to: DAY + DAY_MS, part, tenantId: TENANT });
}

/** The row of an answer that is of a person, without what is zero. */
async function rowOf(...rows: readonly Partial<TableRow>[]): Promise<AnswerRow> {
  const row = (await answerTo(...rows)).find(({ Person }) => Person === PERSON) ?? {};
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== 0 && value !== -1));
}

const MFA = said('MFA completed in Azure AD');
const CLAIM = said('MFA requirement satisfied by claim in the token');

describe('a row of the answer', () => {
  it('has the columns that are promised, the counts in the order of the ledger', async () => {
    const [row = {}] = await answerTo({});
    const names = SIGN_IN_COLUMNS.map(({ name }) => name);
    const spoken: Readonly<Record<string, string>> = { none: 'OneFactor' };

    expect(Object.keys(row)).toEqual(names);
    expect(names.slice(2, 2 + COUNTS.length)).toEqual(
      COUNTS.map(
        (count) =>
          spoken[count] ?? count.replaceAll(/^.|-./g, (letters) => letters.slice(-1).toUpperCase()),
      ),
    );
  });

  it('tells all that the ledger keeps', async () => {
    const row = await rowOf(
      {
        CreatedDateTime: at(3600.9),
        Status: MFA,
        AuthenticationRequirementPolicies: askedBy(['request']),
      },
      {
        CreatedDateTime: at(7200),
        Status: CLAIM,
        AuthenticationRequirementPolicies: askedBy(['user']),
      },
      { CreatedDateTime: at(7201), AuthenticationProtocol: 'ropc' },
      {
        CreatedDateTime: at(82_800),
        ResultType: '50072',
        AuthenticationRequirementPolicies: askedBy(['request', 'securityDefaults']),
      },
      { CreatedDateTime: at(82_799), ResultType: '50074', AuthenticationProtocol: 'ropc' },
      {
        AuthenticationDetails: steps([{ authenticationMethod: 'Windows Hello for Business' }]),
        CreatedDateTime: at(0),
      },
    );

    expect(row).toEqual({
      Person: PERSON,
      Here: 2,
      Claim: 1,
      OneFactor: 1,
      HereUncounted: 1,
      Enrol: 1,
      NotPassed: 1,
      MfaByApplication: 1,
      MfaByTenant: 1,
      Last: 7201,
      LastMfa: 7200,
      LastHere: 3600,
      LastRefusal: 82_800,
      Refused: 5,
      Hours: 1 + 2 + 4 + 2 ** 22 + 2 ** 23,
      Ropc: 3,
      Rows: 1,
    });
  });

  it('is of the last row to arrive alone', async () => {
    const Id = 'one';
    const early = { Id, IngestedAt: at(50_000), Status: CLAIM };

    expect(await rowOf(early, { Id, IngestedAt: at(50_001) })).toMatchObject({ OneFactor: 1 });
    expect(await rowOf(early, { Id, IngestedAt: at(50_001), ResultType: '53003' })).toEqual({});
    expect(
      await rowOf(early, { Id, IngestedAt: at(50_001), ResultType: '50074' }),
    ).not.toHaveProperty('Claim');
    expect(await rowOf(early, { Id, IngestedAt: at(49_999) })).toMatchObject({ Claim: 1 });
    expect(await rowOf(early, { Id, IngestedAt: null, TimeGenerated: at(50_002) })).toMatchObject({
      OneFactor: 1,
    });
  });

  it('is the same in any order of rows that arrived at once: success first, then the better evidence', async () => {
    const Id = 'one';
    const forms = [
      { Id, ResultType: '53003' },
      { Id, ResultType: '50074' },
      { Id },
      { Id, Status: CLAIM },
    ];

    const orders = [forms, forms.toReversed(), [...forms.slice(2), ...forms.slice(0, 2)]];
    for (const order of orders) {
      expect(await rowOf(...order)).toMatchObject({ Claim: 1 });
      expect(await rowOf(...order)).not.toHaveProperty('NotPassed');
    }
  });
});

describe('the sum row', () => {
  const sumOf = async (...rows: readonly Partial<TableRow>[]) =>
    (await answerTo(...rows)).find(({ Application }) => Application === -1);

  it('is alone, and all zero, where there is nothing', async () => {
    await engine.load(table, []);
    const part = { index: 0, count: 1 };

    const answer = await engine.signIns({ table, from: DAY, to: DAY + DAY_MS, part });

    expect(answer).toHaveLength(1);
    expect(Object.values(answer[0] ?? {}).filter((value) => value !== 0)).toEqual(['', -1]);
  });

  it.each<readonly [string, Partial<TableRow>, number]>([
    ['nothing that can be read', {}, 0],
    ['a sign-in without an id', { Id: '' }, 1],
    ['a sign-in whose id is too long', { Id: 'x'.repeat(129) }, 1],
    ['a sign-in without a result', { ResultType: '' }, 1],
    ['a success of nobody', { UserId: '' }, 1],
    ['a refusal of nobody', { UserId: ' ', ResultType: '50074' }, 1],
    ['no failure of nobody that counts for nothing', { UserId: '', ResultType: '50126' }, 0],
    ['no sign-in to anything else', { Id: '', AppId: 'x' }, 0],
  ])('counts as unreadable %s', async (_, about, unreadable) => {
    expect(await sumOf({}, about)).toMatchObject({ Unreadable: unreadable });
  });
});

describe('the query of hours', () => {
  it('counts the rows of a table as they are, of all applications, with a sum', async () => {
    await engine.load(table, [
      aRow({ Id: 'one', CreatedDateTime: at(3599.9) }),
      aRow({ Id: 'one', CreatedDateTime: at(0) }),
      aRow({ AppId: 'x', UserId: '', ResultType: '50126', CreatedDateTime: at(86_399.5) }),
      aRow({ CreatedDateTime: at(86_400) }),
      aRow({ CreatedDateTime: null }),
    ]);

    const answer = await engine.hours({ table, from: DAY, to: DAY + DAY_MS });

    expect(Object.keys(answer[0] ?? {})).toEqual(HOUR_COLUMNS.map(({ name }) => name));
    expect(answer.toSorted((a, b) => Number(a['Hour']) - Number(b['Hour']))).toEqual([
      { Hour: -1, Rows: 3, First: 86_399, Last: 3599 + 86_399 },
      { Hour: 0, Rows: 2, First: 0, Last: 3599 },
      { Hour: 23, Rows: 1, First: 86_399, Last: 86_399 },
    ]);
  });
});

describe('the query of what was dropped', () => {
  const news = (about: object) => ({
    TimeGenerated: at(3700),
    Category: 'Ingestion',
    Level: 'Warning',
    ...about,
  });

  it('tells of the daily cap and of the rate, by hour, and of nothing that lost no row', async () => {
    await engine.load('_LogOperation', [
      news({ Operation: 'Data collection stopped' }),
      news({ Operation: 'Data collection stopped', TimeGenerated: at(3800) }),
      news({ Operation: 'Data collection Status', TimeGenerated: at(7300) }),
      news({ Operation: 'Ingestion rate', Level: 'Error' }),
      news({ Operation: 'Ingestion rate' }),
      news({ Operation: 'Data collection resumed' }),
      news({ Operation: 'Data collection Status', Level: 'Info' }),
      news({ Operation: 'Field content validation' }),
      news({ Operation: 'Maximum table column count' }),
      news({ Operation: 'Data collection stopped', Category: 'Agent' }),
      news({ Operation: 'Data collection stopped', TimeGenerated: at(86_400) }),
    ]);

    const answer = await engine.dropped(DAY, DAY + DAY_MS);

    expect(Object.keys(answer[0] ?? {})).toEqual(DROPPED_COLUMNS.map(({ name }) => name));
    expect(
      answer
        .map(({ Hour, Operation, Level, Times }) =>
          [Number(Hour) - DAY / 1000, Operation, Level, Times].join(' '),
        )
        .toSorted(),
    ).toEqual([
      '3600 Data collection stopped Warning 2',
      '3600 Ingestion rate Error 1',
      '7200 Data collection Status Warning 1',
    ]);
  });
});

describe('the query of tables', () => {
  it('names those that have rows, their oldest, their newest and when that came', async () => {
    await engine.load(TABLES.interactive, [
      aRow({ TimeGenerated: at(100.9), IngestedAt: at(200) }),
      aRow({ TimeGenerated: at(7000), IngestedAt: at(7600.9) }),
      aRow({ TimeGenerated: at(6999), IngestedAt: at(9999) }),
      aRow({ TimeGenerated: at(-1), IngestedAt: at(10) }),
    ]);
    await engine.load(TABLES.nonInteractive, [aRow({ TimeGenerated: at(-1) })]);

    const answer = await engine.tables(DAY);

    expect(Object.keys(answer[0] ?? {})).toEqual(TABLE_COLUMNS.map(({ name }) => name));
    expect(
      answer.map((row) =>
        Object.values(row).map((value) =>
          typeof value === 'number' && value > 3 ? value - DAY / 1000 : value,
        ),
      ),
    ).toEqual([['SigninLogs', 3, 100, 7000, 7600]]);
  });
});

describe('the query of other tables', () => {
  it('counts the rows since an instant, and none is a number too', async () => {
    await engine.load('Usage', [{ TimeGenerated: at(0) }, { TimeGenerated: at(-1) }]);

    expect(await engine.others(DAY)).toEqual([{ Rows: 1 }]);
    expect(await engine.others(DAY + DAY_MS)).toEqual([{ Rows: 0 }]);
  });
});
