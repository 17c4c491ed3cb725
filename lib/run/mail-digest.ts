import type { RunContext } from './context.ts';
import { buildMessage } from '../delivery/message.ts';
import { sendMail } from '../delivery/send-mail.ts';
import type { AttachmentPlan } from '../rendering/attachments.ts';
import type { Digest } from '../rendering/digest.ts';

export interface Mailing {
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
