import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import known from './known-commands.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const COMMANDS: Readonly<Record<string, readonly string[]>> = known.commands;
const GLOBAL_FLAGS: Readonly<Record<string, readonly string[]>> = known.globalFlags;

/** The first words that make code of a page a command. */
export const TOOLS = [
  ...new Set(Object.keys(COMMANDS).map((command) => command.split(' ')[0]!)),
].filter((tool) => !['.', 'cat', 'cd', 'export', 'mv', 'node', 'set'].includes(tool));

/** The names that a deployment reads: its parameters' variables, its outputs, and azd's own. */
export const ENVIRONMENT = new Set([
  ...matches('infra/main.bicepparam', /readEnvironmentVariable\('(\w+)'/g),
  ...matches('infra/main.bicep', /^output (\w+)/gm),
  ...known.environment,
]);

/** The settings of the product, as its example lists them. */
export const SETTINGS = new Set(
  Object.keys(
    (JSON.parse(read('local.settings.json.example')) as { readonly Values: object }).Values,
  ),
);

/** The names under which the Functions host, and the product with it, finds its storage account. */
const STORAGE = /^AzureWebJobsStorage(?:__(?:accountName|blobServiceUri|clientId))?$/;

/** Flags of the command line: every word that its sources give a meaning, because commands share theirs. */
const OWN_FLAGS = ['lib/cli.ts', ...filesOf('lib/cli')].flatMap((file) =>
  matches(file, /ption\(\s*'(?:-\w, )?(--[a-z][\w-]*)/g),
);

function filesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);
}

function matches(file: string, pattern: RegExp): string[] {
  return [...read(file).matchAll(pattern)].map(([, name]) => name!);
}

/** What is wrong with a command, in words; nothing where all of it exists. */
export function faultsOf(words: readonly string[]): string[] {
  const [tool = ''] = words;
  if (tool === '') return [];
  if (tool.startsWith('infra/scripts/')) return faultsOfScript(words);
  const command = longestKnown(words);
  if (command === undefined) return [`${words.slice(0, 4).join(' ')}: no such command`];
  const rest = words.slice(command.split(' ').length);
  if (command === 'npm run') return faultsOfNpm(rest);
  const flags = [
    ...COMMANDS[command]!,
    ...(GLOBAL_FLAGS[tool] ?? []),
    ...(command.startsWith('npx mfa-gap') ? OWN_FLAGS : []),
  ];
  return [...unknownFlags(command, rest, flags), ...faultsOfNames(command, rest)];
}

function longestKnown(words: readonly string[]): string | undefined {
  return words
    .map((_, index) => words.slice(0, words.length - index).join(' '))
    .find((command) => command in COMMANDS);
}

function unknownFlags(
  command: string,
  words: readonly string[],
  flags: readonly string[],
): string[] {
  return words
    .filter(
      (word) => /^(?:--?[A-Za-z]|\+[a-z]$)/.test(word) && !flags.includes(word.split('=')[0]!),
    )
    .map((word) => `${command}: no flag ${word}`);
}

/** Names that azd is given or asked for, and parameters that a template is given. */
function faultsOfNames(command: string, words: readonly string[]): string[] {
  if (['azd env set', 'azd env get-value', 'export'].includes(command)) {
    const name = words[0]?.split('=')[0];
    if (name === undefined || name.startsWith('-') || ENVIRONMENT.has(name)) return [];
    // What is exported is read by the command line as well, whose settings and storage it names.
    if (command === 'export' && (SETTINGS.has(name) || STORAGE.test(name))) return [];
    return [`${command}: no name ${name}`];
  }
  const file = words[words.indexOf('--template-file') + 1];
  if (!words.includes('--template-file') || file === undefined) return [];
  // The template of a release is that of the repository, and the package.
  const template = file === 'azuredeploy.json' ? 'infra/main.bicep' : file;
  const parameters = [...matches(template, /^param (\w+)/gm), 'packageUri'];
  return words
    .flatMap((word) => /^(\w+)=/.exec(word)?.[1] ?? [])
    .filter((name) => !parameters.includes(name))
    .map((name) => `${template}: no parameter ${name}`);
}

function faultsOfNpm([script = '', ...rest]: readonly string[]): string[] {
  const { scripts } = JSON.parse(read('package.json')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const command = scripts[script];
  if (command === undefined) return [`npm run ${script}: no such script`];
  const file = /(?:lib|infra|test)\/\S+\.ts(?!.*\.ts)/.exec(command)?.[0];
  const options = file === undefined ? [] : matches(file, /'?([\w-]+)'?: \{ type: '/g);
  return unknownFlags(
    `npm run ${script}`,
    rest.filter((word) => word !== '--'),
    options.map((option) => `--${option}`),
  );
}

function faultsOfScript([path = '', ...words]: readonly string[]): string[] {
  if (!existsSync(join(ROOT, path))) return [`${path}: no such script`];
  const flags = path.endsWith('.ps1')
    ? matches(path, /^\s*(?:\[[^\]]+\]\s*)*\$(\w+)(?: = [^\n]+)?,?$/gm).map((name) => `-${name}`)
    : matches(path, /^ {2}(--[a-z-]+) /gm);
  return unknownFlags(path, words, flags);
}
