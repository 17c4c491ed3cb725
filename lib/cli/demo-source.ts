import { PREMIUM_RETENTION_DAYS } from '../entra/limits.ts';
import { DAY_MS } from '../utc-day.ts';

/** Where the sign-ins of a demo come from, and how many there are: `--sign-ins` takes a number or the word. */
export interface DemoSource {
  readonly isWorkspace: boolean;
  /** A number as text, to be read as any other; undefined for as many as usual. */
  readonly signIns: string | undefined;
}

const WORD = 'workspace';

/** Reads the value of `--sign-ins`. */
export function readDemoSource(value: string | undefined): DemoSource {
  return value === WORD
    ? { isWorkspace: true, signIns: undefined }
    : { isWorkspace: false, signIns: value };
}

/** What the simulated workspace of a demo holds: as much as Graph does on the first morning, so that nothing differs. */
export function demoWorkspace(firstMorning: Date) {
  return { since: firstMorning.getTime() - PREMIUM_RETENTION_DAYS * DAY_MS, otherRows: 60 };
}
