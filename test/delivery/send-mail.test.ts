import { describe, expect, it } from '@jest/globals';
import { sendMail } from '../../lib/delivery/send-mail.ts';
import { MailerError } from '../../lib/errors.ts';
import { anError, withGraph } from '../support/graph-client.ts';
import type { TestGraph } from '../support/graph-client.ts';
import type { Script } from '../support/scripted-server.ts';

const FROM = 'mfa-report@contoso.example';
const MESSAGE = { contentType: 'text/plain', body: 'bWFpbA==' } as const;
const deadline = new MailerError('run_deadline', 'The run reached its time limit.');

/** What becomes of one mail, and how often Graph was asked. */
function send(script: Script, signal = new AbortController().signal) {
  return withGraph(script, async ({ graph, server }: TestGraph) => {
    const code = await sendMail(graph, FROM, MESSAGE, signal).then(
      () => 'taken',
      (error: unknown) => (error instanceof MailerError ? error.code : 'unforeseen'),
    );
    return { code, asked: server.requests.length };
  });
}

describe('sendMail', () => {
  it('is done when Graph took the mail', async () => {
    expect(await send([{ status: 202 }])).toEqual({ code: 'taken', asked: 1 });
  });

  it('asks again after 429, which took nothing', async () => {
    expect(await send([anError(429), { status: 202 }])).toEqual({ code: 'taken', asked: 2 });
  });

  it.each([
    ['a definite refusal', anError(404, 'MailboxNotEnabledForRESTAPI')],
    ['a missing permission', anError(403, 'ErrorAccessDenied')],
    ['a mail that Graph drops', { status: 200 }],
  ])('tells that Graph did not take it: %s', async (_what, step) => {
    expect(await send([step])).toEqual({ code: 'mail_rejected', asked: 1 });
  });

  it.each([
    ['a mailbox that is none', anError(404, 'MailboxNotEnabledForRESTAPI'), 'EMAIL_FROM must be'],
    ['a missing permission', anError(403, 'ErrorAccessDenied'), 'Grant the identity Mail.Send'],
    ['a limit', anError(429, 'TooManyRequests', { 'retry-after': '3600' }), 'Send it later'],
    ['its token', anError(401, 'InvalidAuthenticationToken'), 'Check GRAPH_AUTH, AZURE_CLIENT_ID'],
    ['anything else', anError(400, 'ErrorInvalidRecipients'), 'Check EMAIL_FROM and the'],
  ])('says what helps where Graph refuses the mail for %s', async (_what, step, todo) => {
    const refused = withGraph(
      () => step,
      ({ graph }: TestGraph) => sendMail(graph, FROM, MESSAGE, new AbortController().signal),
    );

    await expect(refused).rejects.toMatchObject({
      code: 'mail_rejected',
      explanation: {
        what: expect.stringMatching(/^Graph refused the mail/),
        todo: expect.stringContaining(todo),
      },
    });
  });

  it.each([
    ['504', anError(504)],
    ['503', anError(503)],
    ['a reset', 'reset'],
    ['an answer that is cut', 'half'],
  ] as const)(
    'does not know whether Graph took it after %s, and does not repeat it',
    async (_what, step) => {
      expect(await send([step])).toEqual({ code: 'mail_uncertain', asked: 1 });
    },
  );

  it('does not know whether Graph took it where the run ends before the answer', async () => {
    const run = new AbortController();
    const script: Script = () => {
      setImmediate(() => run.abort(deadline));
      return 'hang';
    };

    expect(await send(script, run.signal)).toEqual({ code: 'mail_uncertain', asked: 1 });
  });

  it('knows that nothing was sent where the run is over already', async () => {
    expect(await send([], AbortSignal.abort(deadline))).toEqual({ code: 'run_deadline', asked: 0 });
  });
});
