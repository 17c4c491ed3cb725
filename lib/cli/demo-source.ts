/** Where the sign-ins of a demo come from, and how many there are: `--sign-ins` takes a number or the word. */
export interface DemoSource {
  readonly isWorkspace: boolean;
  /** A number as text, to be read as any other. */
  readonly signIns: string;
}

const WORD = 'workspace';
const DAY_MS = 86_400_000;
const GRAPH_RETENTION_DAYS = 30;

/** Reads the value of `--sign-ins`; `usual` is how many there are where only the origin is said. */
export function readDemoSource(value: string, usual: string): DemoSource {
  return value === WORD
    ? { isWorkspace: true, signIns: usual }
    : { isWorkspace: false, signIns: value };
}

/** What the simulated workspace of a demo holds: as much as Graph does on the first morning, so that nothing differs. */
export function demoWorkspace(firstMorning: Date) {
  return { since: firstMorning.getTime() - GRAPH_RETENTION_DAYS * DAY_MS, otherRows: 60 };
}
