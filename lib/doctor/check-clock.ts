import { MailerError } from '../errors.ts';
import { askGraph } from './ask-graph.ts';
import type { CheckContext } from './check.ts';
import type { Finding } from './finding.ts';

/** More than an answer takes on its way; Entra and Azure Storage refuse tokens from five minutes on. */
const TOLERATED_SECONDS = 60;

/** Holds the clock of this machine against the Date of an answer of Graph. */
export async function checkClock(
  { ports: { clock }, session: { graph } }: CheckContext,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const path = '/v1.0/organization?$select=id';
  const { date = '' } = await askGraph(graph, path, 'the organisation', signal);
  const skewMs = clock().getTime() - Date.parse(date);
  if (Number.isNaN(skewMs)) {
    throw new MailerError('graph_unexpected', 'Graph’s answer does not say when it was given.');
  }
  const skewSeconds = Math.round(skewMs / 1000);
  const basis = { check: 'clock', facts: { skewSeconds } } as const;
  if (Math.abs(skewSeconds) <= TOLERATED_SECONDS) {
    const what = `The clock of this machine is within ${TOLERATED_SECONDS} seconds of Graph’s.`;
    return [{ ...basis, level: 'ok', what }];
  }
  return [
    {
      ...basis,
      level: 'warning',
      what: `The clock of this machine is ${Math.abs(skewSeconds)} seconds ${skewSeconds > 0 ? 'ahead of' : 'behind'} Graph’s, which moves the days that sign-ins are counted under.`,
      todo: 'Synchronise the clock of this machine.',
    },
  ];
}
