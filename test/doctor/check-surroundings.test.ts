import { describe, expect, it } from '@jest/globals';
import { MailerError } from '../../lib/errors.ts';
import { checkClock } from '../../lib/doctor/check-surroundings.ts';
import type { Finding } from '../../lib/doctor/check.ts';
import { aPage, anError, withGraph } from '../support/graph-client.ts';
import type { Step } from '../support/scripted-server.ts';
import { aCheckContext, theFinding } from './a-check-context.ts';

describe('checkClock', () => {
  it.each([
    [0, 'ok', 'within 60 seconds'],
    [60, 'ok', 'within 60 seconds'],
    [-60, 'ok', 'within 60 seconds'],
    [61, 'warning', '61 seconds ahead of Graph’s'],
    [-3600, 'warning', '3600 seconds behind Graph’s'],
  ])('judges a clock that is %d seconds ahead', async (skewSeconds, level, words) => {
    const finding = await theFinding(check(aPage([]), skewSeconds * 1000));

    expect(finding).toMatchObject({ level, facts: { skewSeconds } });
    expect(finding.what).toContain(words);
  });

  it('is told by a refusal too', async () => {
    expect(await theFinding(check(anError(403), 0))).toMatchObject({ level: 'ok' });
  });

  it.each([
    ['no answer has a readable Date', aPage([]), 'graph_unexpected'],
    ['there is no answer that does', anError(403), 'graph_denied'],
  ])('cannot tell where %s', async (_, step, code) => {
    const asked = check(step);

    await expect(asked).rejects.toBeInstanceOf(MailerError);
    await expect(asked).rejects.toMatchObject({ code });
  });
});

function check(step: Step, skewMs?: number): Promise<readonly Finding[]> {
  return withGraph([step], ({ graph, reader }) =>
    checkClock(aCheckContext({ graph, ...(skewMs !== undefined && { skewMs }) }), reader.signal),
  );
}
