import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import mjml2html from 'mjml';
import { MailerError } from '../errors.ts';

const SOURCE = new URL('../../templates/digest.mjml', import.meta.url);
const TARGET = new URL('../digest/compiled/digest.js', import.meta.url);

/** A template between its two compilations. */
export interface CompiledTemplate {
  /** The MJML source and all that it includes. */
  readonly source: string;
  /** HTML with the placeholders of Handlebars still in it. */
  readonly html: string;
  /** An ES module that exports the precompiled `digestTemplate`. */
  readonly moduleText: string;
}

/**
 * Compiles templates/digest.mjml, strictly, to HTML and that to a function. Throws template_invalid where a
 * placeholder or an include got lost on the way, which MJML does not report.
 */
export async function compileDigestTemplate(): Promise<CompiledTemplate> {
  const source = await readWithIncludes(SOURCE);
  const { html } = await mjml2html(await readFile(SOURCE, 'utf8'), {
    filePath: fileURLToPath(SOURCE),
    ignoreIncludes: false,
    validationLevel: 'strict',
    fonts: {},
    minify: true,
    minifyOptions: { minifyCss: false },
  });
  const problem = findProblem(source, html);
  if (problem !== undefined) {
    throw new MailerError('template_invalid', `templates/digest.mjml cannot be used: ${problem}`);
  }
  // The package's declarations do not say that this is source text.
  const precompiled = Handlebars.precompile(html, {
    strict: true,
    knownHelpersOnly: true,
  }) as unknown as string;
  return { source, html, moduleText: `export const digestTemplate = ${precompiled};\n` };
}

/** What MJML let pass that must not be; undefined where all is well. */
export function findProblem(source: string, html: string): string | undefined {
  const lost = [...countPlaceholders(source)].find(
    ([placeholder, count]) => (countPlaceholders(html).get(placeholder) ?? 0) < count,
  );
  if (lost !== undefined) return `${lost[0]} got lost on the way.`;
  if (html.includes('{{{')) return 'a triple-stash would not be escaped.';
  if (html.includes('mj-include')) return 'an include was denied.';
  return undefined;
}

/** How often each placeholder stands in a text. MJML writes those of the title and the language twice. */
function countPlaceholders(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [placeholder] of text.matchAll(/\{\{[^}]*\}\}/gu)) {
    counts.set(placeholder, (counts.get(placeholder) ?? 0) + 1);
  }
  return counts;
}

async function readWithIncludes(url: URL): Promise<string> {
  const text = await readFile(url, 'utf8');
  const paths = [...text.matchAll(/<mj-include path="([^"]+)"/gu)].map(([, path = '']) => path);
  const parts = await Promise.all(paths.map((path) => readWithIncludes(new URL(path, url))));
  return [text, ...parts].join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { moduleText } = await compileDigestTemplate();
  await mkdir(dirname(fileURLToPath(TARGET)), { recursive: true });
  // Renamed into place: another process may be loading it at this moment.
  const draft = new URL(`digest.js.${process.pid}`, TARGET);
  await writeFile(draft, moduleText);
  await rename(draft, TARGET);
}
