import { DAY_MS } from '../../utc-day.ts';
import { cleanText } from '../text/safe-text.ts';

/** A value of a sheet. Texts are never formulas; instants and days (ISO) are dates that Excel can reckon with. */
export type Cell =
  | string
  | number
  | boolean
  | undefined
  | { readonly instant: string | undefined }
  | { readonly day: string | undefined }
  | { readonly text: string; readonly href: string }
  | { readonly text: string; readonly tone: 'blocked' | 'caution' | 'plain' };

/** Where the looks of a cell stand in the style sheet. Those of texts keep a text one also when it is edited. */
export const STYLES = {
  plain: 0,
  header: 1,
  instant: 2,
  day: 3,
  link: 4,
  blocked: 5,
  caution: 6,
  text: 7,
} as const;

/** What stands in a cell, as XML, and the page that it leads to. */
export interface WrittenCell {
  readonly xml: string;
  readonly href?: string | undefined;
}

/** A cell at a place such as `B7`; an empty value writes nothing. */
export function writeCell(value: Cell, place: string): WrittenCell {
  if (value === undefined || value === '') return { xml: '' };
  if (typeof value === 'string') return { xml: textCell(value, place, STYLES.text) };
  if (typeof value === 'number') return { xml: numberCell(value, place, STYLES.plain) };
  if (typeof value === 'boolean') {
    return { xml: `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>` };
  }
  if ('instant' in value) return { xml: dateCell(value.instant, place, STYLES.instant) };
  if ('day' in value) return { xml: dateCell(value.day, place, STYLES.day) };
  if ('href' in value) {
    if (value.href === '') return { xml: textCell(value.text, place, STYLES.text) };
    return { xml: textCell(value.text, place, STYLES.link), href: value.href };
  }
  return {
    xml: textCell(value.text, place, value.tone === 'plain' ? STYLES.text : STYLES[value.tone]),
  };
}

/** Excel takes 32,767 characters a cell; nobody reads so many. */
const MAX_CHARACTERS = 4_000;

export function textCell(text: string, place: string, style: number): string {
  const clean = cleanText(text.slice(0, MAX_CHARACTERS));
  if (clean === '') return '';
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t>${escapeXml(clean)}</t></is></c>`;
}

function numberCell(value: number, place: string, style: number): string {
  return Number.isFinite(value) ? `<c r="${place}" s="${style}"><v>${value}</v></c>` : '';
}

/** 1 January 1970 as Excel counts days. */
const EPOCH_DAY = 25_569;

/** Excel knows no day before 1900 and none after 9999; whatever is none stays a text. */
function dateCell(iso: string | undefined, place: string, style: number): string {
  if (iso === undefined) return '';
  const serial = Date.parse(iso) / DAY_MS + EPOCH_DAY;
  const isDate = serial >= 61 && serial < 2_958_466;
  return isDate ? numberCell(serial, place, style) : textCell(iso, place, STYLES.text);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text for XML; what Excel would read as an escaped character (`_x0041_`) is escaped itself. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"]/gu, (character) => ENTITIES[character] ?? '')
    .replace(/_(?=x[0-9a-f]{4}_)/giu, '_x005F_');
}

/** The name of a column by its number from 0: A, B … Z, AA. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}
