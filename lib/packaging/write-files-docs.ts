import { readFile, writeFile } from 'node:fs/promises';
import { withColumns } from '../digest/describe-columns.ts';

const PAGE = new URL('../../docs/files.md', import.meta.url);

// Writes what the documentation says about columns from their tables; a test holds the two against each other.
await writeFile(PAGE, withColumns(await readFile(PAGE, 'utf8')));
