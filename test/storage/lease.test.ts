import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { acquireRenewedLease } from '../../lib/storage/lease.ts';
import type { LeaseOperations } from '../../lib/storage/lease.ts';

type Renewal = 'renewed' | 'lost' | 'failed' | 'hangs';

/** A lease whose renewals go as scripted, the last one for ever; `calls` says what was asked of it. */
function scriptOperations(renewals: readonly Renewal[], durationMs = 30) {
  const calls: string[] = [];
  const left = [...renewals];
  let afterScript = () => {};
  const scriptEnded = new Promise<void>((resolve) => {
    afterScript = resolve;
  });
  const operations: LeaseOperations = {
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
  return { operations, calls, scriptEnded };
}

describe('acquireRenewedLease', () => {
  it('is not given what another has', async () => {
    const { operations, calls } = scriptOperations(['renewed']);

    const lease = await acquireRenewedLease({ ...operations, acquire: async () => false });

    expect(lease).toBeUndefined();
    expect(calls).toEqual([]);
  });

  it('renews for as long as it is held', async () => {
    const { operations, scriptEnded } = scriptOperations(
      ['failed', 'renewed', 'renewed', 'renewed', 'renewed', 'failed', 'renewed'],
      900,
    );
    const lease = await acquireRenewedLease(operations);

    await scriptEnded;

    expect(lease?.signal.aborted).toBe(false);
    await lease?.release();
  }, 10_000);

  it.each(['lost', 'failed', 'hangs'] as const)('is lost when a renewal %s', async (renewal) => {
    const { operations, calls } = scriptOperations(['renewed', 'renewed', renewal]);
    const lease = await acquireRenewedLease(operations);

    await once(lease!.signal, 'abort');
    await lease?.release();

    expect(lease?.signal.reason).toMatchObject({ code: 'state_conflict' });
    expect(calls).not.toContain('release');
  });

  it('is released once, and never lost after that', async () => {
    const { operations, calls } = scriptOperations(['lost']);
    const lease = await acquireRenewedLease(operations);

    await lease?.release();
    await lease?.release();

    expect(calls).toEqual(['acquire', 'release']);
    expect(lease?.signal.aborted).toBe(false);
  });

  it('lets a release fail in peace', async () => {
    const { operations } = scriptOperations(['renewed']);
    const lease = await acquireRenewedLease({
      ...operations,
      release: () => Promise.reject(new Error('Cut off.')),
    });

    const release = lease?.release();

    await expect(release).resolves.toBeUndefined();
  });

  it('passes on why it could not ask', async () => {
    const { operations } = scriptOperations(['renewed']);

    const lease = acquireRenewedLease({
      ...operations,
      acquire: () => Promise.reject(new Error('Cut off.')),
    });

    await expect(lease).rejects.toThrow('Cut off.');
  });
});
