/** What is kept of a text of a tenant; nothing that Entra lets people write is longer by right. */
export const MAX_TEXT_LENGTH = 1000;

/** What is kept of a list that hangs on one person, such as their methods or licences. */
export const MAX_LIST_LENGTH = 200;

/** Object ids are GUIDs; other ids of Graph are not much longer, and none has a blank. */
export const ID = /^[!-~]{1,128}$/;

/**
 * True for what can be an id of Graph: a short text in ASCII without blanks. Ids are compared in lower case and kept in
 * documents, so one that has no single lower case, is half a pair or is a name that every object has would make of the
 * document in which it stands one that cannot be read.
 */
export function isPlainId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value) && value.toLowerCase() !== '__proto__';
}

/** The text of a property, or undefined where it is absent, empty or something else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? boundedText(value) : undefined;
}

/** At most MAX_TEXT_LENGTH characters, and none of them half of a pair. */
export function boundedText(text: string): string {
  const cut = text.length > MAX_TEXT_LENGTH ? text.slice(0, MAX_TEXT_LENGTH) : text;
  return cut.isWellFormed() ? cut : cut.toWellFormed();
}

export function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** The texts of a list, as many as are kept; anything else in it is dropped. */
export function textsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MAX_LIST_LENGTH).flatMap((item: unknown) => textOf(item) ?? []);
}

/** An instant as Graph nearly always writes it: nothing has to be worked out to know that it is one. */
const PLAIN_INSTANT =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/** An ISO instant in UTC, or undefined; Graph writes the year 1 where it means never. */
export function instantOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.startsWith('0001-')) return undefined;
  if (PLAIN_INSTANT.test(value)) return value;
  if (!/^\d{4}-\d\d-\d\dT/.test(value) || Number.isNaN(Date.parse(value))) return undefined;
  return value.endsWith('Z') ? value : new Date(value).toISOString();
}

/** The record inside a property, or an empty one. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/**
 * Reads the properties of one row after another, and tells what is absent from what is there and is not what it should
 * be: an absent flag is not known, a flag that is a text is a row that could not be read.
 */
export class RowDecoder {
  /** Texts and lists, over all rows, that were longer than is kept. */
  cut = 0;
  #hasUnreadable = false;

  /** Whether a value of the row that is being read was neither absent nor what it should be. */
  get hasUnreadable(): boolean {
    return this.#hasUnreadable;
  }

  begin(): void {
    this.#hasUnreadable = false;
  }

  text(value: unknown): string | undefined {
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') return this.wrong();
    if (value.length > MAX_TEXT_LENGTH) this.cut += 1;
    return boundedText(value);
  }

  /** The id of a row; a row needs one, so an absent one is wrong as well. */
  id(value: unknown): string | undefined {
    return isPlainId(value) ? value : this.wrong();
  }

  flag(value: unknown): boolean | undefined {
    if (value === undefined || value === null) return undefined;
    return typeof value === 'boolean' ? value : this.wrong();
  }

  /** An ISO instant in UTC; Graph writes the year 1 where it means never. */
  instant(value: unknown): string | undefined {
    if (value === undefined || value === null || value === '') return undefined;
    const isNever = typeof value === 'string' && value.startsWith('0001-');
    return isNever ? undefined : (instantOf(value) ?? this.wrong());
  }

  list(value: unknown, maxLength = MAX_LIST_LENGTH): readonly unknown[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) {
      this.wrong();
      return [];
    }
    if (value.length <= maxLength) return value as readonly unknown[];
    this.cut += 1;
    return value.slice(0, maxLength);
  }

  /** The texts of a list; anything else in it is dropped, and wrong. */
  texts(value: unknown): readonly string[] {
    const list = this.list(value);
    const texts = list.flatMap((item) => this.text(item) ?? []);
    if (texts.length < list.length) this.wrong();
    return texts;
  }

  /** The record inside a property, or an empty one. */
  record(value: unknown): Readonly<Record<string, unknown>> {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Readonly<Record<string, unknown>>;
    }
    if (value !== undefined && value !== null) this.wrong();
    return NOTHING;
  }

  /** Says that the row holds something that could not be read. */
  wrong(): undefined {
    this.#hasUnreadable = true;
  }
}

const NOTHING: Readonly<Record<string, unknown>> = {};

/** Gives equal lists the same array: a tenant has few different ones and many people. */
export function internLists(): (list: readonly string[]) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (list) => {
    const key = JSON.stringify(list);
    const same = known.get(key);
    if (same !== undefined) return same;
    known.set(key, list);
    return list;
  };
}

/** Gives equal texts the same string, for properties with few different values. */
export function internTexts(): (text: string | undefined) => string | undefined {
  const known = new Map<string, string>();
  return (text) => {
    if (text === undefined) return undefined;
    const same = known.get(text);
    if (same !== undefined) return same;
    known.set(text, text);
    return text;
  };
}
