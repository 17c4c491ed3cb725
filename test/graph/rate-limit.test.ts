import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Lane } from '../../lib/graph/rate-limit.ts';
import { startHastyTime } from '../support/hasty-time.ts';

const START = new Date('2026-11-21T06:00:00Z');
const signal = new AbortController().signal;

/** When each of so many requests was let in, in milliseconds after the start. */
async function entriesOf(limit: number, count: number): Promise<readonly number[]> {
  const time = startHastyTime(START);
  const lane = new Lane(limit, time.now, time.sleep);
  const entries: number[] = [];
  await Promise.all(
    Array.from({ length: count }, async () => {
      await lane.enter(signal);
      entries.push(time.now() - START.getTime());
    }),
  );
  return entries;
}

describe('Lane', () => {
  it('lets the first five in at once and the next five when the window has passed', async () => {
    expect(await entriesOf(5, 11)).toEqual([
      0, 0, 0, 0, 0, 10_100, 10_100, 10_100, 10_100, 10_100, 20_200,
    ]);
  });

  it('slides: what was let in late leaves the window late', async () => {
    const time = startHastyTime(START);
    const lane = new Lane(2, time.now, time.sleep);
    const entries: number[] = [];

    for (const pauseMs of [0, 6000, 0, 0]) {
      await time.sleep(pauseMs, signal);
      await lane.enter(signal);
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
          const lane = new Lane(limit, time.now, time.sleep);
          const entries: number[] = [];
          for (const pauseMs of pauses) {
            await time.sleep(pauseMs, signal);
            await lane.enter(signal);
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

  it('holds everybody for as long as Graph asked one to wait', async () => {
    const time = startHastyTime(START);
    const lane = new Lane(5, time.now, time.sleep);

    lane.hold(30_000);
    lane.hold(10_000);
    await lane.enter(signal);

    expect(time.waitsMs).toEqual([30_000]);
  });

  it('lets others in after one gave up waiting', async () => {
    const time = startHastyTime(START);
    const lane = new Lane(1, time.now, time.sleep);
    await lane.enter(signal);

    const gaveUp = lane.enter(AbortSignal.abort(new Error('enough')));

    await expect(gaveUp).rejects.toThrow('enough');
    await expect(lane.enter(signal)).resolves.toBeUndefined();
  });
});
