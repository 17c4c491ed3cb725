import { Command, Option } from 'commander';
import { styleText } from 'node:util';
import { wrapText } from '../digest/plain-text.ts';
import { VERSION } from '../version.ts';
import { DAYS } from './demo-days.ts';
import type { ExitCode } from './outcome.ts';
import { columnsOf } from './paint.ts';
import { compileIfStale } from './templates.ts';

/** How the command line is started, as its own help says it. */
export const NAME = 'npx mfa-gap';

const SUMMARY = 'A digest of the people whom Microsoft’s mandatory MFA stops.';

const ENDING = `${NAME} <command> --help says more. Exit codes: 0 done, 1 finished but something failed, 2 could not run, 130 interrupted.`;

/** What each part of the help is headed by, in the order of need. */
const GROUPS = { look: 'To look', run: 'To run', keep: 'To keep it going' };

/**
 * The command line: every command with its options, strict in what it takes. What a command needs is loaded when it is
 * asked for, so that help comes at once. `done` hears how the command ended.
 */
export function createProgram(done: (exitCode: ExitCode) => void): Command {
  const program = new Command(NAME)
    .description(SUMMARY)
    .usage('<command> [options]')
    .version(VERSION, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .addHelpText('after', paragraph(ENDING))
    .configureHelp({
      sortSubcommands: false,
      subcommandTerm: (command) => command.name(),
      styleTitle: (text) => styleText('bold', text, { validateStream: false }),
      styleSubcommandText: (text) => styleText('green', text, { validateStream: false }),
      styleOptionText: (text) => styleText('green', text, { validateStream: false }),
    })
    .configureOutput({
      getOutHelpWidth: () => columnsOf(process.stdout),
      getErrHelpWidth: () => columnsOf(process.stderr),
      outputError: (text, write) => write(toSentence(text)),
    })
    .showHelpAfterError(false)
    .hook('preAction', compileIfStale)
    .exitOverride();

  const add = (name: string, group: keyof typeof GROUPS, summary: string) =>
    described(program.command(name), summary).helpGroup(`${GROUPS[group]}:`);

  add('demo', 'look', 'play some days of a simulated tenant and leave its digest')
    .addOption(new Option('--show <day>', 'which day to show').choices(DAYS))
    .option('--people <n>', 'people in the tenant, the handmade ones among them')
    .option(
      '--sign-ins <n>',
      'their sign-ins in the last 30 days; or the word workspace, to count them in Log Analytics',
    )
    .option('--seed <n>', 'another seed, other people')
    .option('--days <n>', 'mornings to play, the last one today (1 to 7)')
    .option('--throttle', 'limit requests as Graph does; takes minutes')
    .option('--out <folder>', 'where to leave it', 'out/demo')
    .option('--open', 'open the digest in a browser')
    .action(async (options) => {
      done(await (await import('./demo-command.ts')).demo(options));
    });

  withSettings(add('preview', 'look', 'make the digest of your tenant and send nothing'))
    .option('--out <folder>', 'where to leave it', 'out/preview')
    .option('--open', 'open the digest in a browser')
    .option('--json', 'print what was found as JSON, in counts')
    .action(async (options) => {
      done(await (await import('./commands.ts')).preview(options));
    });

  withSettings(add('doctor', 'look', 'check what a run needs, and say what to do'))
    .option('--app <name>', 'check the settings of this deployed function app, read through az')
    .option('--resource-group <name>', 'its resource group, where az does not find it by name')
    .addOption(
      new Option(
        '--compare-sign-ins <day>',
        'compare a UTC day of sign-ins in Graph and in the workspace, and check nothing else',
      ).conflicts(['app', 'json']),
    )
    .option('--ids <file>', 'where to leave the object ids that differ')
    .option('--json', 'print the findings as JSON')
    .action(async (options) => {
      done(await (await import('./commands.ts')).diagnose(options));
    });

  withSettings(add('run', 'run', 'make the digest of your tenant and send it'))
    .option(
      '--scheduled',
      'send the digest of the latest instant of REPORT_SCHEDULE, once; for cron',
    )
    .option('--record', 'let the next digest on demand count its changes from this one')
    .option('--json', 'print what was found as JSON, in counts')
    .action(async (options) => {
      done(await (await import('./commands.ts')).send(options));
    });

  withSettings(add('ingest', 'run', 'read sign-ins into the ledger, between digests')).action(
    async (options) => {
      done(await (await import('./commands.ts')).readSignIns(options));
    },
  );

  withSettings(add('settings', 'keep', 'show the settings in force, and where each comes from'))
    .option('--explain', 'say what each setting means, and what it may be')
    .option('--reveal', 'print addresses and names instead of their number')
    .option('--json', 'print them as JSON')
    .action(async (options) =>
      done(await (await import('./settings-command.ts')).showSettings(options)),
    );

  const exceptions = add('exceptions', 'keep', 'list, check and add exceptions')
    .usage('<list|check|add> [options]')
    .helpCommand(false)
    .addHelpText('after', paragraph(EXCEPTIONS_ENDING));
  withSettings(described(exceptions.command('list'), 'print the register, line by line'))
    .option('--json', 'print it as JSON')
    .action(async (options) =>
      done(await (await import('./exceptions-command.ts')).listExceptions(options)),
    );
  withSettings(described(exceptions.command('check'), 'judge every line as a digest would'))
    .option('--offline', 'do not ask the tenant who exists and who holds a role')
    .action(async (options) =>
      done(await (await import('./exceptions-command.ts')).checkExceptions(options)),
    );
  withSettings(described(exceptions.command('add'), 'add a line, if a digest would take it'))
    .argument('<person>', 'user principal name or object id')
    .requiredOption('--until <day>', 'the last day of the exception, YYYY-MM-DD')
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--by <name>', 'who approved it')
    .option('--offline', 'do not ask the tenant who exists and who holds a role')
    .action(async (person: string, options) =>
      done(await (await import('./exceptions-command.ts')).addException(person, options)),
    );
  return program;
}

const EXCEPTIONS_ENDING =
  'The register is exceptions.csv where STATE_LOCATION keeps the memory, in a folder or in Blob Storage. Whoever holds a directory role is excepted for 90 days at most, and an emergency account never.';

/** A paragraph as wide as the terminal, after an empty line. */
function paragraph(text: string): () => string {
  return () => `\n${wrapText(text, '', '', columnsOf(process.stdout))}`;
}

/** The same words in a list of commands and, as a sentence, in the command's own help. */
function described(command: Command, summary: string): Command {
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return command.summary(summary).description(sentence);
}

/** Every command that reads a real tenant takes its settings from the environment, and from a file. */
function withSettings<Adding extends Command>(command: Adding): Adding {
  return command.option(
    '--settings <file>',
    'settings for what the environment lacks (default: local.settings.json if there)',
  );
}

/** Commander's complaints as a sentence: "error: unknown option '--x'\n(Did you mean --y?)". */
function toSentence(text: string): string {
  const [first = '', ...others] = text
    .replace(/^error: /, '')
    .trim()
    .split('\n');
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}`.replace(/([^.?!])$/, '$1.');
  const rest = others.map((line) => line.replace(/^\((.*)\)$/, '$1'));
  return `${[sentence, ...rest].join(' ')}\n`;
}
