import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { collectWorkbook } from '../../../lib/digest/workbook/workbook.ts';
import { writeWorkbook } from '../../../lib/digest/workbook/write-workbook.ts';
import type { Report } from '../../../lib/report/report.ts';
import { HIT_LISTS } from '../../../lib/standings/standings.ts';
import { anyText } from '../../support/any-text.ts';
import { aHistory, aPerson, aReport, aUse } from '../../support/a-report.ts';
import { runsOf } from '../../support/extent.ts';
import { aNormalDay, sampleReports } from '../sample-reports.ts';

const WRITING = {
  locale: 'en-GB',
  timeZone: 'UTC',
  portalOrigin: 'https://entra.microsoft.com',
};

async function read(report: Report) {
  const { content } = await collectWorkbook(report, WRITING);
  const { sheets } = await readXlsx(content ?? new Uint8Array(), { readStyles: true });
  return Object.fromEntries(sheets.map((sheet) => [sheet.name, sheet]));
}

/** A sheet as records by its header. */
function records({ rows }: { readonly rows: readonly (readonly unknown[])[] } = { rows: [] }) {
  const [header = [], ...rest] = rows;
  return rest.map((row) => Object.fromEntries(header.map((name, at) => [String(name), row[at]])));
}

describe('the workbook', () => {
  it('has five sheets, each with a header that stays and filters', async () => {
    const sheets = await read(aNormalDay());

    expect(Object.keys(sheets)).toEqual([
      'To do',
      'Changes',
      'Everybody',
      'Emergency and exceptions',
      'Columns',
    ]);
    for (const sheet of Object.values(sheets)) {
      expect(sheet.freezePane?.rows).toBe(1);
      expect(sheet.autoFilter?.range).toMatch(/^A1:/u);
    }
  });

  it('is named by its day', async () => {
    const { name } = await collectWorkbook(aNormalDay(), WRITING);

    expect(name).toBe('mfa-gaps-2026-11-21.xlsx');
  });

  it('has everybody of the hit lists to do once, in the order of the mail, with an owner to fill in', async () => {
    const report = aNormalDay();
    const sheets = await read(report);

    const people = records(sheets['To do']);
    expect(people.map((row) => row['Person'])).toEqual(
      HIT_LISTS.flatMap((list) => report.hits[list]).map(({ user }) => user.displayName),
    );
    expect(people.every((row) => !row['Owner'])).toBe(true);
    expect(people.every((row) => row['Next step'] !== '')).toBe(true);
  });

  it('says of who can do MFA by phone only, and of scripts, what the mail says of them', async () => {
    const phone = aPerson({ standing: 'covered', phoneOnlyUntil: '2027-02-01' });
    const script = aPerson({ standing: 'covered', script: { pattern: 'every hour' } });
    const both = aPerson({ standing: 'missing', phoneOnlyUntil: '2027-02-01' });

    const sheets = await read(
      aReport({ people: [phone, script, both], phoneOnly: [both, phone], scripts: [script] }),
    );

    expect(records(sheets['To do']).map((row) => row['List'])).toEqual([
      'no MFA method',
      'MFA by phone only',
      'looks like a script',
    ]);
  });

  it('has dates that are dates and counts that are counts', async () => {
    const person = aPerson({
      lastUseAt: '2026-11-18T11:30:00Z',
      ageDays: 12,
      successfulSignIns: 3,
      applications: [aUse('Azure CLI')],
    });

    const sheets = await read(aReport({ people: [person] }));

    expect(records(sheets['To do'])[0]).toMatchObject({
      'Last used': new Date('2026-11-18T11:30:00Z'),
      'Open since': new Date('2026-11-09T00:00:00Z'),
      'Days open': 12,
    });
    expect(records(sheets['Everybody'])[0]).toMatchObject({
      LastUseDateTime: new Date('2026-11-18T11:30:00Z'),
      SuccessfulSignIns: 3,
      AccountEnabled: true,
    });
  });

  it('explains every column of every file', async () => {
    const sheets = await read(aNormalDay());

    const rows = records(sheets['Columns']);
    expect(rows.filter((row) => !row['Meaning'])).toEqual([]);
    const explained = new Set(rows.map((row) => row['Column']));
    const columns = [...(sheets['To do']?.rows[0] ?? []), ...(sheets['Everybody']?.rows[0] ?? [])];
    expect(columns.filter((name) => !explained.has(String(name)))).toEqual([]);
  });

  it('keeps a text a text, whatever it holds', async () => {
    const texts = fc.oneof(
      anyText({ maxLength: 20 }),
      fc.constantFrom(
        '=1+1',
        "=cmd|'/c calc'!A0",
        '+1',
        '@SUM(A1)',
        '-1',
        '<b>&"',
        '_x0041_',
        '12',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 40 }), async (names) => {
        const people = names.map((name) =>
          aPerson({ user: { displayName: `x${name}`, department: name } }),
        );

        const { content } = await collectWorkbook(aReport({ people }), WRITING);
        const { sheets } = await readXlsx(content ?? new Uint8Array());

        const cells = [...(sheets[0]?.cells?.values() ?? [])];
        expect(
          cells.filter((cell) => cell.type === 'formula' || cell.formula !== undefined),
        ).toEqual([]);
        const departments = records(sheets[0]).map((row) => row['Department'] ?? '');
        expect(departments.every((value) => typeof value === 'string')).toBe(true);
        expect(departments[names.indexOf('_x0041_')] ?? '_x0041_').toBe('_x0041_');
      }),
      { numRuns: runsOf(40) },
    );
  });

  it.each(Object.entries(sampleReports()))('can be written on a %s day', async (_, report) => {
    const sheets = await read(report);

    expect(records(sheets['Everybody'])).toHaveLength(report.people.length);
  });

  it('leaves everybody to the overview where they are too many for a mail', async () => {
    const covered = aPerson({ standing: 'covered' });
    const people = Array.from({ length: 5_001 }, () => covered);

    const sheets = await read(aReport({ people, history: aHistory() }));

    expect(sheets['Everybody']?.rows[1]?.[0]).toBe(
      '5001 people are more than a mail can carry: see Identity_Overview.csv.',
    );
  });

  it('is given up where more is to be done than a mail can carry', async () => {
    const person = aPerson();
    const people = Array.from({ length: 10_001 }, (_, index) => ({
      ...person,
      user: { ...person.user, id: String(index) },
    }));

    const file = await collectWorkbook(aReport({ people }), WRITING);

    expect(file).toEqual({ name: 'mfa-gaps-2026-11-21.xlsx', rows: 10_001, bytes: 0 });
  });
});

describe('writeWorkbook', () => {
  it('writes the same bytes for the same sheets', async () => {
    const sheet = {
      name: 'A',
      columns: [{ name: 'B', width: 9 }],
      rowCount: 1,
      rows: () => [['c']],
    };

    const [first, second] = await Promise.all(
      [1, 2].map(() => writeWorkbook([sheet], '2026-11-21T06:00:00Z')),
    );

    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
  });

  it('leads only to pages that it was given', async () => {
    const rows = [
      [{ text: 'Open', href: 'https://entra.microsoft.com/?a=1&b="2"' }],
      [{ text: 'No', href: '' }],
    ];
    const sheet = { name: 'A', columns: [{ name: 'B', width: 9 }], rowCount: 2, rows: () => rows };

    const { sheets } = await readXlsx(await writeWorkbook([sheet], '2026-11-21T06:00:00Z'));

    const targets = [...(sheets[0]?.cells?.values() ?? [])].flatMap(
      (cell) => cell.hyperlink?.target ?? [],
    );
    expect(targets).toEqual(['https://entra.microsoft.com/?a=1&b="2"']);
  });
});
