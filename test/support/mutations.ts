import { gunzipSync, gzipSync } from 'node:zlib';

/** A stored document that was changed in one place. */
export interface Mutant {
  /** What was changed, for whoever reads a failure. */
  readonly what: string;
  bytes(): Buffer;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Is put in as raw JSON. */
const [NESTED, ENDLESS] = ['@nested@', '@endless@'] as const;
const RAW: Readonly<Record<string, string>> = {
  [NESTED]: `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  // Too great for a number: it is read as Infinity.
  [ENDLESS]: '1e400',
};
const ABSENT = Symbol('absent');

const VALUES: readonly (Json | typeof ABSENT)[] = [
  null,
  ABSENT,
  true,
  7,
  -1,
  0.5,
  2 ** 53,
  1e308,
  ENDLESS,
  '',
  ' ',
  'x',
  'NaN',
  '-Infinity',
  '__proto__',
  '2026-13-40',
  '2019-12-31',
  '9999-12-31',
  '2026-07-03',
  '0001-01-01T00:00:00.000Z',
  '2026-07-03T06:00:00.000Z',
  '2027-01-01T00:00:00.000Z',
  1_782_000_000_000,
  1_800_000_000_000,
  '\ud800',
  'x'.repeat(300_000),
  {},
  [],
  [null],
  NESTED,
];

/** The places of a document, as paths; of a list its first and its last, and nothing inside `whole`. */
function* pathsIn(
  value: Json,
  whole: string | undefined,
  path: readonly string[] = [],
): Generator<readonly string[]> {
  if (path.length > 0) yield path;
  if (path.length > 0 && path.at(-1) === whole) return;
  if (typeof value !== 'object' || value === null) return;
  const keys = Object.keys(value);
  const shown = Array.isArray(value)
    ? keys.filter((_, at) => at === 0 || at === keys.length - 1)
    : keys;
  for (const key of shown) yield* pathsIn(Reflect.get(value, key) as Json, whole, [...path, key]);
}

function at(value: Json, path: readonly string[]): Json {
  return path.reduce((inner, key) => Reflect.get(inner as object, key) as Json, value);
}

function replaced(value: Json, path: readonly string[], by: Json | typeof ABSENT): Json {
  const copy = structuredClone(value) as object;
  const parent = at(copy as Json, path.slice(0, -1)) as object;
  const key = path.at(-1)!;
  if (by === ABSENT) Reflect.deleteProperty(parent, key);
  else Reflect.set(parent, key, by);
  return copy as Json;
}

/**
 * Every place of a document, but for those inside the property `whole`, with every value, lists turned round, doubled and cut, and its bytes cut and
 * damaged.
 */
export function* mutantsOf(name: string, bytes: Buffer, whole?: string): Generator<Mutant> {
  const isPacked = name.endsWith('.gz');
  const pack = (json: string | Buffer) =>
    isPacked ? gzipSync(json, { level: 1 }) : Buffer.from(json);
  const document = JSON.parse((isPacked ? gunzipSync(bytes) : bytes).toString()) as Json;
  const write = (value: Json) => {
    let json = JSON.stringify(value);
    for (const [marker, text] of Object.entries(RAW)) json = json.replaceAll(`"${marker}"`, text);
    return pack(json);
  };

  const mutant = (what: string, bytes: () => Buffer): Mutant => ({ what, bytes });

  for (const path of pathsIn(document, whole)) {
    const where = path.join('.');
    const by = (value: Json | typeof ABSENT) => () => write(replaced(document, path, value));
    for (const value of VALUES) {
      const told = value === ABSENT ? 'absent' : (JSON.stringify(value) ?? '').slice(0, 40);
      yield mutant(`${where} = ${told}`, by(value));
    }
    const standing = at(document, path);
    if (Array.isArray(standing)) {
      const list = standing as readonly Json[];
      yield mutant(`${where} turned round`, by(list.toReversed()));
      yield mutant(`${where} doubled`, by([...list, ...list]));
    }
    if (typeof standing === 'string' && standing.length > 0) {
      for (const [how, changed] of changesOf(standing)) {
        yield mutant(`${where} ${how}`, by(changed));
      }
    }
    if (typeof standing === 'number') {
      for (const step of [-86_400_000, -1, 1, 86_400_000]) {
        yield mutant(`${where} ${step}`, by(standing + step));
      }
    }
  }
  for (const value of [null, 7, 'x', [], {}] as const) {
    const text = JSON.stringify(value);
    yield mutant(`nothing but ${text}`, () => pack(text));
  }
  const lengths = [0, 1, 10, Math.floor(bytes.length / 2), bytes.length - 9, bytes.length - 1];
  for (const length of lengths) {
    yield mutant(`cut to ${length} bytes`, () => bytes.subarray(0, length));
  }
  yield mutant('twice', () => Buffer.concat([bytes, bytes]));
  yield mutant('no UTF-8', () => pack(Buffer.from([0xff, 0xfe, 0x7b])));
  for (let place = 0; place < bytes.length; place += Math.ceil(bytes.length / 20)) {
    yield mutant(`byte ${place} flipped`, () => {
      const flipped = Buffer.from(bytes);
      flipped[place] = flipped[place]! ^ 0xff;
      return flipped;
    });
  }
}

/** A text cut, lengthened and with some of its characters changed, such as bytes in base64. */
function* changesOf(text: string): Generator<readonly [how: string, changed: string]> {
  yield ['cut', text.slice(0, -1)];
  yield ['halved', text.slice(0, text.length >> 1)];
  yield ['doubled', text + text];
  const step = Math.ceil(text.length / 12);
  for (let place = 0; place < text.length; place += step) {
    for (const character of ['A', '/', '9']) {
      yield [
        `with ${character} at ${place}`,
        text.slice(0, place) + character + text.slice(place + 1),
      ];
    }
  }
}
