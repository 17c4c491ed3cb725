import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { SettingsError } from '../errors.ts';
import type { Environment } from '../settings/read-settings.ts';

/** The argument of every command that reads a real tenant. */
export const SETTINGS_FILE = {
  settings: {
    type: 'string',
    valueHint: 'FILE',
    description: 'Settings for what the environment lacks (default: local.settings.json if there)',
  },
} as const;

const LOCAL_SETTINGS = 'local.settings.json';

/**
 * The app settings of this process: its environment, and below it the Values of local.settings.json or of the file
 * given, as the host's own tools read it. They become environment variables, because credentials look there.
 */
export async function loadEnvironment(file?: string): Promise<Environment> {
  if (file !== undefined || existsSync(LOCAL_SETTINGS)) {
    for (const [name, value] of Object.entries(await readValues(file ?? LOCAL_SETTINGS))) {
      process.env[name] ??= String(value);
    }
  }
  return process.env;
}

async function readValues(file: string): Promise<object> {
  try {
    const { Values: values } = JSON.parse(await readFile(file, 'utf8')) as { Values?: object };
    if (typeof values === 'object') return values;
  } catch {
    // Said below; the parser's own message may quote a secret.
  }
  throw new SettingsError([
    { setting: file, problem: 'cannot be read; expected JSON with an object "Values".' },
  ]);
}
