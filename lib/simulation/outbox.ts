import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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
