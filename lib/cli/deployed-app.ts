import { execFile } from 'node:child_process';
import type { Finding } from '../doctor/check.ts';
import { checkSettingsOf } from '../doctor/doctor.ts';
import { MailerError, SettingsError } from '../errors.ts';
import type { Environment } from '../settings/read-settings.ts';
import { openTerminal } from './terminal.ts';

interface DeployedApp {
  readonly app: string;
  readonly resourceGroup?: string | undefined;
}

/** What the app alone can tell, and how to ask it. */
const BY_ITSELF: Finding = {
  check: 'token',
  level: 'ok',
  what: 'Token, permissions, sender, licence, clock and memory belong to the app and are not looked at from here.',
  todo: 'Let the app check itself: POST /api/report-now?check=true, as docs/operate.md shows.',
};

/** Checks the settings of a deployed function app, as Azure CLI reads them. What is in them goes nowhere. */
export async function checkDeployedApp({
  app,
  resourceGroup,
}: DeployedApp): Promise<readonly Finding[]> {
  assertName('--app', app);
  if (resourceGroup !== undefined) assertName('--resource-group', resourceGroup);
  const group = resourceGroup ?? (await findResourceGroup(app));
  const { environment, hidden } = toEnvironment(await readAppSettings(app, group));
  const findings = await checkSettingsOf(openTerminal(environment));
  return [
    ...findings.filter(({ what }) => !isAbout(what, hidden)),
    ...hidden.map(notSeen),
    BY_ITSELF,
  ];
}

/** What Azure allows in these names, and a shell does not read as anything else. */
function assertName(option: string, value: string): void {
  if (/^[\w.()-]{1,90}$/.test(value) && !value.startsWith('-')) return;
  throw new SettingsError([{ setting: option, problem: 'is no name of an Azure resource.' }]);
}

async function findResourceGroup(app: string): Promise<string> {
  const type = 'Microsoft.Web/sites';
  const query = ['--name', app, '--resource-type', type, '--query', '[].resourceGroup'];
  const groups = await az(['resource', 'list', ...query]);
  if (!Array.isArray(groups) || groups.length === 0) {
    throw failed(
      'az finds no function app of this name: check --app, or choose the subscription with az account set.',
    );
  }
  const [group, ...others] = groups.map(String);
  if (group === undefined || others.length > 0) {
    throw failed('az finds several apps of this name: say which with --resource-group.');
  }
  return group;
}

async function readAppSettings(app: string, group: string): Promise<unknown> {
  const which = ['--name', app, '--resource-group', group];
  return az(['functionapp', 'config', 'appsettings', 'list', ...which]);
}

interface AppSettings {
  readonly environment: Environment;
  /** Settings whose value only the app gets to see. */
  readonly hidden: readonly string[];
}

/** A list of names and values; references to a key vault are names only. */
function toEnvironment(answer: unknown): AppSettings {
  if (!Array.isArray(answer)) throw failed('az gave no list of settings: check --resource-group.');
  const environment: Record<string, string> = {};
  const hidden: string[] = [];
  for (const item of answer as readonly { readonly name?: unknown; readonly value?: unknown }[]) {
    const { name, value } = item;
    if (typeof name !== 'string') continue;
    if (typeof value !== 'string' || /^@Microsoft\./i.test(value.trim())) hidden.push(name);
    else environment[name] = value;
  }
  return { environment, hidden };
}

/** A setting that is there and cannot be seen is not missing. */
function isAbout(what: string, hidden: readonly string[]): boolean {
  return hidden.some((name) => what.startsWith(`${name} `));
}

function notSeen(name: string): Finding {
  return {
    check: 'settings',
    level: 'ok',
    what: `${name} is kept elsewhere, such as in a key vault: what is in it was not looked at.`,
  };
}

/** Asks Azure CLI; what it prints beside its answer may name accounts and goes nowhere. */
function az(args: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const options = { shell: process.platform === 'win32', maxBuffer: 16 * 1024 * 1024 };
    execFile('az', [...args, '--output', 'json'], options, (error, out) => {
      if (error?.code === 'ENOENT') {
        reject(
          failed(
            'Azure CLI (az) is not here: install it and sign in with az login, or let the app check itself with POST /api/report-now?check=true (docs/operate.md).',
          ),
        );
        return;
      }
      if (error !== null) {
        reject(
          failed(
            'az could not read the settings of the app: sign in with az login, check --app and --resource-group, and see that you may read the app’s settings.',
            { azExitCode: typeof error.code === 'number' ? error.code : undefined },
          ),
        );
        return;
      }
      try {
        resolve(JSON.parse(out));
      } catch {
        reject(failed('az gave an answer that is no JSON: run az upgrade, and try again.'));
      }
    });
  });
}

function failed(message: string, facts = {}): MailerError {
  return new MailerError('azure_cli_failed', message, facts);
}
