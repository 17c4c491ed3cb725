import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a stand-in for Azure CLI answers, by the beginning of the command. */
export type AzAnswers = Readonly<
  Record<string, { readonly out?: string; readonly exitCode?: number }>
>;

/**
 * Puts an `az` into a folder for the PATH, a script that prints what it is told for a command and appends the command
 * to `az.log` beside it. Gives the folder.
 */
export async function placeAz(folder: string, answers: AzAnswers): Promise<string> {
  const bin = join(folder, 'az-bin');
  await mkdir(bin);
  const cases = Object.entries(answers).map(([command, { out = '', exitCode = 0 }], index) => ({
    command,
    out,
    exitCode,
    index,
  }));
  for (const { index, out } of cases) await writeFile(join(bin, `${index}.out`), out);
  const script = [
    '#!/bin/sh',
    `echo "$*" >> '${join(bin, 'az.log')}'`,
    'case "$*" in',
    ...cases.map(
      ({ command, index, exitCode }) =>
        `  "${command}"*) /bin/cat '${join(bin, `${index}.out`)}'; exit ${exitCode};;`,
    ),
    'esac',
    'echo "nobody@contoso.example is not signed in" >&2; exit 1',
  ];
  await writeFile(join(bin, 'az'), `${script.join('\n')}\n`);
  await chmod(join(bin, 'az'), 0o755);
  return bin;
}
