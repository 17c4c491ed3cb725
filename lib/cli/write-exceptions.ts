import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CAST } from '../simulation/cast.ts';

/** Close enough to today that the digest warns of the end. */
const DAYS_LEFT = 9;
const DAY_MS = 86_400_000;

/** Writes the register of exceptions of the simulated tenant: one person, whose exception is about to end. */
export async function writeExceptions(memory: string, lastDay: Date): Promise<void> {
  const person = CAST.find(({ key }) => key === 'failures-only')?.userPrincipalName;
  const expires = new Date(lastDay.getTime() + DAYS_LEFT * DAY_MS).toISOString().slice(0, 10);
  const lines = [
    'person,reason,approved by,expires',
    `${person},Security key is ordered,CISO,${expires}`,
  ];
  await writeFile(join(memory, 'exceptions.csv'), `${lines.join('\r\n')}\r\n`);
}
