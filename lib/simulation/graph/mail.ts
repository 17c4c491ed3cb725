import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Directory } from '../people/directory.ts';
import { badRequest, Refusal } from './answer.ts';
import type { Answer, GraphRequest } from './answer.ts';

/** Graph takes requests up to 4 MB. */
export const MAX_BYTES_OF_A_REQUEST = 4 * 1024 * 1024;

/** Larger MIME is answered 200 and never sent (microsoft-graph-docs issue 13979). */
const MAX_MESSAGE_MIME_BYTES = 2240 * 1024;
const MAX_CUSTOM_HEADERS = 5;

const ACCEPTED: Answer = { status: 202 };
const LOST: Answer = { status: 200 };

/** POST /users/{id or UPN}/sendMail: base64 MIME as text/plain, or a message as JSON, into the outbox. */
export async function sendMail(
  request: GraphRequest,
  directory: Directory,
  outbox: Outbox,
): Promise<Answer> {
  const [from = ''] = request.params;
  const sender = directory.find(from, request.now);
  if (sender === undefined) {
    throw new Refusal(404, 'ErrorInvalidUser', `The requested user '${from}' is invalid.`);
  }
  if (sender.mail === null) {
    throw noMailbox();
  }
  if (request.body.length > MAX_BYTES_OF_A_REQUEST) {
    throw new Refusal(413, 'RequestEntityTooLarge', 'The maximum request length supported is 4MB.');
  }
  const mail = { from, contentType: request.contentType, at: request.now };
  if (/^application\/json\b/i.test(request.contentType)) {
    await outbox.keep({ ...mail, body: readMessage(request.body) }, 'json', request.body);
    return ACCEPTED;
  }
  if (!/^text\/plain\b/i.test(request.contentType)) {
    throw new Refusal(415, 'UnsupportedMediaType', 'Send application/json or text/plain.');
  }
  const mime = decodeMime(request.body.toString('latin1').replaceAll(/\s/g, ''));
  if (mime.length > MAX_MESSAGE_MIME_BYTES) {
    return LOST;
  }
  await outbox.keep({ ...mail, body: mime.toString() }, 'eml', mime);
  return ACCEPTED;
}

export function noMailbox() {
  return new Refusal(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  );
}

function decodeMime(text: string): Buffer {
  const mime = Buffer.from(text, 'base64');
  if (text === '' || mime.toString('base64') !== text) {
    throw new Refusal(
      400,
      'ErrorMimeContentInvalidBase64String',
      'Invalid base64 string for MIME content.',
    );
  }
  return mime;
}

function readMessage(body: Buffer): unknown {
  const parameters = parseJson(body);
  for (const name of Object.keys(parameters)) {
    if (!['message', 'savetosentitems'].includes(name.toLowerCase())) {
      throw badRequest(`The parameter '${name}' is not a parameter of the operation 'sendMail'.`);
    }
  }
  const message = parameters['message'] ?? parameters['Message'];
  if (typeof message !== 'object' || message === null) {
    throw badRequest("The parameter 'Message' is missing.");
  }
  checkHeaders('internetMessageHeaders' in message ? message.internetMessageHeaders : []);
  return parameters;
}

function parseJson(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body.toString()) as Readonly<Record<string, unknown>>;
  } catch {
    throw badRequest('Unable to read JSON request payload.');
  }
}

function checkHeaders(headers: unknown): void {
  if (!Array.isArray(headers) || headers.length > MAX_CUSTOM_HEADERS) {
    throw new Refusal(400, 'InvalidInternetMessageHeaderCollection', 'At most five headers.');
  }
  for (const { name } of headers as readonly { readonly name?: string }[]) {
    if (!/^x-/i.test(name ?? '')) {
      throw new Refusal(
        400,
        'InvalidInternetMessageHeader',
        `The internet message header name '${name}' should start with 'x-' or 'X-'.`,
      );
    }
  }
}

/** A mail that the tenant took. */
export interface SentMail {
  /** The sender in the path of the request. */
  readonly from: string;
  readonly contentType: string;
  /** The MIME text, or the parsed JSON. */
  readonly body: unknown;
  readonly at: Date;
}

export interface Outbox {
  readonly mails: readonly SentMail[];
  keep(mail: SentMail, extension: 'eml' | 'json', bytes: Uint8Array): Promise<void>;
}

/** Keeps accepted mails in memory, and each as `NNN.eml` or `NNN.json` in the folder where one is given. */
export function createOutbox(folder: string | undefined): Outbox {
  const mails: SentMail[] = [];
  return {
    mails,
    async keep(mail, extension, bytes) {
      mails.push(mail);
      if (folder !== undefined) {
        const name = `${String(mails.length).padStart(3, '0')}.${extension}`;
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, name), bytes);
      }
    },
  };
}
