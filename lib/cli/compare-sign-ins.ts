import { writeFile } from 'node:fs/promises';
import { capitalise } from '../digest/text/wording.ts';
import type { ComparedSlot } from '../doctor/compare-counts.ts';
import { compareSignIns } from '../doctor/compare-sign-ins.ts';
import type { ComparedOrigin, ComparedSignIns } from '../doctor/compare-sign-ins.ts';
import { SettingsError } from '../errors.ts';
import type { Ports } from '../session/ports.ts';
import { isDay } from '../utc-day.ts';
import type { ExitCode } from './outcome.ts';

export interface CompareOptions {
  readonly ports: Ports;
  /** YYYY-MM-DD, UTC. */
  readonly day: string;
  /** Where to leave the object ids that differ. */
  readonly idsFile?: string | undefined;
}

/** Compares a day of sign-ins in Graph and in the workspace, and prints counts and no names. */
export async function compareDay({ ports, day, idsFile }: CompareOptions): Promise<ExitCode> {
  assertDay(day, ports.clock());
  const compared = await compareSignIns(ports, day);
  console.log(describeComparison(day, compared).join('\n'));
  if (idsFile !== undefined) {
    await writeFile(idsFile, compared.differing.map((id) => `${id}\n`).join(''));
    console.log(`\nTheir object ids are in ${idsFile}.`);
  }
  return isSame(compared) ? 0 : 1;
}

function assertDay(day: string, now: Date): void {
  if (isDay(day) && Date.parse(day) < now.getTime()) return;
  const problem = 'must be a UTC day that has begun, as YYYY-MM-DD.';
  throw new SettingsError([{ setting: '--compare-sign-ins', problem }]);
}

function isSame({ differing, origins }: ComparedSignIns): boolean {
  return (
    differing.length === 0 && origins.every(({ missing }) => Object.keys(missing).length === 0)
  );
}

const KIND_WORDS = { interactive: 'interactive', nonInteractive: 'non-interactive' } as const;

/** The comparison in lines: a table by kind and application, what it means, and what the origins took. */
export function describeComparison(day: string, compared: ComparedSignIns): readonly string[] {
  const { slots, differing, hasMoreRefusals, origins, engineMs } = compared;
  return [
    `Sign-ins of ${day} in Graph / in the workspace:`,
    '',
    ...slots.flatMap(describeSlot),
    ...(slots.length === 0 ? ['  none in either'] : []),
    '',
    differing.length === 0
      ? 'People and evidence are the same.'
      : `${count(differing.length)} of the people ${differing.length === 1 ? 'differs' : 'differ'}: who is there, or how MFA was proven.`,
    ...(hasMoreRefusals
      ? [
          'The workspace has more refusals than Graph: it keeps a row for each step of a sign-in. That is no difference.',
        ]
      : []),
    ...origins.flatMap(describeMissing),
    ...origins.map(
      ({ name, requests, tookMs }) =>
        `${capitalise(name)}: ${count(requests)} requests in ${seconds(tookMs)}.`,
    ),
    `The workspace took ${seconds(engineMs)} over its answers, their way included.`,
  ];
}

function describeSlot(slot: ComparedSlot): readonly string[] {
  const { kind, application, inBoth, onlyGraph, onlyWorkspace, graph, workspace } = slot;
  const pair = (name: keyof typeof graph) => `${count(graph[name])} / ${count(workspace[name])}`;
  return [
    `  ${application}, ${KIND_WORDS[kind]}`,
    `    people in both ${count(inBoth)}, only in Graph ${count(onlyGraph)}, only in the workspace ${count(onlyWorkspace)}`,
    `    successes ${pair('successes')}, with MFA ${pair('withMfa')}, refusals ${pair('refusals')}`,
  ];
}

function describeMissing({ name, missing }: ComparedOrigin): readonly string[] {
  return Object.entries(missing).map(
    ([kind, because]) =>
      `The ${KIND_WORDS[kind as keyof typeof KIND_WORDS]} sign-ins of ${name} are not whole, because ${because}.`,
  );
}

function count(number: number): string {
  return number.toLocaleString('en-GB');
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
