import type { Environment } from './read-settings.ts';

/** DEBUG_OUTPUT before the settings are read, and even where they cannot be. */
export function wantsDebug(environment: Environment): boolean {
  return environment['DEBUG_OUTPUT']?.trim().toLowerCase() === 'true';
}
