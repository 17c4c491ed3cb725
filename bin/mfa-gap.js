#!/usr/bin/env node
// Starts the command line with the Node that `npm ci` installed: the sources are TypeScript, which older ones do not run.
// It is itself plain JavaScript for any Node from 20 on.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Signals that end the command: a terminal sends them to both processes, anybody else to this one only. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Exit code for what could not run. */
const COULD_NOT_RUN = 2;

/** The Node in node_modules, else this one where it runs TypeScript; undefined where there is neither. */
function findNode() {
  const folder = join(ROOT, 'node_modules/node');
  try {
    const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const path = join(folder, typeof bin === 'string' ? bin : bin.node);
    if (existsSync(path)) return path;
  } catch {
    // Not installed, as after npm ci --omit=dev.
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18) ? process.execPath : undefined;
}

function refuse(sentence) {
  console.error(sentence);
  process.exitCode = COULD_NOT_RUN;
}

const node = findNode();
if (!existsSync(join(ROOT, 'node_modules/commander'))) {
  refuse('mfa-gap is not installed yet: run npm ci in its folder first.');
} else if (node === undefined) {
  refuse(
    `mfa-gap needs Node 22.18 or newer, and this is ${process.versions.node}: run npm ci, which installs one.`,
  );
} else {
  const child = spawn(node, [join(ROOT, 'lib/cli.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // The child cleans up and says how it ended.
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  child.on('error', () => refuse('mfa-gap could not be started: run npm ci again.'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}
