/** The argument of every command that reads a real tenant. */
export const SETTINGS_FILE = {
  settings: {
    type: 'string',
    valueHint: 'FILE',
    description: 'Settings for what the environment lacks (default: local.settings.json if there)',
  },
} as const;
