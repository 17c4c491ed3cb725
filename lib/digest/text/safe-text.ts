/** Nearly all cells: ASCII that is seen, and single blanks between it. */
const PLAIN = /^(?:[!-~]+(?: [!-~]+)*)?$/;
const BLANK = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
const INVISIBLE = /[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/**
 * Text of a tenant without anything that is not seen: control, bidirectional, zero-width and other invisible
 * characters go, every run of white space is one space.
 */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(INVISIBLE, '').replace(BLANK, ' ').trim();
}

/** Clean text on one line of at most `maxLength` characters, for a subject or a page. */
export function shortText(text: string, maxLength = 80): string {
  // Cut roughly first: nobody waits for a megabyte of name to be looked at character by character.
  const rough = text.slice(0, maxLength * 20);
  const clean = PLAIN.test(rough) ? rough : cleanText(rough).replace(STACKED_MARKS, '$1');
  if (clean.length <= maxLength) return clean;
  // A character is one or two places long, so that these hold one more than are wanted.
  const characters = Array.from(clean.slice(0, (maxLength + 1) * 2));
  if (characters.length <= maxLength) return clean;
  return `${characters
    .slice(0, maxLength - 1)
    .join('')
    .trimEnd()}…`;
}

/** Letters, digits, marks and plain punctuation; whatever else is seen is a blank. */
const NOT_PLAIN = /[^\p{L}\p{N}\p{M} !"#%&'()*,\-./:;?@[\]_{}’‘“”–—…·¿¡«»]/gu;

/**
 * Text of a tenant for a page, harmless by construction: letters, digits, marks, plain punctuation and single blanks,
 * with every dot, colon and at sign broken that a mail program could make a link of, as security people write them
 * (`name[at]contoso[.]example`). Empty where nothing is left that can be read.
 */
export function displayText(text: string, maxLength = 80): string {
  const plain = shortText(text.slice(0, maxLength * 20).normalize('NFKC'), maxLength)
    .replace(NOT_PLAIN, ' ')
    .replace(/ {2,}/gu, ' ')
    .trim();
  if (!/[\p{L}\p{N}]/u.test(plain)) return '';
  return plain.split(' ').map(breakLinks).join(' ');
}

/** Initials and plain numbers, of which nothing makes a link. */
const NO_LINK = /^\(?(?:(?:\p{L}\.)+\p{L}?|\d+\.\d+)[,;)]*$/u;

function breakLinks(word: string): string {
  if (NO_LINK.test(word)) return word;
  return word
    .replace(/\.(?=.)(?!\.)/gu, '[.]')
    .replace(/:(?=.)/gu, '[:]')
    .replaceAll('@', '[at]')
    .replace(/\/{2,}/gu, '/');
}

/**
 * Where another program may begin a cell: after a comma, a semicolon or a bar, blanks and quotes. What begins there like a
 * formula gets an apostrophe, so that it is a text under every separator that a spreadsheet may use.
 */
const INNER_FORMULA = /[,;|][\s"']*(?=[=+\-@＝＋－＠])/gu;

/** Nearly all cells: PLAIN, and nothing after which a cell may begin. */
const PLAIN_CELL = /^(?:[!-+\--:<-{}~]+(?: [!-+\--:<-{}~]+)*)?$/;

/** A value as a cell: booleans as PowerShell writes them, lists joined with `; `, empty where not known. */
export function cell(
  value: string | number | boolean | readonly string[] | undefined | null,
): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : value.join('; ');
  return PLAIN_CELL.test(text) ? text : cleanText(text).replace(INNER_FORMULA, "$&'");
}
