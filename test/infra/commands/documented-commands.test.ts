import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { commandsIn, documentedCommands, hereDocuments } from './documented-commands.ts';
import { ENVIRONMENT, faultsOf, SETTINGS, TOOLS } from './known-commands.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const PAGES = [
  'README.md',
  'SECURITY.md',
  'AGENTS.md',
  'docs/deploy.md',
  'docs/operate.md',
  'docs/security.md',
];
/** Names in capitals that are no setting: placeholders, and variables of the commands themselves. */
const OTHER_NAMES = new Set([
  'AZD_STATE_ACCOUNT',
  'AZURE_CLIENT_ID',
  'AZURE_TENANT_ID',
  'CRASH_SWEEP',
  'YOUR_ADDRESS',
]);

interface Pipeline {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
}

describe('the commands of', () => {
  it.each(PAGES)('%s exist, with every flag and every name', (page) => {
    const commands = documentedCommands(read(page), TOOLS);

    expect(commands.length).toBeGreaterThan(0);
    expect(commands.flatMap(({ words }) => faultsOf(words))).toEqual([]);
  });

  it('the example pipeline exist too', () => {
    const { jobs } = parse(read('docs/pipelines/github-actions.yml')) as Pipeline;
    const runs = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    const commands = runs.flatMap((run) => commandsIn(run));

    expect(commands.length).toBeGreaterThan(3);
    expect(commands.flatMap(({ words }) => faultsOf(words))).toEqual([]);
  });
});

describe('the names that', () => {
  it.each(PAGES)('%s gives a deployment are names that it reads', (page) => {
    const files = [...hereDocuments(read(page)).values()];
    const names = files.flatMap((text) => [...text.matchAll(/^(\w+)=/gm)].map(([, name]) => name!));
    const mentioned = [...read(page).matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=[^`]*)?`/g)].map(
      ([, name]) => name!,
    );

    expect(names.filter((name) => !ENVIRONMENT.has(name))).toEqual([]);
    expect(
      mentioned.filter(
        (name) => !ENVIRONMENT.has(name) && !SETTINGS.has(name) && !OTHER_NAMES.has(name),
      ),
    ).toEqual([]);
  });
});

describe('documentedCommands', () => {
  it('reads quotes, continued lines, substitutions, loops, comments and here-documents', () => {
    const page = `
\`\`\`sh
cat > production.env <<'END'
EMAIL_FROM="x"
END
for id in $(az rest --url "$A/$(azd env get-value NAME)" --output tsv); do   # each
  az rest --method delete \\
    --url 'a b' > out.txt && azd up
done
\`\`\`
Run \`azd provision
--no-state\`, not \`azd\`.
`;

    expect(documentedCommands(page, ['azd']).map(({ words }) => words)).toEqual([
      ['cat'],
      ['azd', 'env', 'get-value', 'NAME'],
      ['az', 'rest', '--url', '$A/SUBSTITUTED', '--output', 'tsv'],
      ['az', 'rest', '--method', 'delete', '--url', 'a b'],
      ['azd', 'up'],
      ['azd', 'provision', '--no-state'],
    ]);
    expect(hereDocuments(page.replace('```sh\n', '')).get('production.env')).toContain(
      'EMAIL_FROM',
    );
  });
});

describe('faultsOf', () => {
  it('finds nothing in flags of the command line and of our scripts', () => {
    const commands = [
      'npx mfa-gap demo --throttle',
      'infra/scripts/scope-mailbox.ps1 -AlreadyChecked',
      'infra/scripts/grant-graph-roles.sh --graph-endpoint x',
    ];

    expect(commands.flatMap((command) => faultsOf(command.split(' ')))).toEqual([]);
  });

  it.each([
    ['a command that does not exist', 'az functionapp list-flex', 'no such command'],
    ['a flag that does not exist', 'azd up --no-state', '--no-state'],
    [
      'a flag of our script that does not exist',
      'infra/scripts/scope-mailbox.ps1 -Cloud x',
      '-Cloud',
    ],
    ['a script that does not exist', 'infra/scripts/other.sh', 'no such script'],
    ['a name that the deployment does not read', 'azd env set EMAIL_FORM x', 'EMAIL_FORM'],
    [
      'a parameter that the template does not have',
      'az deployment sub create --template-file azuredeploy.json --parameters mailTo=x',
      'mailTo',
    ],
    ['a flag of the command line that does not exist', 'npx mfa-gap demo --peeple 3', '--peeple'],
    ['an npm script that does not exist', 'npm run deploy', 'no such script'],
    ['a flag that an npm script does not have', 'npm run package -- --zipped x', '--zipped'],
  ])('finds %s', (_name, command, words) => {
    expect(faultsOf(command.split(' ')).join()).toContain(words);
  });
});

/** The parts of the runbooks that repair what was broken, deleted or changed by hand. */
const repairs = read('docs/operate.md')
  .split(/^## /m)
  .filter((section) => /^(?:Alarms|Rotate)/.test(section));

describe('the runbooks', () => {
  it('repair with a deployment that azd does not skip', () => {
    const items = repairs.flatMap((section) => section.split(/^ *(?:\d+\.|-) /m));
    const skipped = items.filter((item) => /azd provision`|azd provision$|azd up/m.test(item));

    expect(repairs).toHaveLength(2);
    expect(
      items.filter((item) => item.includes('azd provision --no-state')).length,
    ).toBeGreaterThan(3);
    // Where the step sets a value, azd sees a change.
    expect(skipped.filter((item) => !/\bSet it\b|azd env set/.test(item))).toEqual([]);
  });

  it('save before they destroy', () => {
    const [remove] = read('docs/operate.md')
      .split(/^## /m)
      .filter((section) => section.startsWith('Remove'));

    expect(remove!.indexOf('#save-and-restore')).toBeLessThan(remove!.indexOf('azd down'));
    expect(remove!.indexOf('azd env get-values')).toBeLessThan(remove!.indexOf('azd down'));
    expect(remove!.indexOf('Remove-ServicePrincipal')).toBeLessThan(remove!.indexOf('azd down'));
  });

  it('say which versions of its documents this release reads', () => {
    const formats = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...read(`lib/${file}`).matchAll(/kind: '([\w-]+)',\n\s+version: (\d+)/g)])
      .map(([, kind, version]) => `${kind} ${version}`)
      .sort();

    const [, named] = /^\| Unreleased +\| (.+?) +\|$/m.exec(read('docs/operate.md')) ?? [];

    expect(formats.length).toBeGreaterThan(3);
    expect(named).toBe(formats.join(', '));
  });
});
