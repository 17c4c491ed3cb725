import { describe, expect, it } from '@jest/globals';
import { examine } from '../../lib/doctor/doctor.ts';
import { CheckTimeoutError } from '../../lib/doctor/unanswered.ts';
import { createVolatileStore } from '../../lib/storage/store.ts';
import { withGraph } from '../support/graph-client.ts';
import { aCheckContext } from './a-check-context.ts';

describe('examine', () => {
  it('leaves alone what does not end, and tells the rest', async () => {
    const late = new AbortController();
    const store = { ...createVolatileStore(), put: () => new Promise<string>(() => undefined) };
    const state = { store, status: 'kept' } as const;

    const findings = await withGraph(
      () => {
        late.abort(new CheckTimeoutError());
        return 'hang';
      },
      ({ graph }) =>
        examine(aCheckContext({ graph, state }), { signal: late.signal, unusable: [] }),
    );

    const unknown = findings.filter(({ what }) => what.startsWith('Not known, because it took'));
    expect(unknown.map(({ check }) => check)).toEqual(['sender', 'licence', 'clock', 'memory']);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['token', 'schedule', 'alarm']),
    );
  });

  it('makes no check that needs a setting which cannot be used', async () => {
    const unusable = ['GRAPH_ENDPOINT', 'STATE_CONTAINER', 'INGEST_SCHEDULE', 'REPORT_LOCALE'];

    const findings = await examine(aCheckContext(), {
      signal: new AbortController().signal,
      unusable,
    });

    expect(findings).toHaveLength(9);
    for (const { level, what } of findings) {
      expect(level).toBe('warning');
      expect(what).toMatch(/^Not checked, because .+ cannot be used\.$/);
    }
  });
});
