import { constants } from 'node:os';
import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { explainError } from './cli/outcome.ts';
import { createProgram, NAME } from './cli/program.ts';
import { cleanUpNow } from './leftovers.ts';
import { wantsDebug } from './settings/read-settings.ts';

/** Ends at once on Ctrl-C, and leaves nothing behind: no half-written file, no lock, no bars. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Not once: a terminal and the launcher both tell, and the second time would end the cleaning up.
  process.on(signal, () => {
    cleanUpNow();
    console.error('Interrupted. No half-written file and no lock was left behind.');
    process.exit(128 + constants.signals[signal]);
  });
}

const program = createProgram((exitCode) => {
  process.exitCode = exitCode;
});

// "help run" is what many type for "run --help".
const [first = '--help', ...rest] = process.argv.slice(2);
const words = first === 'help' ? [...rest, '--help'] : [first, ...rest];

try {
  await program.parseAsync(words, { from: 'user' });
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    const hasHelped = error.exitCode === 0 || error.code === 'commander.help';
    if (!hasHelped) console.error(`See ${[NAME, ...commandsIn(words)].join(' ')} --help.`);
  } else {
    const { text, exitCode } = explainError(error, wantsDebug(process.env));
    console.error(text);
    process.exitCode = exitCode;
  }
}

/** The commands that the words begin with: whose help says more. */
function commandsIn(typed: readonly string[], command: Command = program): readonly string[] {
  const [word, ...others] = typed;
  const named = command.commands.find((sub) => sub.name() === word);
  return named === undefined ? [] : [named.name(), ...commandsIn(others, named)];
}
