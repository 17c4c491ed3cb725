import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { atAnInstant, openTenant, outcomeOf } from '../tenant-client.ts';
import type { TenantClient } from '../tenant-client.ts';

const PATH = '/v1.0/users/mfa-report@contoso.example/sendMail';
const MIME = 'From: mfa-report@contoso.example\r\nSubject: Grüße\r\n\r\nHello';
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('sendMail', () => {
  const outbox = mkdtempSync(join(tmpdir(), 'outbox-'));
  let client: TenantClient;
  beforeAll(async () => {
    client = await openTenant({ clock: atAnInstant, outbox });
  });
  afterAll(async () => {
    await client.tenant.close();
    await rm(outbox, { recursive: true });
  });
  const postJson = (body: object, path = PATH) =>
    client.post(path, 'application/json', JSON.stringify(body));

  it('takes MIME and JSON, answers 202 without a body, and fills the outbox', async () => {
    const mime = await client.post(PATH, 'text/plain', base64(MIME));
    const json = await postJson({ message: { subject: 'x' }, saveToSentItems: false });

    expect([mime.status, await mime.text()]).toEqual([202, '']);
    expect([json.status, await json.text()]).toEqual([202, '']);
    expect(client.tenant.mails).toMatchObject([
      { from: 'mfa-report@contoso.example', contentType: 'text/plain', body: MIME },
      { contentType: 'application/json', body: { saveToSentItems: false } },
    ]);
    expect(await readdir(outbox)).toEqual(['001.eml', '002.json']);
    expect(await readFile(join(outbox, '001.eml'), 'utf8')).toBe(MIME);
  });

  it.each([
    [
      'what is no base64',
      () => client.post(PATH, 'text/plain', 'not base64!'),
      '400 ErrorMimeContentInvalidBase64String',
    ],
    [
      'an unknown parameter',
      () => postJson({ message: {}, isDeliveryReceiptRequested: true }),
      '400 BadRequest',
    ],
    ['JSON without a message', () => postJson({ saveToSentItems: true }), '400 BadRequest'],
    [
      'a header without x-',
      () => postJson({ message: { internetMessageHeaders: [{ name: 'Bcc', value: 'x' }] } }),
      '400 InvalidInternetMessageHeader',
    ],
    [
      'six headers',
      () =>
        postJson({
          message: { internetMessageHeaders: Array.from({ length: 6 }, () => ({ name: 'x-a' })) },
        }),
      '400 InvalidInternetMessageHeaderCollection',
    ],
    [
      'more than 4 MB',
      () => client.post(PATH, 'text/plain', 'A'.repeat(4 * 1024 * 1024 + 1)),
      '413 RequestEntityTooLarge',
    ],
    ['another content type', () => client.post(PATH, 'text/html', 'x'), '415 UnsupportedMediaType'],
    [
      'an unknown sender',
      () => postJson({ message: {} }, '/v1.0/users/nobody@contoso.example/sendMail'),
      '404 ErrorInvalidUser',
    ],
    [
      'a sender without a mailbox',
      () =>
        postJson({ message: {} }, '/v1.0/users/emergency2@contoso.onmicrosoft.example/sendMail'),
      '404 MailboxNotEnabledForRESTAPI',
    ],
  ])('refuses %s', async (_name, post, expected) => {
    const before = client.tenant.mails.length;

    const response = await post();

    expect(await outcomeOf(response)).toBe(expected);
    expect(client.tenant.mails).toHaveLength(before);
  });

  it('answers 200 to MIME above 2,240 kB and sends nothing', async () => {
    const before = client.tenant.mails.length;

    const response = await client.post(PATH, 'text/plain', base64('x'.repeat(2240 * 1024 + 1)));

    expect(response.status).toBe(200);
    expect(client.tenant.mails).toHaveLength(before);
  });
});
