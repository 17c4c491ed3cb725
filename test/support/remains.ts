import { createHash } from 'node:crypto';
import type { Contents } from './contents.ts';
import type { ReceivedMail, Stage } from './stage.ts';

/** All that a process leaves to those after it; a stage can begin with it. */
export interface Remains {
  /** Not there where there is no container. */
  readonly contents?: Contents;
  readonly mails: readonly ReceivedMail[];
  /** What is stored, to the byte, and the mails, a line each. */
  readonly inventory: readonly string[];
}

export async function remainsOf(stage: Stage): Promise<Remains> {
  const contents = (await stage.container.exists()) ? await stage.contents() : undefined;
  const mails = await stage.mails();
  const inventory = inventoryOf(contents, mails);
  return { ...(contents !== undefined && { contents }), mails, inventory };
}

export function inventoryOf(
  contents: Contents | undefined,
  mails: readonly ReceivedMail[] = [],
): readonly string[] {
  return [
    ...(contents === undefined ? [] : ['container']),
    ...[...(contents ?? [])].map(([name, bytes]) => `${name} ${hashOf(bytes)}`),
    ...mails.map((mail) => `mail ${hashOf(JSON.stringify(mail))}`),
  ];
}

function hashOf(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
