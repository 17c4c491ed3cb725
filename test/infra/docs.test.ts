import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { EVENTS } from '../../lib/log.ts';
import { analyse } from './stand-ins/kusto.ts';
import { TABLES } from './stand-ins/tables.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
/** A page whose tables are not padded. */
const plain = (file: string) => read(file).replace(/ +\|/g, ' |');
const pages = ['docs/deploy.md', 'docs/operate.md', 'docs/security.md', 'README.md', 'SECURITY.md'];

/** Anchors of a page, as GitHub makes them from its headings. */
const anchors = (file: string) =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

describe('docs', () => {
  it.each(pages)('%s leads only to pages and sections that are there', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]+))?\)/g)].map(
      ([, file, anchor]) => ({
        file: file === '' ? page : join(dirname(page), file!),
        anchor,
      }),
    );

    const dead = links.filter(
      ({ file, anchor }) =>
        !existsSync(join(root, file)) || (anchor !== undefined && !anchors(file).includes(anchor)),
    );
    expect(dead).toEqual([]);
  });

  it.each(pages)('%s names only scripts that are there', (page) => {
    const scripts = read(page).match(/infra\/[\w./-]+\.(sh|ps1|bicep|bicepparam)/g) ?? [];

    expect(scripts.filter((script) => !existsSync(join(root, script)))).toEqual([]);
  });

  it('list every variable of the deployment with its default', () => {
    const variables = [
      ...read('infra/main.bicepparam').matchAll(/readEnvironmentVariable\('(\w+)', '(.*?)'\)/g),
    ];
    const table = plain('docs/deploy.md').split('## All settings')[1]!;

    for (const [, variable, fallback] of variables) {
      const row = table.split('\n').find((line) => line.includes(`\`${variable}\``));
      expect(row).toContain(fallback === '' ? '| – |' : `| \`${fallback}\` |`);
    }
  });

  it('give queries that Kusto understands, with events that the product logs', () => {
    const queries = [...read('docs/operate.md').matchAll(/--analytics-query "([^"]+)"/g)].map(
      ([, query]) => analyse(query!, TABLES),
    );
    const events = queries.flatMap(({ strings }) => strings).filter((text) => text.includes('.'));

    expect(queries).toHaveLength(3);
    expect(queries.flatMap(({ errors }) => errors)).toEqual([]);
    expect(events.filter((event) => !(EVENTS as readonly string[]).includes(event))).toEqual([]);
  });

  it('explain every event of the log', () => {
    const table = plain('docs/operate.md');

    expect(EVENTS.filter((event) => !table.includes(`| \`${event}\` |`))).toEqual([]);
  });
});
