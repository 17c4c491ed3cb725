import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RateLimiter, RateLimiters } from '../../lib/graph/rate-limit.ts';
import { startHastyTime } from '../support/hasty-time.ts';

const START = new Date('2026-11-21T06:00:00Z');
const signal = new AbortController().signal;

/** When each of so many requests was let in, in milliseconds after the start. */
async function entriesOf(limit: number, count: number): Promise<readonly number[]> {
  const time = startHastyTime(START);
  const limiter = new RateLimiter(limit, time.now, time.sleep);
  const entries: number[] = [];
  await Promise.all(
    Array.from({ length: count }, async () => {
      await limiter.enter(signal);
      entries.push(time.now() - START.getTime());
    }),
  );
  return entries;
}

describe('RateLimiters', () => {
  it('count the requests of all runs in a process against one limit', async () => {
    const time = startHastyTime(START);
    const limiters = new RateLimiters(time.now, time.sleep);

    for (let run = 0; run < 3; run += 1) {
      await limiters.of('https://graph.example', 2).enter(signal);
    }

    expect(time.waitsMs).toEqual([10_100]);
  });

  it('keep what is asked of one Graph apart from what is asked of another', async () => {
    const time = startHastyTime(START);
    const limiters = new RateLimiters(time.now, time.sleep);

    for (const host of ['a', 'b', 'c'])
      await limiters.of(`https://${host}.example`, 1).enter(signal);

    expect(time.waitsMs).toEqual([]);
  });
});

describe('RateLimiter', () => {
  it('forgets after an hour that Graph asked for years, so that the next run can ask again', async () => {
    const time = startHastyTime(START);
    const limiter = new RateLimiter(5, time.now, time.sleep);

    limiter.pause(1e12);
    await limiter.enter(signal);

    expect(time.waitsMs).toEqual([3_600_000]);
  });

  it('lets the first five in at once and the next five when the window has passed', async () => {
    expect(await entriesOf(5, 11)).toEqual([
      0, 0, 0, 0, 0, 10_100, 10_100, 10_100, 10_100, 10_100, 20_200,
    ]);
  });

  it('slides: what was let in late leaves the window late', async () => {
    const time = startHastyTime(START);
    const limiter = new RateLimiter(2, time.now, time.sleep);
    const entries: number[] = [];

    for (const pauseMs of [0, 6000, 0, 0]) {
      await time.sleep(pauseMs, signal);
      await limiter.enter(signal);
      entries.push(time.now() - START.getTime());
    }

    expect(entries).toEqual([0, 6000, 10_100, 16_100]);
  });

  it('does not pace with a limit of 0', async () => {
    expect(await entriesOf(0, 500)).toEqual(Array.from({ length: 500 }, () => 0));
  });

  it('never lets more than the limit into any ten seconds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.nat(15_000), { maxLength: 40 }),
        async (limit, pauses) => {
          const time = startHastyTime(START);
          const limiter = new RateLimiter(limit, time.now, time.sleep);
          const entries: number[] = [];
          for (const pauseMs of pauses) {
            await time.sleep(pauseMs, signal);
            await limiter.enter(signal);
            entries.push(time.now());
          }

          for (const [index, entry] of entries.entries()) {
            const inWindow = entries.slice(index).filter((at) => at <= entry + 10_000);
            expect(inWindow.length).toBeLessThanOrEqual(limit);
          }
        },
      ),
    );
  });

  it('pauses everybody for as long as Graph asked one to wait', async () => {
    const time = startHastyTime(START);
    const limiter = new RateLimiter(5, time.now, time.sleep);

    limiter.pause(30_000);
    limiter.pause(10_000);
    await limiter.enter(signal);

    expect(time.waitsMs).toEqual([30_000]);
  });

  it('says at once that Graph throttles until the run ends, and what to do', async () => {
    const time = startHastyTime(START);
    const limiter = new RateLimiter(5, time.now, time.sleep);
    limiter.pause(60_000);

    const late = limiter.enter(signal, START.getTime() + 60_000);

    await expect(late).rejects.toMatchObject({
      code: 'graph_throttled',
      message: expect.stringMatching(
        /^Graph throttles the requests until after the end of the run\..*quieter time\.$/,
      ),
    });
    await expect(limiter.enter(signal, START.getTime() + 60_001)).resolves.toBeUndefined();
  });

  it('lets nobody in who has given up, though there is room', async () => {
    const time = startHastyTime(START);
    const limiter = new RateLimiter(1, time.now, time.sleep);

    const gaveUp = limiter.enter(AbortSignal.abort(new Error('enough')));

    await expect(gaveUp).rejects.toThrow('enough');
    await limiter.enter(signal);
    expect(time.waitsMs).toEqual([]);
  });

  it('lets others in after one gave up waiting', async () => {
    const time = startHastyTime(START);
    const limiter = new RateLimiter(1, time.now, time.sleep);
    await limiter.enter(signal);

    const gaveUp = limiter.enter(AbortSignal.abort(new Error('enough')));

    await expect(gaveUp).rejects.toThrow('enough');
    await expect(limiter.enter(signal)).resolves.toBeUndefined();
  });
});
