import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../lib/simulation/graph/answer.ts';
import { createThrottle } from '../../../lib/simulation/graph/responder.ts';

function retryAfterOf(take: () => void): string | undefined {
  try {
    take();
    return undefined;
  } catch (error) {
    return error instanceof Refusal ? error.headers['retry-after'] : 'no refusal';
  }
}

describe('createThrottle', () => {
  it('lets five requests through in any ten seconds', () => {
    const take = createThrottle();

    const waits = [0, 1000, 2000, 3000, 4000, 10_000, 11_000, 12_000].map((nowMs) =>
      retryAfterOf(() => take(nowMs)),
    );

    expect(waits).toEqual(Array.from({ length: 8 }));
  });

  it('refuses the sixth, and says how long to wait', () => {
    const take = createThrottle();
    for (const nowMs of [0, 0, 3000, 3000, 3000]) {
      take(nowMs);
    }

    expect(retryAfterOf(() => take(4500))).toBe('6');
  });

  it('lets a request through that waited as long as it was told', () => {
    const take = createThrottle();
    for (const nowMs of [0, 100, 200, 300, 400]) {
      take(nowMs);
    }
    const waitSeconds = Number(retryAfterOf(() => take(500)));

    expect(retryAfterOf(() => take(500 + waitSeconds * 1000))).toBeUndefined();
  });

  it('counts refused requests as well', () => {
    const take = createThrottle();
    for (const nowMs of [0, 0, 0, 0, 0]) {
      take(nowMs);
    }
    for (const nowMs of [8000, 8100, 8200, 8300, 8400]) {
      retryAfterOf(() => take(nowMs));
    }

    expect(retryAfterOf(() => take(10_500))).toBe('8');
  });
});
