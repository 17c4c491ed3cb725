import { parseArgs, stripVTControlCharacters } from 'node:util';
import { defineCommand, renderUsage, runCommand } from 'citty';
import type { ArgsDef, SubCommandsDef } from 'citty';
import { explainError } from './cli/outcome.ts';
import type { ExitCode } from './cli/outcome.ts';
import { VERSION } from './version.ts';

/** Each loaded when it is asked for, so that help comes at once. */
const COMMANDS: Readonly<Record<string, Extract<SubCommandsDef[string], () => Promise<unknown>>>> =
  {
    demo: async () => (await import('./cli/demo-command.ts')).demoCommand,
    run: async () => (await import('./cli/commands.ts')).runCommand,
    preview: async () => (await import('./cli/commands.ts')).previewCommand,
    ingest: async () => (await import('./cli/commands.ts')).ingestCommand,
    doctor: async () => (await import('./cli/commands.ts')).doctorCommand,
    settings: async () => (await import('./cli/commands.ts')).settingsCommand,
  };

const CLI = defineCommand({
  meta: {
    name: 'node lib/cli.ts',
    version: VERSION,
    description: 'A digest of the people whom Microsoft’s mandatory MFA stops',
  },
  subCommands: COMMANDS,
});

/** Runs one command of the command line and returns how it ended; throws what it threw. */
async function main([name = '--help', ...rest]: readonly string[]): Promise<ExitCode> {
  if (isHelp(name)) {
    const { settingsText } = await import('./cli/commands.ts');
    print(`${await renderUsage(CLI)}\n\nSETTINGS, from the environment\n\n${settingsText()}`);
    return 0;
  }
  if (name === '--version') {
    print(VERSION);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? await COMMANDS[name]?.() : undefined;
  if (command === undefined) {
    console.error(`There is no command ${name}.\nSee node lib/cli.ts --help.`);
    return 2;
  }
  if (rest.some(isHelp)) {
    print(await renderUsage(command, CLI));
    return 0;
  }
  refuseUnknown(rest, command.args as ArgsDef | undefined);
  return (await runCommand(command, { rawArgs: rest })).result as ExitCode;
}

/** citty colours its words wherever they go, and fills its columns with blanks. */
function print(text: string): void {
  const lines = text.replaceAll(/ +$/gmu, '');
  console.log(process.stdout.isTTY ? lines : stripVTControlCharacters(lines));
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}

/** citty lets unknown arguments pass, and a slip must not send a mail. */
function refuseUnknown(rawArgs: string[], args: ArgsDef = {}): void {
  const options = Object.entries(args).map(
    ([name, { type }]) => [name, { type: type === 'boolean' ? type : 'string' }] as const,
  );
  parseArgs({ args: rawArgs, options: Object.fromEntries(options), strict: true });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { text, exitCode } = explainError(error);
  console.error(text);
  process.exitCode = exitCode;
}
