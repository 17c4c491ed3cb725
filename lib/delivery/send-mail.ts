import type { AttachmentPlan } from '../digest/attachments.ts';
import type { Digest } from '../digest/view-context.ts';
import { hasCode, MailerError } from '../errors.ts';
import type { GraphConnection } from '../graph/client.ts';
import type { RunContext } from '../session/session.ts';
import { buildMessage } from './message.ts';
import type { MailMessage } from './message.ts';

/**
 * Hands one message to Graph, which answers 202 and says no more: it was taken, not delivered. A refusal is
 * `mail_rejected`. Where it cannot be known whether Graph took it (a timeout, a reset, a server fault) the error
 * is `mail_uncertain`, and nothing is repeated here.
 */
export async function sendMail(
  graph: GraphConnection,
  from: string,
  message: MailMessage,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const url = graph.url(`/v1.0/users/${encodeURIComponent(from)}/sendMail`);
  let status: number;
  try {
    ({ status } = await graph.post(url, 'sendMail', message, signal));
  } catch (error) {
    throw toDeliveryError(error, signal);
  }
  if (status === 202) return;
  // Graph answers 200 to a message beyond its size and drops it.
  throw new MailerError(
    'mail_rejected',
    {
      what: `Graph answered ${status} instead of 202 to sendMail, so the mail was not taken.`,
      todo: 'Lower MAX_ROWS_IN_EMAIL or set ATTACH_CSV to false.',
    },
    { status },
  );
}

function toDeliveryError(error: unknown, signal: AbortSignal): unknown {
  if (!(error instanceof MailerError)) return error;
  const { graphCode, requestId, status, hasLeft } = error.facts;
  const facts = { graphCode, requestId, status };
  // What breaks off the waiting for an answer does not call the mail back.
  const isBrokenOff = signal.aborted && error === signal.reason;
  if (isBrokenOff || (hasCode(error, 'graph_unreachable') && hasLeft !== false)) {
    return new MailerError(
      'mail_uncertain',
      {
        what: 'It is not known whether Graph took the mail: its answer was lost.',
        todo: 'Look into the sender’s Sent Items before sending again.',
      },
      facts,
      { cause: error },
    );
  }
  if (hasCode(error, 'graph_denied', 'graph_refused', 'graph_throttled')) {
    const explanation = {
      what: `Graph refused the mail (${graphCode ?? status}).`,
      todo: remedyFor(error),
    };
    return new MailerError('mail_rejected', explanation, facts, { cause: error });
  }
  return error;
}

function remedyFor(error: MailerError): string {
  const graphCode = String(error.facts['graphCode']);
  if (hasCode(error, 'graph_throttled')) {
    return 'Send it later: whatever else sends from EMAIL_FROM, or asks Graph for this tenant, shares the limit.';
  }
  if (error.facts['status'] === 401) {
    return 'Check GRAPH_AUTH, AZURE_CLIENT_ID and GRAPH_ENDPOINT: Graph did not take the token of the identity.';
  }
  if (/MailboxNotEnabledForRESTAPI|ErrorInvalidUser|ResourceNotFound/.test(graphCode)) {
    return 'EMAIL_FROM must be a user or a shared mailbox in Exchange Online.';
  }
  if (/ErrorAccessDenied|Authorization_RequestDenied|NoPermissionsInAccessToken/.test(graphCode)) {
    return 'Grant the identity Mail.Send, or let its Exchange scope include EMAIL_FROM.';
  }
  return 'Check EMAIL_FROM and the recipients.';
}

interface Mailing {
  readonly digest: Digest;
  readonly plan: AttachmentPlan;
  readonly messageId: string;
  readonly date: Date;
  readonly signal: AbortSignal;
}

/** Addresses a digest as the settings say and hands it to Graph. */
export async function mailDigest(
  { settings, session, ports }: RunContext,
  mailing: Mailing,
): Promise<void> {
  const { digest, plan, messageId, date, signal } = mailing;
  const { emailFrom, emailTo, emailCc, emailBcc } = settings;
  const message = await buildMessage(digest, plan, {
    from: emailFrom,
    to: emailTo,
    cc: emailCc,
    bcc: emailBcc,
    saveToSentItems: settings.saveToSentItems,
    requestDeliveryReceipt: settings.requestDeliveryReceipt,
    messageId,
    date,
  });
  await sendMail(session.graph, emailFrom, message, signal);
  ports.log('info', 'mail.sent', {
    recipients: emailTo.length + emailCc.length + emailBcc.length,
    attachments: plan.attached.length,
    leftOut: plan.leftOut.length,
    format: plan.format,
  });
}
