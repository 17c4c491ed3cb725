import type { InvocationContext } from '@azure/functions';
import { describe, expect, it } from '@jest/globals';
import { openPorts } from '../../lib/host/invocation.ts';

const errors: string[] = [];
const CONTEXT = { error: (line: string) => errors.push(line) } as unknown as InvocationContext;

describe('openPorts', () => {
  it('refuses a Node on which a run would end at its first page, and says what to set, also in the log', () => {
    const message =
      'The function app runs on Node 20.20.2: set its runtime version to Node 24; 22 is the oldest that works.';

    expect(() => openPorts(CONTEXT, '20.20.2')).toThrow(message);
    expect(errors.map((line) => JSON.parse(line) as object)).toEqual([
      { event: 'run.failed', code: 'settings_invalid', message },
    ]);
  });

  it.each(['22.0.0', '24.21.0'])('takes Node %s', (node) => {
    expect(openPorts(CONTEXT, node).environment).toBe(process.env);
  });
});
