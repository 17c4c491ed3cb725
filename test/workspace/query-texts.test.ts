import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  compileQueries,
  fillIn,
  QUERY_NAMES,
  tighten,
} from '../../lib/packaging/compile-queries.ts';
import { MAX_PARTS } from '../../lib/sign-ins/query.ts';
import { QUERIES } from '../../lib/workspace/compiled/queries.js';
import { belongingTo } from '../../lib/workspace/parts.ts';
import { hoursQuery, signInsQuery, TABLES, tablesQuery } from '../../lib/workspace/query-texts.ts';
import type { SignInTable } from '../../lib/workspace/query-texts.ts';
import { anyText } from '../support/any-text.ts';
import { DAY, TENANT } from './any-sign-ins.ts';
import { digestOf, normalised, readTranslation } from './translated-query.ts';

const DAY_MS = 86_400_000;
const table = TABLES.nonInteractive;
const part = { index: 0, count: 1 };

describe('the texts of the queries', () => {
  it('are compiled as they stand, and translated as they are compiled', async () => {
    const compiled = await compileQueries();

    expect(QUERIES).toEqual(compiled);
    for (const name of QUERY_NAMES) {
      expect([name, readTranslation(name).sha256]).toEqual([
        name,
        digestOf(normalised(compiled[name])),
      ]);
    }
  });

  it('lose what only people read, and nothing of literals and of the lines of values', () => {
    const query =
      "let at = 1;\nlet all = f(\n    T\n    | where A == ' , = ' and B !in (1,\n  2)\n    | extend C = 1 - 2);\n";

    expect(tighten(query)).toBe(
      "let at = 1;\nlet all = f(\nT\n|where A==' , = ' and B !in (1,2)\n|extend C=1 - 2);\n",
    );
  });

  it('say which instants, which people, which tenant and which table', () => {
    const from = DAY + 3_600_000;

    const query = signInsQuery({
      table,
      from,
      to: from + 1500,
      tenantId: TENANT.toUpperCase(),
      part: { index: 1, count: 8 },
    });

    expect(query.split('\n').slice(0, 8)).toEqual([
      'let start = datetime(2026-11-26T01:00:00.000Z);',
      'let end = datetime(2026-11-26T01:00:01.500Z);',
      'let generatedFrom = datetime(2026-11-26T00:00:00.000Z);',
      'let generatedTo = datetime(2026-11-29T01:00:01.500Z);',
      'let width = 1;',
      "let prefixes = dynamic(['2', '3']);",
      'let rest = 0;',
      "let tenant = 'aaaaaaaa-0000-4000-8000-00000000000a';",
    ]);
    expect(query).toContain('AADNonInteractiveUserSignInLogs');
    expect(query).not.toContain('SigninLogs');
  });

  it.each<readonly [string, () => string]>([
    [
      'a span that goes over midnight',
      () => hoursQuery({ table, from: DAY + 1, to: DAY + DAY_MS + 1 }),
    ],
    ['a span without an end', () => hoursQuery({ table, from: DAY, to: Number.NaN })],
    ['a span without a beginning', () => hoursQuery({ table, from: Number.NaN, to: DAY })],
    ['an empty span', () => hoursQuery({ table, from: DAY, to: DAY })],
    ['an instant that is none', () => tablesQuery({ from: Number.POSITIVE_INFINITY })],
    [
      'another table',
      () => hoursQuery({ table: 'AuditLogs' as SignInTable, from: DAY, to: DAY + 1 }),
    ],
    [
      'a tenant that is no GUID',
      () => signInsQuery({ table, from: DAY, to: DAY + 1, tenantId: "' or true", part }),
    ],
    [
      'a part that is none',
      () => signInsQuery({ table, from: DAY, to: DAY + 1, part: { index: 1, count: 1 } }),
    ],
    [
      'more parts than there are',
      () =>
        signInsQuery({ table, from: DAY, to: DAY + 1, part: { index: 0, count: MAX_PARTS + 1 } }),
    ],
  ])('take no %s, and do not repeat it', (_, build) => {
    expect(build).toThrow(RangeError);
    expect(build).not.toThrow(/or true|AuditLogs/);
  });
});

describe('the parts', () => {
  it('are disjoint and complete, however many there are and whatever ids look like', () => {
    const person = fc.oneof(fc.uuid(), anyText(), fc.constantFrom('', 'a', 'none'));

    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_PARTS }), person, (count, id) => {
        const parts = Array.from({ length: count }, (_, index) => ({ index, count }));

        expect(parts.filter((one) => belongingTo(one)(id))).toHaveLength(1);
      }),
    );
  });

  it.each([1, 2, 3, 16, 17, 100, MAX_PARTS])(
    'are of about the same size where there are %i',
    (count) => {
      const ids = Array.from({ length: 256 }, (_, first) => first.toString(16).padStart(2, '0'));

      const sizes = Array.from(
        { length: count },
        (_, index) => ids.filter(belongingTo({ index, count })).length,
      );

      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(Math.floor(256 / Math.max(count, 16)));
      expect(Math.max(...sizes)).toBeLessThanOrEqual(2 * Math.ceil(256 / count));
    },
  );
});

describe('filling in', () => {
  it('wants a value for each name, and a name for each value', () => {
    expect(fillIn("// a head\nlet a = '$b';\n", { b: '1' })).toBe('let a = 1;\n');
    expect(() => fillIn("let a = '$b';", {})).toThrow(RangeError);
    expect(() => fillIn('let a = 1;', { b: '1' })).toThrow(RangeError);
  });
});
