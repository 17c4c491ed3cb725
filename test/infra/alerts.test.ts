import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { EVENTS } from '../../lib/log.ts';
import { analyse } from './stand-ins/kusto.ts';
import { TABLES } from './stand-ins/tables.ts';

const root = join(import.meta.dirname, '../..');
const read = (...path: readonly string[]) => readFileSync(join(root, ...path), 'utf8');

const FUNCTIONS = ['scheduled-report', 'ingest-sign-ins', 'report-now'];

const bicep = read('infra/alerts.bicep');
const files = readdirSync(join(root, 'infra/alerts'));
const queries = files.map((file) => {
  const query = read('infra/alerts', file);
  return { file, query, ...analyse(query, TABLES) };
});

describe('alert queries', () => {
  it.each(queries)(
    '$file is understood by Kusto against the tables of the workspace',
    ({ errors }) => {
      expect(errors).toEqual([]);
    },
  );

  const without = Object.keys(TABLES).map((missing) => ({
    missing,
    tables: Object.fromEntries(Object.entries(TABLES).filter(([name]) => name !== missing)),
  }));

  it.each(queries)(
    '$file binds where no table exists yet, and where one is missing',
    ({ query }) => {
      for (const { tables } of [{ tables: {} }, ...without]) {
        const { errors, columns } = analyse(query, tables);

        // A leg that is dropped for want of its table is said, and no error.
        expect(errors.filter((error) => !/fuzzy/i.test(error))).toEqual([]);
        expect(columns).toEqual(['n:long']);
      }
    },
  );

  it.each([
    'Microsoft.Azure.WebJobs.Script.ExternalStartupException: Error building configuration in an external startup class.',
    "The listener for function 'Functions.scheduled-report' was unable to start.",
    "Retrying to start listener for function 'Functions.scheduled-report' (Attempt 1)",
    "'%REPORT_SCHEDULE%' does not resolve to a value",
    'was not recognized as a valid cron expression or timespan string',
  ])('hear what the host writes when it does not start: %s', (line) => {
    const { strings } = queries.find(({ file }) => file === 'app-not-started.kql')!;

    expect(strings.some((phrase) => phrase.length > 10 && line.includes(phrase))).toBe(true);
  });

  it.each(queries)(
    '$file counts, so that it gives its row on empty tables too',
    ({ query, columns }) => {
      expect(columns).toEqual(['n:long']);
      expect(query).toMatch(/\| summarize n = count\(\)\n\| where n (== 0|> 0)\n$/);
    },
  );

  it('speaks on silence only where silence is the fault', () => {
    const onSilence = queries.filter(({ query }) => query.includes('where n == 0'));

    expect(onSilence.map(({ file }) => file)).toEqual(['no-digest.kql']);
  });

  it.each(queries)(
    '$file names only events that the product logs and functions that it has',
    ({ strings }) => {
      const names = strings.filter((text) => /^[a-z-]+\.[a-zA-Z]+$/.test(text));
      expect(names.filter((name) => !(EVENTS as readonly string[]).includes(name))).toEqual([]);
      const functions = strings.filter((text) => /^[a-z]+(-[a-z]+)+$/.test(text));
      expect(functions.filter((name) => !FUNCTIONS.includes(name))).toEqual([]);
    },
  );

  it('hears every event that somebody should act on', () => {
    const heard = queries.flatMap(({ strings }) => strings);

    expect(heard).toEqual(
      expect.arrayContaining([
        'run.failed',
        'ledger.failed',
        'report.partial',
        'memory.lost',
        'memory.unreadable',
        'mail.sent',
        'mail.notNeeded',
        'emergency-account.used',
      ]),
    );
  });

  it('looks 26 hours back for a digest, and not at one that was asked for on demand', () => {
    const query = read('infra/alerts/no-digest.kql');

    expect(query).toContain('ago(26h)');
    expect(query).toContain("OperationName !~ 'report-now'");
  });

  it('finds fault with a table, a column or a word that does not exist', () => {
    const wrong = [
      'AppTrace | summarize n = count()',
      "AppTraces | where Mesage has 'x'",
      'AppTraces | sumarize n = count()',
    ];

    expect(wrong.map((query) => analyse(query, TABLES).errors.length > 0)).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('alerts.bicep', () => {
  const rules = bicep.slice(bicep.indexOf('var rules ='), bicep.indexOf('resource workspace'));

  it('has an alarm for each query and a query for each alarm', () => {
    const named = [...rules.matchAll(/name: '([^']+)'/g)].map(([, name]) => `${name}.kql`);
    const loaded = [...rules.matchAll(/loadTextContent\('alerts\/([^']+)'\)/g)].map(
      ([, file]) => file!,
    );

    expect(named.sort()).toEqual([...files].sort());
    expect(loaded.sort()).toEqual([...files].sort());
  });

  it('names the runbook of each alarm, and the runbook is there', () => {
    const anchors = [...rules.matchAll(/Runbook: docs\/operate\.md#([a-z-]+)'/g)].map(
      ([, anchor]) => anchor,
    );
    const headings = [...read('docs/operate.md').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading!.toLowerCase().replaceAll(' ', '-'),
    );

    expect(anchors).toHaveLength(files.length);
    expect(headings).toEqual(expect.arrayContaining(anchors));
  });

  it('puts the name of the app where every query expects it', () => {
    expect(bicep).toContain("replace(rule.query, 'FUNCTION_APP_NAME', functionAppName)");
    expect(
      queries.every(({ query }) => query.includes("let functionApp = 'FUNCTION_APP_NAME';")),
    ).toBe(true);
  });

  it('uses durations that Azure Monitor takes, and counts what happened once', () => {
    const windows = [...rules.matchAll(/name: '([^']+)'[\s\S]*?window: '([^']+)'/g)].map(
      ([, name, window]) => [name, window],
    );

    expect(bicep).toContain('evaluationFrequency: rule.every');
    expect(Object.fromEntries(windows)).toEqual({
      'run-failed': 'PT2H',
      'no-digest': 'P2D',
      'report-partial': 'PT2H',
      'memory-lost': 'PT2H',
      'app-not-started': 'PT2H',
      'emergency-account-used': 'PT15M',
    });
  });

  it('hears of an emergency account within minutes', () => {
    expect(rules).toMatch(
      /emergency-account-used[\s\S]*severity: 1\s+every: 'PT5M'\s+window: 'PT15M'/,
    );
  });

  it('tells when code is published, keys are listed, roles assigned or alarms taken away', () => {
    for (const operation of [
      'sites/extensions/write',
      'sites/host/listkeys/action',
      'roleAssignments/write',
      'scheduledQueryRules/delete',
      'activityLogAlerts/delete',
    ]) {
      expect(bicep).toContain(operation);
    }
    expect(bicep).toContain('Runbook: docs/operate.md#administration');
  });

  it('keeps silent for less than a day, but for a digest that is missing, and stays until somebody looks', () => {
    expect(bicep).toContain('autoMitigate: false');
    expect(bicep).toContain('muteActionsDuration: rule.mute');
    expect(rules.match(/mute: 'P1D'/g)).toHaveLength(1);
    expect(bicep).toContain('skipQueryValidation: true');
  });
});
