// Measures CPU, memory and requests side by side in one go on the simulated tenant, and prints a table:
// `npm run bench -- [--people N] [--sign-ins N] [--only read,throttle,daily,aggregate,hostile,workspace,start]`
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { TRIGGERS_PATH } from '../../lib/packaging/bundle.ts';
import { writePackage, zipPackage } from '../../lib/packaging/package.ts';
import { bundleReaders } from './bundle-readers.ts';
import type { Measurement } from './measure.ts';
import { runNode, serveHostile, serveTenant, serveWorkspace } from './processes.ts';
import type { Variables } from './processes.ts';
import { TENANT } from './synthetic-day.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LEGS = ['read', 'throttle', 'daily', 'aggregate', 'hostile', 'workspace', 'start'];
/** What nobody may cost a run, whatever answers it. */
const MAX_HOSTILE_BYTES = 400 * 1024 * 1024;
const WORKSPACE_PEOPLE = '1000000';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '100000' },
    'sign-ins': { type: 'string', default: '1000000' },
    only: { type: 'string', default: LEGS.join() },
  },
});
const folder = await mkdtemp(join(tmpdir(), 'bench-'));
const wanted = values.only.split(',');

try {
  await bundleReaders(folder, ['floor', 'job', 'fill', 'aggregate', 'workspace']);
  const table = [
    ...(wanted.includes('read') ? await compareReaders() : []),
    ...(wanted.includes('throttle') ? await measureThrottled() : []),
    ...(wanted.includes('daily') ? await measureDaily() : []),
    ...(wanted.includes('aggregate') ? await measureAggregation() : []),
    ...(wanted.includes('hostile') ? await measureHostile() : []),
    ...(wanted.includes('workspace') ? await measureWorkspace() : []),
    ...(wanted.includes('start') ? await measureStart() : []),
  ];
  console.log(`Node ${process.version}, ${values.people} people, ${values['sign-ins']} sign-ins`);
  console.table(Object.fromEntries(table));
} finally {
  await rm(folder, { recursive: true, force: true });
}

type Line = readonly [name: string, facts: Readonly<Record<string, string | number>>];

/** The whole job against readers that only fetch and parse: the same pages, and rows as a tenant without $select sends them. */
async function compareReaders(): Promise<readonly Line[]> {
  const tenant = await serveTenant('--people', values.people, '--sign-ins', values['sign-ins']);
  try {
    const none = { ...tenant.settings, STATE_LOCATION: 'none' };
    const kept = { ...tenant.settings, STATE_LOCATION: `folder:${join(folder, 'state')}` };
    // The server makes its people once; whoever comes first would wait for that.
    await measure('floor', none, '0');
    const floor = await measure('floor', none, '0');
    const wide = await measure('floor', none, '1');
    const job = await measure('job', none);
    const first = await measure('job', kept);
    return [
      ['floor, the same pages', facts(floor, floor)],
      ['floor, whole rows', facts(wide, floor)],
      ['job', facts(job, floor)],
      ['job, ratio to whole rows', { ratio: round(job.cpuMs / wide.cpuMs) }],
      ['job, first with stored state', facts(first, floor)],
    ];
  } finally {
    await tenant.stop();
  }
}

/** A small tenant under Graph's limits: five reporting requests at once, then one in two seconds. */
async function measureThrottled(): Promise<readonly Line[]> {
  const tenant = await serveTenant('--people', '3000', '--sign-ins', '20000', '--throttle');
  try {
    const job = await measure('job', { ...tenant.settings, STATE_LOCATION: 'none' });
    const leastMs = Math.ceil((job.reportingRequests - 5) / 5) * 10_000;
    return [
      [
        'throttled job',
        {
          ...facts(job),
          wall: seconds(job.wallMs),
          least: seconds(leastMs),
          ratio: round(job.wallMs / leastMs),
        },
      ],
    ];
  } finally {
    await tenant.stop();
  }
}

/** What a digest a day later reads, by how much history it keeps. */
async function measureDaily(): Promise<readonly Line[]> {
  const tenant = await serveTenant('--people', values.people, '--sign-ins', values['sign-ins']);
  const lines: Line[] = [];
  try {
    for (const days of ['1', '30', '90']) {
      const stateFolder = join(folder, `state-${days}`);
      const environment = {
        ...tenant.settings,
        STATE_LOCATION: `folder:${stateFolder}`,
        DAYS_TO_CHECK_LOGS: days,
      };
      await run('fill', {}, stateFolder, await tenantId(environment), days, '20000');
      lines.push([`daily job, ${days} days of history`, facts(await measure('job', environment))]);
    }
    return lines;
  } finally {
    await tenant.stop();
  }
}

async function measureAggregation(): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const days of ['90', '400']) {
    const ledger = join(folder, `ledger-${days}`);
    await run('fill', {}, ledger, TENANT, days, '20000');
    const aggregated = await measure('aggregate', {}, ledger, days, values.people);
    lines.push([
      `aggregate ${days} days × 20,000`,
      { ...facts(aggregated), wall: seconds(aggregated.wallMs) },
    ]);
  }
  return lines;
}

/** Answers of 1 GB in 1 MB of gzip, in place of every collection but the users. */
async function measureHostile(): Promise<readonly Line[]> {
  const graph = await serveHostile();
  try {
    const job = await measure('job', graph.settings);
    if (job.peakBytes > MAX_HOSTILE_BYTES) {
      throw new Error(`A hostile Graph cost ${megabytes(job.peakBytes)}, which is too much.`);
    }
    return [['job on 1 GB of gzip a request', { ...facts(job), wall: seconds(job.wallMs) }]];
  } finally {
    await graph.stop();
  }
}

/** Days of a hundred million sign-ins as the engine would return them: a million people, 2.5 rows each. */
async function measureWorkspace(): Promise<readonly Line[]> {
  const workspace = await serveWorkspace('--people', WORKSPACE_PEOPLE);
  const lines: Line[] = [];
  try {
    const endpoint = workspace.settings['ENDPOINT'] ?? '';
    for (const days of ['1', '2', '3']) {
      const ledger = join(folder, `workspace-${days}`);
      const read = await measure('workspace', {}, endpoint, ledger, days);
      const name = `workspace, today and ${Number(days) - 1} days × 1,000,000`;
      lines.push([name, { ...facts(read), wall: seconds(read.wallMs) }]);
    }
    return lines;
  } finally {
    await workspace.stop();
  }
}

/** Process start to the last registration, with a stand-in for what the host supplies. */
async function measureStart(): Promise<readonly Line[]> {
  const bundle = join(ROOT, TRIGGERS_PATH);
  const source = `
    const Module = require('node:module');
    const load = Module.prototype.require;
    class Disposable { static from() { return new Disposable(); } dispose() {} }
    const core = { version: '3.14.1', hostVersion: '4.1052.200', Disposable, log() {},
      registerFunction: () => new Disposable(), registerHook: () => new Disposable(),
      setProgrammingModel() {}, getProgrammingModel() {} };
    Module.prototype.require = function (name) {
      return name === '@azure/functions-core' ? core : load.call(this, name);
    };
    require(${JSON.stringify(bundle)});
    console.log(performance.now());`;
  const starts: number[] = [];
  for (let run = 0; run < 5; run += 1) starts.push(Number(await runNode(['--eval', source])));
  await writePackage(ROOT);
  const archive = await zipPackage(ROOT);
  return [
    [
      'start of the functions',
      { wall: `${Math.round(starts.toSorted((a, b) => a - b)[2] ?? 0)} ms` },
    ],
    ['package', { peak: megabytes(archive.length) }],
  ];
}

function run(name: string, variables: Variables, ...args: readonly string[]): Promise<string> {
  return runNode([join(folder, `${name}.mjs`), ...args], variables);
}

async function measure(
  name: string,
  variables: Variables,
  ...args: readonly string[]
): Promise<Measurement> {
  return JSON.parse(await run(name, variables, ...args)) as Measurement;
}

/** The tenant that a token of the simulated tenant names. */
async function tenantId(settings: Variables): Promise<string> {
  const url = `${settings['IDENTITY_ENDPOINT']}?resource=${settings['GRAPH_ENDPOINT']}&api-version=2019-08-01&client_id=${settings['AZURE_CLIENT_ID']}`;
  const answer = await fetch(url, {
    headers: { 'x-identity-header': settings['IDENTITY_HEADER'] ?? '' },
  });
  const { access_token: token } = (await answer.json()) as { readonly access_token: string };
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(claims) as { readonly tid: string }).tid.toLowerCase();
}

function facts(measured: Measurement, floor?: Measurement) {
  const { cpuMs, peakBytes, requests, signInRequests, rows, signIns } = measured;
  return {
    cpu: seconds(cpuMs),
    ...(floor !== undefined && { ratio: round(cpuMs / floor.cpuMs) }),
    peak: megabytes(peakBytes),
    requests,
    'of them sign-ins': signInRequests,
    rows,
    'sign-ins': signIns,
  };
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function round(ratio: number): number {
  return Math.round(ratio * 100) / 100;
}
