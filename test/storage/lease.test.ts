import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { takeHold } from '../../lib/storage/lease.ts';
import type { Lease } from '../../lib/storage/lease.ts';

type Renewal = 'renewed' | 'lost' | 'failed' | 'hangs';

/** A lease whose renewals go as scripted, the last one for ever; `calls` says what was asked of it. */
function scriptLease(renewals: readonly Renewal[], durationMs = 30) {
  const calls: string[] = [];
  const left = [...renewals];
  let afterScript = () => {};
  const scriptEnded = new Promise<void>((resolve) => {
    afterScript = resolve;
  });
  const lease: Lease = {
    durationMs,
    async acquire() {
      calls.push('acquire');
      return true;
    },
    async renew() {
      calls.push('renew');
      const renewal = left.length > 1 ? left.shift() : left[0];
      if (left.length === 1 && renewal === left[0]) afterScript();
      if (renewal === 'hangs') await new Promise(() => undefined);
      if (renewal === 'failed') throw new Error('No answer.');
      return renewal === 'renewed';
    },
    async release() {
      calls.push('release');
    },
  };
  return { lease, calls, scriptEnded };
}

describe('takeHold', () => {
  it('is not given what another has', async () => {
    const { lease, calls } = scriptLease(['renewed']);

    const hold = await takeHold({ ...lease, acquire: async () => false });

    expect(hold).toBeUndefined();
    expect(calls).toEqual([]);
  });

  it('renews for as long as it is held', async () => {
    const { lease, scriptEnded } = scriptLease(
      ['failed', 'renewed', 'renewed', 'renewed', 'renewed', 'failed', 'renewed'],
      900,
    );
    const hold = await takeHold(lease);

    await scriptEnded;

    expect(hold?.signal.aborted).toBe(false);
    await hold?.release();
  }, 10_000);

  it.each(['lost', 'failed', 'hangs'] as const)('is lost when a renewal %s', async (renewal) => {
    const { lease, calls } = scriptLease(['renewed', 'renewed', renewal]);
    const hold = await takeHold(lease);

    await once(hold!.signal, 'abort');
    await hold?.release();

    expect(hold?.signal.reason).toMatchObject({ code: 'state_conflict' });
    expect(calls).not.toContain('release');
  });

  it('is released once, and never lost after that', async () => {
    const { lease, calls } = scriptLease(['lost']);
    const hold = await takeHold(lease);

    await hold?.release();
    await hold?.release();

    expect(calls).toEqual(['acquire', 'release']);
    expect(hold?.signal.aborted).toBe(false);
  });

  it('lets a release fail in peace', async () => {
    const { lease } = scriptLease(['renewed']);
    const hold = await takeHold({ ...lease, release: () => Promise.reject(new Error('Cut off.')) });

    const release = hold?.release();

    await expect(release).resolves.toBeUndefined();
  });

  it('passes on why it could not ask', async () => {
    const { lease } = scriptLease(['renewed']);

    const hold = takeHold({ ...lease, acquire: () => Promise.reject(new Error('Cut off.')) });

    await expect(hold).rejects.toThrow('Cut off.');
  });
});
