import { readFile, writeFile } from 'node:fs/promises';
import { settingsAsExample, withSettings } from '../settings/describe-settings.ts';

const ROOT = new URL('../../', import.meta.url);
const README = new URL('README.md', ROOT);

// Writes what the repository says about settings from their table; a test holds the two against each other.
await writeFile(README, withSettings(await readFile(README, 'utf8')));
await writeFile(new URL('local.settings.json.example', ROOT), settingsAsExample());
