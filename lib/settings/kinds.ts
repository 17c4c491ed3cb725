import { isObjectId } from '../guid.ts';
import { hasOccurrence, normaliseSchedule } from './schedule.ts';

/** What became of one text: a value, or the sentence that says what would be right. */
type Reading<Value> = { readonly value: Value } | { readonly problem: string };

/** One line of the table of settings. `fallback` is the text that stands in for an absent or empty setting. */
export interface Field<Value> {
  readonly setting: string;
  readonly kind: string;
  readonly fallback: string;
  readonly meaning: string;
  read(text: string): Reading<Value>;
}

type About = readonly [setting: string, fallback: string, meaning: string];

function field<Value>(
  [setting, fallback, meaning]: About,
  kind: string,
  read: (text: string) => Reading<Value>,
): Field<Value> {
  return { setting, kind, fallback, meaning, read };
}

/** Free text; empty is absent. */
export function text(...about: About): Field<string> {
  return field(about, 'text', (value) =>
    hasControlCharacter(value)
      ? { problem: 'must be a single line without control characters.' }
      : { value },
  );
}

/** `true` or `false` in any case (Bicep writes `True`). */
export function flag(...about: About): Field<boolean> {
  return field(about, 'true or false', (value) => {
    const word = value.toLowerCase();
    if (word === 'true' || word === 'false') return { value: word === 'true' };
    return { problem: 'must be true or false.' };
  });
}

/** A whole number between two bounds, both allowed. */
export function count(min: number, max: number, ...about: About): Field<number> {
  return field(about, `whole number, ${min} to ${max}`, (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= min && number <= max) return { value: number };
    return { problem: `must be a whole number from ${min} to ${max}.` };
  });
}

/** One of a closed list of words. */
export function choice<const Word extends string>(
  words: readonly Word[],
  ...about: About
): Field<Word> {
  return field(about, words.join(', '), (value) => {
    const word = words.find((candidate) => candidate === value.toLowerCase());
    return word === undefined
      ? { problem: `must be one of ${words.join(', ')}.` }
      : { value: word };
  });
}

/** A list separated by `;` or `,`; blanks around and empty items are dropped. */
export function list(...about: About): Field<readonly string[]> {
  return field(about, 'list, ; or ,', (value) =>
    hasControlCharacter(value)
      ? { problem: 'must be a list on one line, separated by ; or ,.' }
      : { value: splitList(value) },
  );
}

/** Mail addresses separated by `;` or `,`. */
export function addresses(...about: About): Field<readonly string[]> {
  return field(about, 'addresses, ; or ,', (value) => {
    const items = splitList(value);
    const wrong = items.findIndex((item) => !isAddress(item));
    if (wrong === -1) return { value: items };
    return {
      problem: `item ${wrong + 1} is not a mail address; expected name@domain, separated by ; or ,.`,
    };
  });
}

/** A mailbox in Graph's sense: a user principal name or an object id. */
export function mailbox(...about: About): Field<string> {
  return field(about, 'address or object id', (value) =>
    value === '' || isAddress(value) || isObjectId(value)
      ? { value }
      : { problem: 'must be one mailbox, as name@domain or as an object id.' },
  );
}

/** Four-digit years out of those that the table of applications knows. */
export function years(known: readonly number[], ...about: About): Field<readonly number[]> {
  return field(about, `years out of ${known.join(', ')}`, (value) => {
    const items = splitList(value);
    const numbers = items.map(Number);
    const isKnown = items.length > 0 && numbers.every((year) => known.includes(year));
    return isKnown
      ? { value: [...new Set(numbers)] }
      : { problem: `must be years out of ${known.join(', ')}, separated by ; or ,.` };
  });
}

/** The root of a Graph deployment: https, or plain http on this machine for a simulated tenant. */
export function graphEndpoint(...about: About): Field<URL> {
  return field(about, 'https address', (value) => {
    const problem =
      'must be the root of a Graph deployment, such as https://graph.microsoft.com, without path or query; plain http is allowed for this machine only.';
    if (!URL.canParse(value)) return { problem };
    const url = new URL(value);
    const isRoot =
      url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
    const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
    return isRoot && isSafe ? { value: url } : { problem };
  });
}

/** An NCRONTAB expression, as the Functions host reads it. */
export function schedule(...about: About): Field<string> {
  return field(about, 'NCRONTAB, UTC', (value) => {
    if (/^(?:\d+\.)?\d{1,2}:\d{2}(?::\d{2})?$/.test(value)) {
      const problem =
        'is a span of time, which has no fixed instants: exactly one digest for each could not be promised. Expected an NCRONTAB expression, such as 0 0 6 * * *.';
      return { problem };
    }
    const isRead = normaliseSchedule(value) !== undefined && hasOccurrence(value);
    return isRead
      ? { value: value.split(/\s+/).join(' ') }
      : {
          problem:
            'must be an NCRONTAB expression of six fields that comes at some time, {second} {minute} {hour} {day} {month} {day-of-week}, such as 0 0 6 * * *.',
        };
  });
}

/** The name of a blob container, by Azure's rules: 3 to 63 lower-case letters, digits and single hyphens between them. */
export function container(...about: About): Field<string> {
  return field(about, 'name of a blob container', (value) =>
    /^[a-z0-9](?:-?[a-z0-9]){2,62}$/.test(value) && value.length <= 63
      ? { value }
      : {
          problem:
            'must be 3 to 63 lower-case letters, digits and single hyphens, beginning and ending with a letter or a digit.',
        },
  );
}

/** An IANA time zone that this Node knows. */
export function timeZone(...about: About): Field<string> {
  return field(about, 'IANA time zone', (value) => {
    try {
      return {
        value: new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone,
      };
    } catch {
      return { problem: 'must be an IANA time zone, such as Europe/Oslo or UTC.' };
    }
  });
}

/** A BCP 47 language tag that decides how dates and numbers are written. */
export function locale(...about: About): Field<string> {
  return field(about, 'language tag', (value) => {
    try {
      return { value: new Intl.Locale(value).toString() };
    } catch {
      return { problem: 'must be a language tag, such as en-GB or de-DE.' };
    }
  });
}

/** True where a URL names this machine by its loopback address. */
export function isLoopback(url: URL): boolean {
  const { hostname } = url;
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** RFC 5321's bounds: 64 characters before the at sign, 254 in all. */
const MAX_LOCAL_PART = 64;
const MAX_ADDRESS = 254;

/** An address as it can be written into a header and Exchange takes it: no quotes, and dots only between others. */
function isAddress(value: string): boolean {
  const [, local = '', domain = ''] = /^([^@]+)@([^@]+)$/u.exec(value) ?? [];
  return (
    value.length <= MAX_ADDRESS &&
    local.length <= MAX_LOCAL_PART &&
    /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u.test(local) &&
    /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?\.)+[\p{L}\p{N}-]{2,63}$/u.test(
      domain,
    )
  );
}

function splitList(value: string): readonly string[] {
  return value
    .split(/[;,]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function hasControlCharacter(value: string): boolean {
  return /\p{Cc}/u.test(value);
}

/** Where the stored state is kept; `default` leaves it to whoever starts the run. */
export type StateLocation =
  | { readonly kind: 'blob' | 'none' | 'default' }
  | { readonly kind: 'folder'; readonly path: string };

/** `blob`, `none` or `folder:PATH`. */
export function stateLocation(
  setting: string,
  fallback: string,
  meaning: string,
): Field<StateLocation> {
  return {
    setting,
    kind: 'blob, folder:PATH, none',
    fallback,
    meaning,
    read(value) {
      const word = value.toLowerCase();
      if (word === '') return { value: { kind: 'default' } };
      if (word === 'blob' || word === 'none') return { value: { kind: word } };
      const path = word.startsWith('folder:') ? value.slice('folder:'.length).trim() : '';
      if (path !== '') return { value: { kind: 'folder', path } };
      return { problem: 'must be blob, none, or folder: followed by a path.' };
    },
  };
}
