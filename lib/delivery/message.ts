import MailComposer from 'nodemailer/lib/mail-composer';
import type { AttachedFile, AttachmentPlan } from '../digest/attachments.ts';
import type { Digest } from '../digest/view-context.ts';

/** The body of a sendMail request and the content type that tells Graph which of its two forms it is. */
export interface MailMessage {
  readonly contentType: 'text/plain' | 'application/json';
  readonly body: string;
}

export interface MessageOptions {
  /** The mailbox that sends: an address, or an object id, which no header can name. */
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly saveToSentItems: boolean;
  readonly requestDeliveryReceipt: boolean;
  /** With angle brackets, the same for every attempt to send one digest. */
  readonly messageId: string;
  readonly date: Date;
}

/**
 * The digest as sendMail takes it, in the form that the plan chose: multipart MIME in base64, or JSON, which
 * has no plain-text alternative.
 */
export function buildMessage(
  digest: Digest,
  plan: AttachmentPlan,
  options: MessageOptions,
): Promise<MailMessage> {
  return plan.format === 'mime'
    ? toMime(digest, plan, options)
    : Promise.resolve(toJson(digest, plan, options));
}

async function toMime(
  digest: Digest,
  { attached }: AttachmentPlan,
  { from, to, cc, bcc, requestDeliveryReceipt, messageId, date }: MessageOptions,
): Promise<MailMessage> {
  const isAddress = from.includes('@');
  const mail = new MailComposer({
    ...(isAddress ? { from } : {}),
    to: [...to],
    cc: [...cc],
    bcc: [...bcc],
    messageId,
    date,
    subject: digest.subject,
    text: digest.text,
    html: digest.html,
    textEncoding: 'base64',
    attachments: attached.map(({ name, contentType, content }) => ({
      filename: name,
      contentType,
      content,
    })),
    // Exchange turns this header into a request for a delivery report ([MS-OXCMAIL] 2.1.3.1.5);
    // Disposition-Notification-To would ask the readers for a read receipt.
    headers: requestDeliveryReceipt && isAddress ? { 'Return-Receipt-To': from } : {},
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  mail.keepBcc = true;
  return { contentType: 'text/plain', body: (await mail.build()).toString('base64') };
}

function toJson(
  digest: Digest,
  { attached }: AttachmentPlan,
  { to, cc, bcc, saveToSentItems, requestDeliveryReceipt, messageId }: MessageOptions,
): MailMessage {
  const body = JSON.stringify({
    message: {
      subject: digest.subject,
      body: { contentType: 'html', content: digest.html },
      toRecipients: to.map(recipient),
      ccRecipients: cc.map(recipient),
      bccRecipients: bcc.map(recipient),
      internetMessageId: messageId,
      ...(requestDeliveryReceipt ? { isDeliveryReceiptRequested: true } : {}),
      attachments: attached.map(fileAttachment),
    },
    ...(saveToSentItems ? {} : { saveToSentItems: false }),
  });
  return { contentType: 'application/json', body };
}

function recipient(address: string): object {
  return { emailAddress: { address } };
}

function fileAttachment({ name, contentType, content }: AttachedFile): object {
  return {
    '@odata.type': '#microsoft.graph.fileAttachment',
    name,
    contentType,
    contentBytes: content.toString('base64'),
  };
}
