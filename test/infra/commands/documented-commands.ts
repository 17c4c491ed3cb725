/** A command of a page: its words without quotes, and what it sets before it runs. */
export interface DocumentedCommand {
  readonly words: readonly string[];
  readonly assigned: readonly string[];
}

interface Word {
  readonly text: string;
  readonly isQuoted: boolean;
}

const RESERVED = new Set(['do', 'then', 'else', '!']);
const NO_COMMAND = new Set(['done', 'fi', 'for', 'if']);

/**
 * The commands in the blocks and the inline code of a Markdown page. Inline code counts where it begins with one of
 * `tools` and has a word more. Reads the part of the shell's language that the pages use: quotes, continued lines,
 * comments, substitutions, loops, here-documents and separators.
 */
export function documentedCommands(page: string, tools: readonly string[]): DocumentedCommand[] {
  const blocks = [...page.matchAll(/^( *)```(?:sh|powershell)\n(.*?)^ *```$/gms)].map(
    ([, indent = '', code = '']) => code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
  const prose = page.replaceAll(/^ *```.*?^ *```$/gms, '');
  const inline = [...prose.matchAll(/`([^`]+)`/g)]
    .map(([, code = '']) => code.replaceAll(/\s+/g, ' '))
    .filter((code) => tools.some((tool) => code.startsWith(`${tool} `)));
  return [...blocks, ...inline].flatMap((code) => commandsIn(code));
}

/** The text of every here-document of a page, by the file that it is written to. */
export function hereDocuments(page: string): ReadonlyMap<string, string> {
  return new Map(
    [...page.matchAll(/^cat > (\S+) <<'(\w+)'\n(.*?)^\2$/gms)].map(([, file, , text]) => [
      file!,
      text!,
    ]),
  );
}

/** The commands of a piece of shell or PowerShell, those inside others before them. */
export function commandsIn(source: string): DocumentedCommand[] {
  const code = source.replaceAll(/<<'(\w+)'\n.*?^\1$/gms, '').replaceAll(/\\\n\s*/g, ' ');
  const found: DocumentedCommand[] = [];
  let words: Word[] = [];
  let text = '';
  let isQuoted = false;
  let at = 0;
  const endWord = () => {
    if (text !== '' || isQuoted) words.push({ text, isQuoted });
    text = '';
    isQuoted = false;
  };
  const endCommand = () => {
    endWord();
    found.push(...commandOf(words));
    words = [];
  };
  /** Reads `$(…)` from its first character on, and leaves a word in its place. */
  const substitution = () => {
    let depth = 0;
    const start = at + 2;
    do {
      if (code[at] === '(') depth += 1;
      if (code[at] === ')') depth -= 1;
      at += 1;
    } while (at < code.length && (depth > 0 || at < start));
    found.push(...commandsIn(code.slice(start, at - 1)));
    text += 'SUBSTITUTED';
  };
  while (at < code.length) {
    const char = code[at]!;
    if (code.startsWith('$(', at)) {
      substitution();
    } else if (char === "'") {
      const end = code.indexOf("'", at + 1);
      text += code.slice(at + 1, end);
      isQuoted = true;
      at = end + 1;
    } else if (char === '"') {
      at += 1;
      isQuoted = true;
      while (at < code.length && code[at] !== '"') {
        if (code.startsWith('$(', at)) substitution();
        else text += code[at++];
      }
      at += 1;
    } else if (char === '#' && text === '') {
      while (at < code.length && code[at] !== '\n') at += 1;
    } else if (/[\n;|&()]/.test(char)) {
      endCommand();
      at += 1;
    } else {
      if (/\s/.test(char)) endWord();
      else text += char;
      at += 1;
    }
  }
  endCommand();
  return found;
}

function commandOf(given: readonly Word[]): DocumentedCommand[] {
  const words = given.slice(given.findIndex(({ text }) => !RESERVED.has(text)));
  if (given.every(({ text }) => RESERVED.has(text))) return [];
  const first = words.findIndex(({ text }) => !/^[A-Za-z_]\w*=/.test(text));
  const assigned = (first < 0 ? words : words.slice(0, first)).map(
    ({ text }) => text.split('=')[0]!,
  );
  const rest = first < 0 ? [] : words.slice(first);
  if (NO_COMMAND.has(rest[0]?.text ?? '')) return [];
  return [{ words: withoutRedirections(rest), assigned }];
}

function withoutRedirections(words: readonly Word[]): readonly string[] {
  const kept: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const { text, isQuoted } = words[index]!;
    if (isQuoted || !/^\d?[<>]/.test(text)) kept.push(text);
    else if (/^\d?[<>]+$/.test(text)) index += 1;
  }
  return kept;
}
