/** A 32-bit hash of three numbers: the same for the same numbers, so that generated data need not be kept. */
export function hash(seed: number, tag: number, index: number): number {
  let mixed = (seed ^ Math.imul(tag, 0x9e3779b1) ^ Math.floor(index / 2 ** 32)) | 0;
  mixed = Math.imul(mixed ^ index, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** The same for a text, such as the key of a handmade person. */
export function hashText(text: string): number {
  let mixed = 0x811c9dc5;
  for (const character of text) {
    mixed = Math.imul(mixed ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return mixed >>> 0;
}

const HEX = Array.from({ length: 0x10000 }, (_, n) => n.toString(16).padStart(4, '0'));
const hex4 = (number: number) => HEX[number & 0xffff];
const MIDDLES = Array.from({ length: 0x1000 }, (_, n) => {
  const mixed = hash(0, 1, n);
  return `-${hex4(mixed)}-4${hex4(mixed >>> 16)?.slice(1)}-8${hex4(mixed >>> 8)?.slice(1)}-`;
});

/** A GUID that holds the index (below 2^48) in its last twelve digits, where `indexIn` finds it again. */
export function guid(seed: number, tag: number, index: number): string {
  const mixed = hash(seed, tag, index);
  const high = Math.floor(index / 2 ** 32);
  return `${hex4(mixed >>> 16)}${hex4(mixed)}${MIDDLES[mixed & 0xfff]}${hex4(high)}${hex4(index >>> 16)}${hex4(index)}`;
}

/** The index that `guid` put into a GUID, or NaN. */
export function indexIn(id: string): number {
  return Number.parseInt(id.slice(24), 16);
}

/** A name as the local part of an address: "Benoît Lacroix" is benoit.lacroix. */
export function asciiOf(name: string): string {
  return name
    .replaceAll(/[øØłŁıæßđĐ]/gu, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .toLowerCase()
    .trim()
    .replaceAll(/[^a-z0-9]+/gu, '.');
}

const PLAIN: Readonly<Record<string, string>> = {
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  æ: 'ae',
  ß: 'ss',
  đ: 'd',
  Đ: 'D',
};

const DEPARTMENTS = [
  'Finance',
  'Platform engineering',
  'Sales',
  'Service desk',
  'Logistics',
  'Human resources',
  'Research',
] as const;

/** One of the departments of the company, for any number. */
export function departmentOf(number: number): string {
  return DEPARTMENTS[number % DEPARTMENTS.length] ?? '';
}

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;
export const SECOND_MS = 1000;

const two = (number: number) => String(number).padStart(2, '0');
const MINUTES = Array.from(
  { length: 1440 },
  (_, n) => `T${two(Math.floor(n / 60))}:${two(n % 60)}`,
);
const SECONDS = Array.from({ length: 60 }, (_, n) => `:${two(n)}Z`);
let latest = { day: Number.NaN, text: '' };

/** An instant as Graph writes it: ISO 8601, UTC, whole seconds. From tables, because a page asks for thousands. */
export function toInstant(atMs: number): string {
  const day = Math.floor(atMs / DAY_MS);
  if (day !== latest.day) {
    latest = { day, text: new Date(day * DAY_MS).toISOString().slice(0, 10) };
  }
  const seconds = Math.floor((atMs - day * DAY_MS) / 1000);
  return `${latest.text}${MINUTES[Math.floor(seconds / 60)]}${SECONDS[seconds % 60]}`;
}

/** 00:00 UTC of the day that the instant lies in. */
export function startOfDay(atMs: number): number {
  return Math.floor(atMs / DAY_MS) * DAY_MS;
}
