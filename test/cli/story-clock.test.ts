import { describe, expect, it } from '@jest/globals';
import { createStoryClock, lastMornings } from '../../lib/cli/demo-command.ts';

describe('lastMornings', () => {
  it('ends with today once the hour has come', () => {
    const mornings = lastMornings(3, 6, new Date('2026-03-01T06:00:00Z'));

    expect(mornings.map((morning) => morning.toISOString())).toEqual([
      '2026-02-27T06:00:00.000Z',
      '2026-02-28T06:00:00.000Z',
      '2026-03-01T06:00:00.000Z',
    ]);
  });

  it('ends with yesterday before the hour has come', () => {
    const mornings = lastMornings(1, 6, new Date('2026-03-01T05:59:59Z'));

    expect(mornings.map((morning) => morning.toISOString())).toEqual(['2026-02-28T06:00:00.000Z']);
  });
});

describe('createStoryClock', () => {
  it('goes on from where it is set at the pace of the real one', () => {
    let realMs = 1_000;
    const clock = createStoryClock(() => realMs);

    clock.setTo(new Date(5_000));
    realMs += 250;

    expect(clock.now()).toEqual(new Date(5_250));
  });
});
