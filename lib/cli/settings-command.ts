import { settingsAsText } from '../settings/describe-settings.ts';
import { mistypedNames } from '../settings/mistyped-names.ts';
import { othersInForce, settingsInForce } from '../settings/settings-in-force.ts';
import type { SettingInForce } from '../settings/settings-in-force.ts';
import { printJson } from './outcome.ts';
import type { ExitCode } from './outcome.ts';
import { columnsOf, paintFor } from './paint.ts';
import { loadSettings } from './settings-file.ts';

interface SettingsOptions {
  readonly settings?: string;
  readonly explain?: boolean;
  readonly reveal?: boolean;
  readonly json?: boolean;
}

/** Prints what is in force and where it comes from; ends with 1 where something of it cannot be used. */
export async function showSettings(options: SettingsOptions): Promise<ExitCode> {
  if (options.explain === true) {
    console.log(settingsAsText(columnsOf(process.stdout)));
    return 0;
  }
  const { environment, file, fromFile } = await loadSettings(options.settings);
  const settings = settingsInForce(environment, {
    fromFile,
    isRevealing: options.reveal === true,
  });
  const mistyped = mistypedNames(environment);
  const others = othersInForce(environment);
  if (options.json === true) printJson({ settings, others, mistyped });
  else {
    const tables = [
      table('Set', settings.filter(isSet), file),
      table(
        'By default',
        settings.filter((each) => !isSet(each)),
        file,
      ),
      others.length === 0 ? '' : `Also set, and not shown\n\n  ${others.join('\n  ')}`,
      mistyped
        .map(({ name, meant }) => warn(`${name} is set and is no setting. Did you mean ${meant}?`))
        .join('\n'),
      'npx mfa-gap settings --explain says what each means.',
    ];
    console.log(tables.filter((text) => text !== '').join('\n\n'));
  }
  return settings.some(({ problem }) => problem !== undefined) || mistyped.length > 0 ? 1 : 0;
}

function isSet({ source }: SettingInForce): boolean {
  return source !== 'default';
}

function table(title: string, settings: readonly SettingInForce[], file = 'file'): string {
  if (settings.length === 0) return '';
  const paint = paintFor(process.stdout);
  const nameWidth = Math.max(...settings.map(({ setting }) => setting.length));
  const valueWidth = Math.max(...settings.map(({ value }) => (value || '–').length));
  const lines = settings.map((each) => {
    const { setting, value, source, fallback, problem } = each;
    const from = isSet(each)
      ? `${source === 'file' ? file : source}${fallback === '' ? '' : `, default ${fallback}`}`
      : '';
    const row = `  ${setting.padEnd(nameWidth)}  ${(value || '–').padEnd(valueWidth)}  ${paint('dim', from)}`;
    return [
      row.trimEnd(),
      ...(problem === undefined ? [] : [warn(`${setting} ${problem}`, '    ')]),
    ];
  });
  return [paint('bold', title), '', ...lines.flat()].join('\n');
}

function warn(text: string, indent = ''): string {
  return `${indent}${paintFor(process.stdout)('yellow', '!')} ${text}`;
}
