import { describe, expect, it } from '@jest/globals';
import { checkClock } from '../../lib/doctor/check-surroundings.ts';
import type { Finding } from '../../lib/doctor/check.ts';
import { withGraph } from '../support/graph-client.ts';
import { aCheckContext, NOW, theFinding } from './a-check-context.ts';

describe('checkClock', () => {
  it.each([
    [0, 'ok', 'within 60 seconds'],
    [60, 'ok', 'within 60 seconds'],
    [-60, 'ok', 'within 60 seconds'],
    [61, 'warning', '61 seconds ahead of Graph’s'],
    [-3600, 'warning', '3600 seconds behind Graph’s'],
  ])('judges a clock that is %d seconds ahead', async (skewSeconds, level, words) => {
    const finding = await theFinding(
      check(new Date(NOW.getTime() - skewSeconds * 1000).toUTCString()),
    );

    expect(finding).toMatchObject({ level, facts: { skewSeconds } });
    expect(finding.what).toContain(words);
  });

  it('cannot tell where the answer has no readable Date', async () => {
    await expect(check('yesterday')).rejects.toMatchObject({ code: 'graph_unexpected' });
  });
});

function check(date: string): Promise<readonly Finding[]> {
  return withGraph([{ headers: { date }, body: { value: [] } }], ({ graph, reader }) =>
    checkClock(aCheckContext({ graph }), reader.signal),
  );
}
