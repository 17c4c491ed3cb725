import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { SettingsError } from '../errors.ts';
import type { Environment } from '../settings/read-settings.ts';

const LOCAL_SETTINGS = 'local.settings.json';

/** The settings of a command, and where those come from that are not in the environment. */
export interface LoadedSettings {
  readonly environment: Environment;
  /** The settings file, if there is one. */
  readonly file: string | undefined;
  /** The names that were taken from it. */
  readonly fromFile: ReadonlySet<string>;
}

/**
 * The app settings of this process: its environment, and below it the Values of local.settings.json or of the file
 * given, as the host's own tools read it. They become environment variables, because credentials look there.
 */
export async function loadSettings(given?: string): Promise<LoadedSettings> {
  const file = given ?? (existsSync(LOCAL_SETTINGS) ? LOCAL_SETTINGS : undefined);
  const fromFile = new Set<string>();
  for (const [name, value] of Object.entries(file === undefined ? {} : await readValues(file))) {
    if (process.env[name] !== undefined) continue;
    process.env[name] = String(value);
    fromFile.add(name);
  }
  return { environment: process.env, file, fromFile };
}

export async function loadEnvironment(file?: string): Promise<Environment> {
  return (await loadSettings(file)).environment;
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
