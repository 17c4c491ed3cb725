import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import mjml2html from 'mjml';
import { MailerError } from '../errors.ts';

const SOURCE = new URL('../../templates/digest.mjml', import.meta.url);
const INLINE = new URL('../../templates/inline.css', import.meta.url);
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
  const rules = readRules(await readFile(INLINE, 'utf8'));
  const { html: sheeted } = await mjml2html(await readPart(SOURCE), {
    filePath: fileURLToPath(SOURCE),
    ignoreIncludes: false,
    validationLevel: 'strict',
    fonts: {},
    minify: true,
    minifyOptions: { minifyCss: false },
  });
  const html = hidePreheader(inlineRules(sheeted, rules));
  const problem = findProblem(source, html);
  if (problem !== undefined) {
    throw new MailerError('template_invalid', `templates/digest.mjml cannot be used: ${problem}`);
  }
  // The package's declarations do not say that this is source text.
  const precompiled = Handlebars.precompile(html, {
    strict: true,
    knownHelpers: { ink: true },
    knownHelpersOnly: true,
  }) as unknown as string;
  return { source, html, moduleText: `export const digestTemplate = ${precompiled};\n` };
}

/** The declarations of templates/inline.css by element or `.class`. */
function readRules(css: string): ReadonlyMap<string, string> {
  const rules = css.replaceAll(/\/\*.*?\*\//gsu, '').matchAll(/([^{}]+)\{([^}]*)\}/gu);
  return new Map(
    [...rules].map(([, name = '', body = '']) => [
      name.trim(),
      body.trim().replaceAll(/\s*([:;])\s*/gu, '$1'),
    ]),
  );
}

/**
 * Writes rules into the elements that they are for, so that the mail keeps its form in programs that drop the style
 * sheet. A class that comes from the view is a tone, whose colour the helper `ink` gives.
 */
export function inlineRules(html: string, rules: ReadonlyMap<string, string>): string {
  return html.replaceAll(
    /<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/gu,
    (tag, name: string, rest: string) => {
      const classes = /\sclass="([^"]*)"/u.exec(rest)?.[1] ?? '';
      const parts = [rules.get(name), ...classes.split(' ').map((word) => inlineOf(word, rules))];
      const own = parts.filter((part) => part !== undefined && part !== '').join('');
      if (own === '') return tag;
      const style = /\sstyle="([^"]*)"/u.exec(rest);
      if (style === null) return `<${name}${rest} style="${own}">`;
      return `<${name}${rest.replace(style[0], ` style="${own}${style[1]}"`)}>`;
    },
  );
}

function inlineOf(word: string, rules: ReadonlyMap<string, string>): string | undefined {
  const placeholder = /^\{\{(.+)\}\}$/u.exec(word)?.[1];
  if (placeholder === undefined) return rules.get(`.${word}`);
  if (placeholder.endsWith('size'))
    return `{{#if isWords}}${rules.get('.words')}{{else}}${rules.get('.figure')}{{/if}}`;
  return `{{ink ${placeholder}}}`;
}

/** What keeps a mail program from reading on after the preheader: blanks that are not folded into one. */
const PADDING = '&nbsp;&zwnj;'.repeat(60);

/** Outlook's Word engine heeds neither height nor opacity; without this it shows the preheader in the mail. */
function hidePreheader(html: string): string {
  return html
    .replace('<div style="display:none;', '<div style="display:none;mso-hide:all;')
    .replace('{{preheader}}</div>', `{{preheader}}${PADDING}</div>`);
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

/** A file with the parts in it that are HTML and stand inside one text of MJML: `{{> name}}`. */
async function readPart(url: URL): Promise<string> {
  let text = await readFile(url, 'utf8');
  for (const [placeholder, name = ''] of text.matchAll(/\{\{> ([a-z-]+)\}\}/gu)) {
    const part = await readFile(new URL(`parts/${name}.html`, SOURCE), 'utf8');
    text = text.replace(placeholder, () => part);
  }
  return text;
}

async function readWithIncludes(url: URL): Promise<string> {
  const text = await readPart(url);
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
