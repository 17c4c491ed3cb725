import type { InvocationContext } from '@azure/functions';
import { describe, expect, it } from '@jest/globals';
import { openPorts } from '../../lib/host/invocation.ts';

const CONTEXT = { log: () => undefined } as unknown as InvocationContext;

describe('openPorts', () => {
  it('refuses a Node on which a run would end at its first page, and says what to set', () => {
    expect(() => openPorts(CONTEXT, '20.20.2')).toThrow(
      'The function app runs on Node 20.20.2: set its runtime version to Node 24; 22 is the oldest that works.',
    );
  });

  it.each(['22.0.0', '24.21.0'])('takes Node %s', (node) => {
    expect(openPorts(CONTEXT, node).environment).toBe(process.env);
  });
});
