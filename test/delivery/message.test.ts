import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { buildMessage } from '../../lib/delivery/message.ts';
import type { MessageOptions } from '../../lib/delivery/message.ts';
import { planAttachments } from '../../lib/digest/attachments.ts';
import type { AttachmentPlan } from '../../lib/digest/attachments.ts';
import type { CollectedFile } from '../../lib/digest/csv/write-csv.ts';
import { MAX_REQUEST_BYTES } from '../../lib/entra/limits.ts';

const DIGEST = {
  subject: 'MFA Enforcement Report: 7 stopped at MFA · Contoso',
  html: '<!doctype html><p>Zieliński</p>',
  text: 'Zieliński\n.\nFrom here on',
};

const CSV = Buffer.from('\uFEFF"Id"\r\n"1"\r\n');

const MIME: AttachmentPlan = {
  attached: [
    {
      name: 'Identity_Overview.csv',
      csvName: 'Identity_Overview.csv',
      contentType: 'text/csv',
      rows: 1,
      isZipped: false,
      content: CSV,
    },
  ],
  leftOut: [],
  format: 'mime',
};

const JSON_PLAN: AttachmentPlan = { ...MIME, format: 'json' };

const OPTIONS: MessageOptions = {
  from: 'digest@contoso.example',
  to: ['soc@contoso.example'],
  cc: ['iam@contoso.example'],
  bcc: ['audit@contoso.example'],
  saveToSentItems: true,
  requestDeliveryReceipt: false,
  messageId: '<digest.1@mfa-gap-mailer>',
  date: new Date('2026-11-21T06:00:00Z'),
};

async function readMime(body: string) {
  return await PostalMime.parse(Buffer.from(body, 'base64'));
}

describe('buildMessage as MIME', () => {
  it('is base64 of a message that reads back as it was written', async () => {
    const { contentType, body } = await buildMessage(DIGEST, MIME, OPTIONS);

    const mail = await readMime(body);
    expect(contentType).toBe('text/plain');
    expect(mail.subject).toBe(DIGEST.subject);
    expect(mail.html?.trim()).toBe(DIGEST.html);
    expect(mail.text?.trim()).toBe(DIGEST.text);
    expect(mail.messageId).toBe(OPTIONS.messageId);
    expect(mail.date).toBe('2026-11-21T06:00:00.000Z');
    expect(mail.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
      ['Identity_Overview.csv', 'text/csv'],
    ]);
    expect(Buffer.from(mail.attachments[0]?.content as ArrayBuffer).equals(CSV)).toBe(true);
  });

  it('keeps every recipient, hidden ones too', async () => {
    const { body } = await buildMessage(DIGEST, MIME, OPTIONS);

    const mail = await readMime(body);
    expect([mail.from?.address, mail.to, mail.cc, mail.bcc]).toMatchObject([
      'digest@contoso.example',
      [{ address: 'soc@contoso.example' }],
      [{ address: 'iam@contoso.example' }],
      [{ address: 'audit@contoso.example' }],
    ]);
  });

  it('asks for a delivery receipt, not for a read receipt', async () => {
    const { body } = await buildMessage(DIGEST, MIME, { ...OPTIONS, requestDeliveryReceipt: true });

    const headers = (await readMime(body)).headers.map(({ key }) => key);
    expect(headers).toContain('return-receipt-to');
    expect(headers).not.toContain('disposition-notification-to');
  });

  it('names no sender where the mailbox is an object id', async () => {
    const from = '00000000-0000-4000-8000-000000000001';

    const { body } = await buildMessage(DIGEST, MIME, { ...OPTIONS, from });

    expect((await readMime(body)).from).toBeUndefined();
  });
});

describe('buildMessage as JSON', () => {
  it('says what only JSON can say', async () => {
    const { contentType, body } = await buildMessage(DIGEST, JSON_PLAN, {
      ...OPTIONS,
      saveToSentItems: false,
      requestDeliveryReceipt: true,
    });

    expect(contentType).toBe('application/json');
    expect(JSON.parse(body)).toEqual({
      message: {
        subject: DIGEST.subject,
        body: { contentType: 'html', content: DIGEST.html },
        toRecipients: [{ emailAddress: { address: 'soc@contoso.example' } }],
        ccRecipients: [{ emailAddress: { address: 'iam@contoso.example' } }],
        bccRecipients: [{ emailAddress: { address: 'audit@contoso.example' } }],
        internetMessageId: OPTIONS.messageId,
        isDeliveryReceiptRequested: true,
        attachments: [
          {
            '@odata.type': '#microsoft.graph.fileAttachment',
            name: 'Identity_Overview.csv',
            contentType: 'text/csv',
            contentBytes: CSV.toString('base64'),
          },
        ],
      },
      saveToSentItems: false,
    });
  });

  it('leaves out what it need not say', async () => {
    const { body } = await buildMessage(DIGEST, JSON_PLAN, OPTIONS);

    expect(body).not.toMatch(/saveToSentItems|isDeliveryReceiptRequested/u);
  });
});

describe('buildMessage with as much as a plan lets through', () => {
  const PLANNING = {
    attachCsv: true,
    attachWorkbook: true,
    saveToSentItems: true,
    requestDeliveryReceipt: false,
    emailFrom: OPTIONS.from,
    generatedAt: '2026-11-21T06:00:00Z',
  };
  const longest = { subject: 'x'.repeat(300), html: 'é"'.repeat(33_333), text: 'é'.repeat(50_000) };

  it.each([
    ['MIME', 1_420_000, 'mime'],
    ['JSON', 2_900_000, 'json'],
  ])('stays below the 4 MB that Graph takes, as %s', async (_, bytes, format) => {
    const file: CollectedFile = {
      name: 'Identity_Overview.csv',
      rows: 1,
      bytes,
      content: randomBytes(bytes),
    };
    const plan = await planAttachments([file], PLANNING);

    const { body } = await buildMessage(longest, plan, OPTIONS);

    expect(plan).toMatchObject({ format, leftOut: [] });
    expect(Buffer.byteLength(body)).toBeLessThan(MAX_REQUEST_BYTES);
  });

  it('stays below the length of MIME text that Graph was seen to drop', async () => {
    const file = { name: 'A.csv', rows: 1, bytes: 1_420_000, content: randomBytes(1_420_000) };
    const plan = await planAttachments([file], PLANNING);

    const { body, contentType } = await buildMessage(longest, plan, OPTIONS);

    expect(contentType).toBe('text/plain');
    expect(Buffer.from(body, 'base64').length).toBeLessThan(2240 * 1024);
  });
});
