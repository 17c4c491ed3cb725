const BLANK = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
const INVISIBLE = /[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/**
 * Text of a tenant without anything that is not seen: control, bidirectional, zero-width and other invisible
 * characters go, every run of white space is one space.
 */
export function cleanText(text: string): string {
  return text.replace(INVISIBLE, '').replace(BLANK, ' ').trim();
}

/** Clean text on one line of at most `maxLength` characters, for a subject or a page. */
export function shortText(text: string, maxLength = 80): string {
  // Cut roughly first: nobody waits for a megabyte of name to be looked at character by character.
  const clean = cleanText(text.slice(0, maxLength * 20)).replace(STACKED_MARKS, '$1');
  const characters = Array.from(clean);
  if (characters.length <= maxLength) return clean;
  return `${characters
    .slice(0, maxLength - 1)
    .join('')
    .trimEnd()}…`;
}

/**
 * Free text, such as a display name, for a page: short, and with addresses broken up as security people write
 * them (`name[at]contoso[.]example`), so that no mail program makes a link of them.
 */
export function displayText(text: string, maxLength = 80): string {
  return shortText(text, maxLength)
    .replace(/:(?=[/\\])/gu, '[:]')
    .replace(/\\{2,}/gu, '[\\]')
    .replace(/(?<=\S)[@＠]|[@＠](?=\S)/gu, '[at]')
    .replace(/(?<=[\p{L}\p{N}\]-])[.。．｡](?=[\p{L}\p{N}][\p{L}\p{N}-])/gu, '[.]')
    .replace(/\b(mailto|tel|sms|javascript|data|file|callto|skype):/giu, '$1[:]');
}

/** A value as a cell: booleans as PowerShell writes them, lists joined with `; `, empty where not known. */
export function cell(
  value: string | number | boolean | readonly string[] | undefined | null,
): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  return cleanText(typeof value === 'string' ? value : value.join('; '));
}
