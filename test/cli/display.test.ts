import { describe, expect, it } from '@jest/globals';
import { openDisplay } from '../../lib/cli/terminal.ts';
import type { DisplayOptions } from '../../lib/cli/terminal.ts';

const READ = { source: 'users', state: 'complete', rows: 1_200, pages: 1 };

type ScreenOptions = Partial<DisplayOptions> & {
  readonly isTTY?: boolean;
  readonly columns?: number;
};

/** A display and what it has written. */
function openScreen({ isTTY = false, columns = 80, ...options }: ScreenOptions = {}) {
  const written: string[] = [];
  const stream = {
    isTTY,
    columns,
    write(text: string | Uint8Array) {
      written.push(String(text));
      return true;
    },
  };
  return {
    display: openDisplay({ stream, isDebugging: false, now: () => 0, ...options }),
    written,
  };
}

describe('openDisplay', () => {
  it('writes a plain line for each source where nobody watches', () => {
    const { display, written } = openScreen();

    display.onProgress({ source: 'users', rows: 600, pages: 1 });
    display.log('info', 'source.read', READ);

    expect(written).toEqual(['✓ people                       1,200 rows, 1 page\n']);
  });

  it('says why a source is not complete', () => {
    const { display, written } = openScreen();

    display.log('warn', 'source.read', {
      ...READ,
      source: 'roles',
      state: 'not-available',
      because: 'consent is missing',
    });

    expect(written.join('')).toMatch(
      /^! directory roles {14}not read, because consent is missing \(1,200 rows, 1 page\)\n$/,
    );
  });

  it('draws a bar where the share is known and takes it away when it draws again', () => {
    const { display, written } = openScreen({ isTTY: true });

    display.onProgress({ source: 'interactiveSignIns', rows: 500, pages: 2, share: 0.25 });
    display.log('info', 'source.read', { ...READ, source: 'interactiveSignIns' });

    expect(written).toEqual([
      '  interactive sign-ins         █████░░░░░░░░░░░░░░░ 500 rows, 2 pages\n',
      '  0 s passed\n',
      '\u001B[2A\u001B[J',
      '✓ interactive sign-ins         1,200 rows, 1 page\n',
      '  0 s passed\n',
    ]);
  });

  it('leaves the reason of a source that is not complete above the bars, however long it is', () => {
    const { display, written } = openScreen({ isTTY: true });
    const because = 'consent is missing '.repeat(9).trim();

    display.log('info', 'source.read', READ);
    display.log('warn', 'source.read', { ...READ, source: 'roles', state: 'partial', because });

    expect(written.slice(1)).toEqual([
      '\u001B[1A\u001B[J',
      expect.stringContaining(because),
      '✓ people                       1,200 rows, 1 page\n',
    ]);
  });

  it('cuts a bar where the terminal ends', () => {
    const { display, written } = openScreen({ isTTY: true, columns: 20 });

    display.log('info', 'source.read', READ);

    expect(written).toEqual(['✓ people           \n']);
  });

  it('keeps silent about sources when it is brief and nobody watches', () => {
    const { display, written } = openScreen({ isBrief: true });

    display.log('info', 'source.read', READ);

    expect(written).toEqual([]);
  });

  it('shows a warning by its message and leaves out what is of no use to a person', () => {
    const { display, written } = openScreen();

    display.log('info', 'run.started', { trigger: 'schedule' });
    display.log('error', 'memory.lost', { message: 'The folder cannot be written.' });
    display.log('error', 'run.failed', { code: 'state_denied' });

    expect(written).toEqual(['! The folder cannot be written.\n']);
  });

  it('says how long it took so far, and that Graph asked to wait, until the report is built', () => {
    let nowMs = 0;
    const { display, written } = openScreen({ isTTY: true, now: () => nowMs });

    display.onProgress({ source: 'users', rows: 600, pages: 1 });
    nowMs = 65_000;
    display.log('debug', 'graph.waited', { code: 'graph_throttled', waitMs: 20_000 });
    const waiting = written.at(-1);
    nowMs = 90_000;
    display.onProgress({ source: 'users', rows: 700, pages: 2 });
    const after = written.at(-1);
    display.log('info', 'report.built');

    expect(waiting).toBe('  1 min 05 s passed, Graph asked to wait, 20 s left\n');
    expect(after).toBe('  1 min 30 s passed\n');
    expect(written.at(-1)).toBe('  people                       700 rows, 2 pages\n');
  });

  it('tells of a wait that Graph asked for where nobody watches, and not of its own pace', () => {
    const { display, written } = openScreen();

    display.log('debug', 'graph.waited', { code: 'paced', waitMs: 9_000 });
    display.log('debug', 'graph.waited', { code: 'graph_throttled', waitMs: 120_000 });
    display.log('debug', 'graph.waited', { code: 'graph_unreachable', waitMs: 20 });

    expect(written).toEqual(['  Graph asked to wait: 2 min 00 s\n']);
  });

  it('colours the marks and nothing else', () => {
    const paint = (format: string, text: string) => `<${format}>${text}</>`;
    const { display, written } = openScreen({ paint });

    display.log('info', 'source.read', READ);
    display.say('! Consent is missing.');

    expect(written).toEqual([
      '<green>✓</> people                       1,200 rows, 1 page\n',
      '<yellow>!</> Consent is missing.\n',
    ]);
  });

  it('gives each finding of a preflight a line', () => {
    const { display, written } = openScreen();

    display.log('warn', 'run.checked', { problems: 1, warnings: 1, findings: ['One.', 'Two.'] });

    expect(written).toEqual(['! One.\n', '! Two.\n']);
  });

  it('shows every event when it is debugging', () => {
    const { display, written } = openScreen({ isDebugging: true });

    display.log('debug', 'graph.waited', { code: 'graph_throttled', waitMs: 20, what: undefined });

    expect(written).toEqual(['graph.waited code=graph_throttled waitMs=20\n']);
  });
});
