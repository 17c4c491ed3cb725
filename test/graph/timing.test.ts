import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backoffMs, retryAfterMs, sleep, timeOf } from '../../lib/graph/timing.ts';

const NOW = Date.parse('2026-11-21T06:00:00Z');

describe('retryAfterMs', () => {
  it.each([
    ['10', 10_000],
    [' 10 ', 10_000],
    ['0', undefined],
    ['0.0', undefined],
    ['0.001', 1],
    ['2027/01/01', undefined],
    ['1.5', 1500],
    ['600', 600_000],
    ['99999999999', 2 ** 31 - 1],
    ['9'.repeat(400), 2 ** 31 - 1],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 2 ** 31 - 1],
    ['Sat, 21 Nov 2026 06:00:30 GMT', 30_000],
    ['Saturday, 21-Nov-26 06:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 05:59:59 GMT', undefined],
    ['Thu, 01 Jan 1970 00:00:00 GMT', undefined],
    ['garbage', undefined],
    ['-5', undefined],
    ['2026', 2_026_000],
    ['1e3', undefined],
    ['Infinity', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j as %j', (header, waitMs) => {
    expect(retryAfterMs(header, NOW)).toBe(waitMs);
  });

  it('gives a wait that can be waited, or none, whatever the header', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const waitMs = retryAfterMs(header, NOW) ?? 1;

        expect(waitMs).toBeGreaterThan(0);
        expect(Number.isFinite(waitMs)).toBe(true);
      }),
    );
  });
});

describe('backoffMs', () => {
  it('doubles from attempt to attempt up to half a minute', () => {
    const longest = [0, 1, 2, 3, 4, 5, 6, 7].map((attempt) => backoffMs(attempt, () => 1));

    expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('is never immediate and never longer than its ceiling', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, share) => {
        const waitMs = backoffMs(attempt, () => share);

        expect(waitMs).toBeGreaterThanOrEqual(50);
        expect(waitMs).toBeLessThanOrEqual(30_000);
      }),
    );
  });
});

describe('timeOf', () => {
  it.each([
    ['Sat, 21 Nov 2026 06:00:00 GMT', Date.parse('2026-11-21T06:00:00Z')],
    ['Sat, 13 Sep 275760 00:00:00 GMT', undefined],
    ['Fri, 31 Dec 9999 23:59:59 GMT', undefined],
    ['Thu, 01 Jan 1970 00:00:00 GMT', undefined],
    ['Sat, 99 Nov 2026 06:00:00 GMT', undefined],
    ['2027', undefined],
    ['1', undefined],
    ['-1', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('takes a Date header of %j for %j', (header, at) => {
    expect(timeOf(header)).toBe(at);
  });
});

describe('sleep', () => {
  it('ends with the reason of the signal as soon as it is aborted', async () => {
    const controller = new AbortController();
    const waiting = sleep(3_600_000, controller.signal);

    controller.abort(new Error('enough'));

    await expect(waiting).rejects.toThrow('enough');
  });

  it('does not begin under a signal that is aborted already', async () => {
    await expect(sleep(0, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  it('S10: waits where it is asked for more than a timer can hold, instead of not at all', async () => {
    const enough = AbortSignal.timeout(30);

    await expect(sleep(1e12, enough)).rejects.toHaveProperty('name', 'TimeoutError');
  });

  it('passes, and leaves nothing behind at its signal', async () => {
    const { signal } = new AbortController();

    await expect(sleep(1, signal)).resolves.toBeUndefined();

    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('leaves no timer behind that would keep a process waiting', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout');
    const before = timers().length;
    const controller = new AbortController();
    const waiting = sleep(3_600_000, controller.signal);

    controller.abort(new Error('enough'));

    await expect(waiting).rejects.toThrow('enough');
    expect(timers()).toHaveLength(before);
  });
});
