import { FIELDS } from './fields.ts';
import type { Field } from './kinds.ts';
import type { Environment } from './read-settings.ts';

/** What one setting is, and why. */
export interface SettingInForce {
  readonly setting: string;
  /** As it may be shown; empty where it is not set and has no default. */
  readonly value: string;
  readonly source: 'environment' | 'file' | 'default';
  readonly fallback: string;
  /** Why it cannot be used. */
  readonly problem?: string | undefined;
}

/** Settings that name people: a screen or a ticket is no place for them unless somebody asks. */
const PERSONAL: Readonly<Record<string, string>> = {
  EMAIL_FROM: 'mailbox',
  EMAIL_TO: 'address',
  EMAIL_CC: 'address',
  EMAIL_BCC: 'address',
  EXCLUDED_USERS: 'account',
  BREAK_GLASS_ACCOUNTS: 'account',
};

interface InForceOptions {
  /** Names that came from a settings file and not from the environment. */
  readonly fromFile: ReadonlySet<string>;
  /** Whether people are named. @default false */
  readonly isRevealing?: boolean;
}

/** Every setting as a run would take it. An empty value counts as absent. */
export function settingsInForce(
  environment: Environment,
  { fromFile, isRevealing = false }: InForceOptions,
): readonly SettingInForce[] {
  return Object.values<Field<unknown>>(FIELDS).map((field) => {
    const { setting, fallback } = field;
    const given = environment[setting]?.trim() ?? '';
    const reading = field.read(given || fallback);
    const setIn = fromFile.has(setting) ? 'file' : 'environment';
    return {
      setting,
      value: isRevealing ? given || fallback : shown(setting, given || fallback),
      source: given === '' ? 'default' : setIn,
      fallback,
      problem: 'problem' in reading ? reading.problem : undefined,
    };
  });
}

function shown(setting: string, value: string): string {
  const noun = PERSONAL[setting];
  if (noun === undefined || value === '') return value;
  const count = value.split(/[;,]/).filter((item) => item.trim() !== '').length;
  if (count === 1) return `1 ${noun}`;
  return `${count} ${noun === 'address' ? 'addresses' : `${noun}s`}`;
}

/** What a run also reads, of which only may be told whether it is set: each is a secret or says where one is. */
const OTHERS = [
  'AzureWebJobsStorage',
  'AzureWebJobsStorage__accountName',
  'AzureWebJobsStorage__blobServiceUri',
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
];

/** Names of the credentials and the storage that are set; what is in them is not told. */
export function othersInForce(environment: Environment): readonly string[] {
  return OTHERS.filter((name) => environment[name]?.trim());
}
