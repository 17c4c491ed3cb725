/** The text of a property, or undefined where it is absent, empty or something else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** The texts of a list; anything else in it is dropped. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
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
