import { jsonAnswer } from '../graph/answer.ts';
import type { Response } from '../graph/responder.ts';
import type { SignInLog } from '../graph/sign-ins.ts';
import { DAY_MS, HOUR_MS, startOfDay } from '../people/generated.ts';
import { SIGN_IN_KINDS } from '../people/sign-in.ts';
import type { SignIn, SignInKind } from '../people/sign-in.ts';
import { answerInstead, bodyOf, PARTIAL, refusal, TOO_LARGE, whole } from './answers.ts';
import { countSignIns, SIGN_IN_COLUMNS } from './count-sign-ins.ts';
import { bendRows, createWorkspaceFaults } from './faults.ts';
import type { WorkspaceFault } from './faults.ts';
import { readQuery } from './read-query.ts';
import type { ReadQuery } from './read-query.ts';

export type { WorkspaceFault };

export interface WorkspaceOptions {
  /** Tables that are not exported. @default none */
  readonly missing?: readonly SignInKind[];
  /** Since when sign-ins are exported, milliseconds since 1970. @default 90 days ago */
  readonly since?: number;
  /** Spans that were not exported, of both kinds. */
  readonly holes?: readonly { readonly from: number; readonly to: number }[];
  /** Instants at which the workspace reports dropped data. */
  readonly dropped?: readonly number[];
  /** How long rows take to arrive. @default 0 */
  readonly delayMs?: number;
  /** How many rows of other applications each hour of a table has beside. @default 0 */
  readonly otherRows?: number;
  /** What the identity sees of tables that it does not need: that they are not there, no row, or all. @default absent */
  readonly otherTables?: 'absent' | 'empty' | 'readable';
  readonly faults?: readonly WorkspaceFault[];
}

export interface SimulatedWorkspace {
  answer(query: string, now: Date): Response;
  addFault(fault: WorkspaceFault): void;
}

export const TABLES: Readonly<Record<SignInKind, string>> = {
  interactive: 'SigninLogs',
  nonInteractive: 'AADNonInteractiveUserSignInLogs',
};
const RETENTION_DAYS = 90;

/**
 * A Log Analytics workspace to which the tenant's sign-ins are exported. It knows the product's queries by their
 * text and answers them from the sign-ins themselves, counted by hand-written meanings: it runs no KQL.
 */
export function createWorkspace(
  signInLog: SignInLog,
  options: WorkspaceOptions = {},
): SimulatedWorkspace {
  const { missing = [], holes = [], dropped = [], delayMs = 0, otherRows = 0 } = options;
  const { otherTables = 'absent' } = options;
  const faults = createWorkspaceFaults(options.faults ?? []);

  function eventsOf(kind: SignInKind, from: number, to: number, now: Date): readonly SignIn[] {
    const since = options.since ?? now.getTime() - RETENTION_DAYS * DAY_MS;
    const [first, last] = [Math.max(from, since), Math.min(to, now.getTime() - delayMs)];
    return [...signInLog.events([kind], first, last)].filter(({ kind: own, atMs }) => {
      const isLost = holes.some((hole) => atMs >= hole.from && atMs < hole.to);
      return own === kind && !isLost && atMs >= first && atMs < to && atMs <= last;
    });
  }

  function signInRows({ kind, from, to, isAsked }: ReadQuery, now: Date) {
    const dayMs = startOfDay(from);
    return countSignIns(eventsOf(kind, from, to, now), dayMs, isAsked);
  }

  function hourRows({ kind, from, to }: ReadQuery, now: Date): readonly (readonly number[])[] {
    const dayMs = startOfDay(from);
    const seconds = eventsOf(kind, from, to, now).map(({ atMs }) =>
      Math.floor((atMs - dayMs) / 1000),
    );
    const others = otherRows === 0 ? [] : otherSeconds(from, Math.min(to, now.getTime()), dayMs);
    const byHour = Map.groupBy([...seconds, ...others], (second) => Math.floor(second / 3600));
    const rows = [...byHour].map(([hour, list]) => [
      hour,
      list.length,
      Math.min(...list),
      Math.max(...list),
    ]);
    const sums = [1, 2, 3].map((place) => rows.reduce((sum, row) => sum + (row[place] ?? 0), 0));
    return [...rows, [-1, ...sums]];
  }

  /** Sign-ins to applications that nobody asks about, evenly through each hour that is not a hole. */
  function otherSeconds(from: number, to: number, dayMs: number): readonly number[] {
    const seconds: number[] = [];
    for (let hour = 0; hour < 24; hour += 1) {
      const at = dayMs + hour * HOUR_MS;
      const isLost = holes.some((hole) => at >= hole.from && at < hole.to);
      if (isLost || at < from || at + HOUR_MS > to) continue;
      for (let row = 0; row < otherRows; row += 1) {
        seconds.push(hour * 3600 + Math.floor((row * 3600) / otherRows));
      }
    }
    return seconds;
  }

  function tableRows({ from }: ReadQuery, now: Date) {
    return SIGN_IN_KINDS.filter((kind) => !missing.includes(kind)).flatMap((kind) => {
      const atMs = eventsOf(kind, from, now.getTime(), now).map((signIn) => signIn.atMs);
      if (atMs.length === 0) return [];
      const [oldest, newest] = [atMs.at(-1)!, atMs[0]!].map((at) => Math.floor(at / 1000));
      const rows = atMs.length + otherRows * Math.floor((now.getTime() - atMs.at(-1)!) / HOUR_MS);
      return [[TABLES[kind], rows, oldest, newest, newest! + Math.floor(delayMs / 1000)]];
    });
  }

  function droppedRows({ from, to }: ReadQuery) {
    return dropped
      .filter((at) => at >= from && at < to)
      .map((at) => {
        const hour = Math.floor(at / HOUR_MS) * 3600;
        return [hour, 'Ingestion rate', 'Error', 1];
      });
  }

  function tableOf(query: ReadQuery, now: Date) {
    switch (query.is) {
      case 'sign-ins':
        return { columns: SIGN_IN_COLUMNS, rows: signInRows(query, now) };
      case 'hours':
        return { columns: ['Hour', 'Rows', 'First', 'Last'], rows: hourRows(query, now) };
      case 'dropped':
        return { columns: ['Hour', 'Operation', 'Level', 'Times'], rows: droppedRows(query) };
      case 'tables':
        return {
          columns: ['Table', 'Rows', 'Oldest', 'Newest', 'Arrived'],
          rows: tableRows(query, now),
        };
      case 'others':
        return { columns: ['Rows'], rows: [[otherTables === 'readable' ? 168 : 0]] };
    }
  }

  return {
    addFault: (fault) => faults.add(fault),
    answer(text, now) {
      const query = readQuery(text);
      const fault = faults.strike(query.is);
      if (fault?.kind === 'hang') return { answer: { status: 0 }, delivery: 'never' };
      if (fault?.kind === 'reset') return { answer: { status: 0 }, delivery: 'reset' };
      const isTable = query.is === 'sign-ins' || query.is === 'hours';
      const isHidden = query.is === 'others' && otherTables === 'absent';
      if (isHidden || (isTable && missing.includes(query.kind))) {
        return whole(refusal('unknownTable'));
      }
      const instead = fault && answerInstead(fault, query, now);
      if (instead !== undefined) return whole(instead);
      const { columns, rows } = tableOf(query, now);
      const isSignIns = query.is === 'sign-ins';
      const bent = isSignIns && fault ? bendRows(signInRows(query, now), fault.kind) : rows;
      const isTooLarge = fault?.kind === 'tooLarge' && rows.length - 1 > fault.rows;
      const all = fault?.kind === 'noRows' ? [] : bent;
      const given = isTooLarge ? all.slice(0, fault.rows) : all;
      const error = isTooLarge ? TOO_LARGE : fault?.kind === 'partial' ? PARTIAL : undefined;
      const named = fault?.kind === 'otherColumns' ? columns.toReversed() : columns;
      const answer = jsonAnswer(bodyOf(named, given, error));
      return { answer, delivery: fault?.kind === 'cutBody' ? 'half' : 'whole' };
    },
  };
}
