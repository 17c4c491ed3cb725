import { defineCommand } from 'citty';
import { settingsAsText } from '../settings/describe-settings.ts';
import type { ExitCode } from './exit-code.ts';

/** Lines longer than this are hard to read, however wide the terminal is. */
const READABLE_COLUMNS = 100;
const TERMINAL_COLUMNS = 80;

/** The table of settings, as wide as the terminal allows. */
export function settingsText(): string {
  return settingsAsText(Math.min(process.stdout.columns ?? TERMINAL_COLUMNS, READABLE_COLUMNS));
}

export const settingsCommand = defineCommand({
  meta: { name: 'settings', description: 'List the settings, their defaults and what they mean' },
  run(): ExitCode {
    console.log(settingsText());
    return 0;
  },
});
