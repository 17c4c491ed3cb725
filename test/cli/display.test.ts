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
  return { display: openDisplay({ stream, isDebugging: false, ...options }), written };
}

describe('openDisplay', () => {
  it('writes a plain line for each source where nobody watches', () => {
    const { display, written } = openScreen();

    display.onProgress({ source: 'users', rows: 600, pages: 1 });
    display.log('info', 'source.read', READ);

    expect(written).toEqual(['✓ people                 1,200 rows, 1 page\n']);
  });

  it('says why a source is not complete', () => {
    const { display, written } = openScreen();

    display.log('warn', 'source.read', {
      ...READ,
      source: 'roles',
      state: 'not-available',
      because: 'consent is missing',
    });

    expect(written.join('')).toMatch(/^! roles .* not-available because consent is missing\n$/);
  });

  it('draws a bar where the share is known and takes it away when it draws again', () => {
    const { display, written } = openScreen({ isTTY: true });

    display.onProgress({ source: 'interactiveSignIns', rows: 500, pages: 2, share: 0.25 });
    display.log('info', 'source.read', { ...READ, source: 'interactiveSignIns' });

    expect(written).toEqual([
      '  sign-ins, interactive  █████░░░░░░░░░░░░░░░ 500 rows, 2 pages\n',
      '\u001B[1A\u001B[J',
      '✓ sign-ins, interactive  1,200 rows, 1 page\n',
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
      '✓ people                 1,200 rows, 1 page\n',
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

  it('gives each finding of a check-up a line', () => {
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
