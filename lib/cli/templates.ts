import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MailerError } from '../errors.ts';

/** What is compiled before the command line can run: by which script, and from which files and folders. */
interface Product {
  readonly compiled: string;
  readonly compiler: string;
  readonly sources: readonly string[];
}

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const PRODUCTS: readonly Product[] = [
  {
    compiled: pathOf('../digest/compiled/digest.js'),
    compiler: pathOf('../packaging/compile-templates.ts'),
    sources: [pathOf('../../templates')],
  },
  {
    compiled: pathOf('../workspace/compiled/queries.js'),
    compiler: pathOf('../packaging/compile-queries.ts'),
    sources: [pathOf('../workspace/queries'), pathOf('../entra'), pathOf('../decode.ts')],
  },
];

/**
 * Compiles the templates of the mail and the queries of a workspace where that was never done, or where their sources
 * are newer than what was made of them, as after an update. Throws template_invalid where it cannot be done.
 */
export async function compileIfStale(): Promise<void> {
  const ended = await Promise.all(PRODUCTS.filter(isStale).map(compile));
  if (ended.every((code) => code === 0)) return;
  throw new MailerError(
    'template_invalid',
    'The templates of the mail or the queries of a workspace could not be compiled: run npm ci, then npm run templates, which says why.',
  );
}

function isStale({ compiled, compiler, sources }: Product): boolean {
  const newest = Math.max(changedAt(compiler), ...sources.flatMap(filesIn).map(changedAt));
  return changedAt(compiled) <= newest;
}

function compile({ compiler }: Product): Promise<number | null> {
  return new Promise((resolve) => {
    spawn(process.execPath, [compiler], { stdio: 'ignore' })
      .on('error', () => resolve(null))
      .on('exit', resolve);
  });
}

function filesIn(path: string): readonly string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`);
}

/** 0 for what is not there. */
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
