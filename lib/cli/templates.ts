import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MailerError } from '../errors.ts';

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const COMPILED = pathOf('../digest/compiled/digest.js');
const TEMPLATES = pathOf('../../templates');
const COMPILER = pathOf('../packaging/compile-templates.ts');

/**
 * Compiles the templates of the mail where that was never done, or where they are newer than what was made of them, as
 * after an update. Throws template_invalid where it cannot be done.
 */
export async function compileTemplatesIfStale(): Promise<void> {
  if (changedAt(COMPILED) > Math.max(changedAt(COMPILER), ...sources().map(changedAt))) return;
  const code = await new Promise<number | null>((resolve) => {
    spawn(process.execPath, [COMPILER], { stdio: 'ignore' })
      .on('error', () => resolve(null))
      .on('exit', resolve);
  });
  if (code === 0) return;
  throw new MailerError(
    'template_invalid',
    'The templates of the mail could not be compiled: run npm ci, then npm run templates, which says why.',
  );
}

function sources(): readonly string[] {
  return readdirSync(TEMPLATES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`);
}

/** 0 for what is not there. */
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
