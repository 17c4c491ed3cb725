import * as v from 'valibot';
import { boundedText, MAX_LIST_LENGTH } from '../decode.ts';
import { isDay } from '../utc-day.ts';
import type { Fields } from './document.ts';

/** No document is older than the product: what names an earlier day was written by a clock that was wrong. */
const FIRST_DAY = '2020-01-01';

/** A text that is not empty, as long as the product keeps one. */
export const storedText = v.pipe(
  v.string(),
  v.nonEmpty(),
  v.transform((text) => boundedText(text)),
);

/** The id of a user or of something else of Graph; a name that every object has is none. */
export const storedId = v.pipe(
  v.string(),
  v.nonEmpty(),
  v.maxLength(128),
  v.check((id) => id.isWellFormed() && id !== '__proto__'),
);

/** A UTC day, YYYY-MM-DD. */
export const storedDay = v.pipe(
  v.string(),
  v.check((day) => isDay(day) && day >= FIRST_DAY),
);

/** An instant, which is given on as Date writes it: instants are compared as texts. */
export const storedInstant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/),
  v.check((instant) => !Number.isNaN(Date.parse(instant)) && instant >= FIRST_DAY),
  v.transform((instant) => new Date(instant).toISOString()),
);

/** A whole number of people, rows or sign-ins. */
export const storedCount = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(0),
  v.maxValue(2 ** 32 - 1),
);

/** Bytes in base64, as Buffer writes them: nothing is skipped over. */
export const storedBase64 = v.pipe(
  v.string(),
  v.check((text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)),
);

/** A list of no more than so many: one that is longer is not gone through. */
export function listOf<Schema extends v.GenericSchema>(item: Schema, length = MAX_LIST_LENGTH) {
  return v.pipe(v.array(v.unknown()), v.maxLength(length), v.array(item));
}

/**
 * Makes `parse` of a schema. What the schema does not name is dropped; the first thing that is wrong ends it, with an error
 * that quotes nothing.
 */
export function parserOf<Schema extends v.GenericSchema>(
  schema: Schema,
): (fields: Fields) => v.InferOutput<Schema> {
  return (fields) => {
    const parsed = v.safeParse(schema, fields, { abortEarly: true, abortPipeEarly: true });
    if (!parsed.success) throw damaged();
    return parsed.output;
  };
}

export function damaged(): RangeError {
  return new RangeError('The document does not hold what its kind promises.');
}
