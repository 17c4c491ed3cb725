import { isInteractiveSlot } from '../sign-ins/day-row.ts';
import type { Span } from '../sign-ins/query.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import { coverOf, knowsAskers, startOf } from './day-document.ts';
import type { DayContent, DayCover } from './day-document.ts';
import { orderBy } from './encode-counts.ts';
import type { SignInLedger } from './ledger.ts';
import type { KnownDays } from './merge-day.ts';
import { StoredRows } from './stored-counts.ts';
import { addDays } from '../utc-day.ts';
import { SignInUse } from './window-use.ts';

export interface AggregatedWindow {
  readonly use: SignInUse;
  /** What is known of each day of the window; oldest first. */
  readonly covers: readonly DayCover[];
  /** First and last sign-in found, of each kind. */
  readonly events: Readonly<Record<'interactive' | 'nonInteractive', EventSpan>>;
  /** Everybody in the window who is none of the people, by object id, whatever the application. */
  readonly absentIds: ReadonlySet<string>;
}

const NOBODY = -1;

interface EventSpan {
  firstAt?: number;
  lastAt?: number;
}

interface AggregateOptions {
  readonly people: PeopleIndex;
  readonly isSelected: readonly boolean[];
  /** The window; the ledger may hold more. */
  readonly window: Span;
  /** What this run knows better than the ledger. */
  readonly known: KnownDays;
}

/** Aggregates the window, one day in memory at a time, oldest first: as the ledger, or better this run, knows it. */
export async function aggregateLedger(
  ledger: SignInLedger,
  options: AggregateOptions,
): Promise<AggregatedWindow> {
  const { people, isSelected, window, known } = options;
  const sorted = new SortedPeople(people);
  const use = new SignInUse(people.size, isSelected, window.to);
  const covers: DayCover[] = [];
  const events: AggregatedWindow['events'] = { interactive: {}, nonInteractive: {} };
  const absentIds = new Set<string>();

  function add({ day, counts }: DayContent): void {
    const start = startOf(day);
    const row = new StoredRows(counts, start);
    const numbers = sorted.numbersOf(row);
    numbers.forEach((number, person) => {
      if (number === NOBODY) absentIds.add(row.idOf(person));
    });
    const [interactive, nonInteractive] = [new EventRange(), new EventRange()];
    use.beginDay(start);
    while (row.next()) {
      const person = numbers[row.person] ?? NOBODY;
      if (person !== NOBODY) use.addOf(person, row);
      else use.addNotInDirectory(row.idOf(row.person), row);
      const range = isInteractiveSlot(row.slot) ? interactive : nonInteractive;
      if (row.lastAt > 0) range.widen(row.firstAt, row.lastAt);
      if (row.lastRefusalAt > 0) range.widen(row.lastRefusalAt, row.lastRefusalAt);
    }
    use.endDay();
    interactive.joinTo(events.interactive);
    nonInteractive.joinTo(events.nonInteractive);
  }

  const better = known.all
    .filter(({ content }) => content.to > window.from)
    .toSorted((one, other) => (one.content.day < other.content.day ? -1 : 1));
  function addKnownUntil(day: string | undefined): void {
    while (better[0] !== undefined && (day === undefined || better[0].content.day < day)) {
      const { content, covers: own } = better.shift()!;
      add(content);
      covers.push(...own);
    }
  }

  for await (const content of ledger.days(window)) {
    addKnownUntil(content.day);
    if (known.has(content.day)) continue;
    add(content);
    covers.push(coverOf(content));
  }
  addKnownUntil(undefined);
  use.askersSince = askersSince(covers);
  return { use, covers: covers.sort((a, b) => a.from - b.from), events, absentIds };
}

/** The day after the last one of which something was read before askers were told; undefined where there is none. */
function askersSince(covers: readonly DayCover[]): string | undefined {
  const last = covers
    .filter((cover) => !knowsAskers(cover))
    .reduce((latest, { day }) => (day > latest ? day : latest), '');
  return last === '' ? undefined : addDays(last, 1);
}

/** First and last of many instants; plain numbers, because it is asked for every row. */
class EventRange {
  #first = Infinity;
  #last = -Infinity;

  widen(firstAt: number, lastAt: number): void {
    if (firstAt < this.#first) this.#first = firstAt;
    if (lastAt > this.#last) this.#last = lastAt;
  }

  joinTo(span: EventSpan): void {
    if (this.#first > this.#last) return;
    span.firstAt = Math.min(this.#first, span.firstAt ?? this.#first);
    span.lastAt = Math.max(this.#last, span.lastAt ?? this.#last);
  }
}

/**
 * The people in the order of their ids, which is the order of a day's, so that a day is gone through once beside
 * them instead of looking for each of its people somewhere in memory.
 */
class SortedPeople {
  readonly #people: PeopleIndex;
  readonly #numbers: Uint32Array;
  /** The ids in this order, four words each, high ones first. */
  readonly #words: Uint32Array;

  constructor(people: PeopleIndex) {
    this.#people = people;
    const leading = (number: number) => people.leadingWord(number);
    const all = orderBy(people.size, leading, (a, b) => people.compareGuids(a, b));
    this.#numbers = all.filter((number) => people.isGuid(number));
    const bytes = Buffer.allocUnsafe(this.#numbers.length * 16);
    this.#numbers.forEach((number, place) => people.writeGuid(number, bytes, place * 16));
    this.#words = toWords(bytes);
  }

  /** The number of everybody whom a day lists, -1 for those who are not in the directory. */
  numbersOf({ guids, otherIds, people: listed }: StoredRows): Int32Array {
    const [known, wanted] = [this.#words, toWords(guids)];
    const numbers = new Int32Array(listed).fill(NOBODY);
    let place = 0;
    let person = 0;
    while (place < known.length && person < wanted.length) {
      let word = 0;
      // The first words nearly always tell them apart.
      while (word < 4 && known[place + word] === wanted[person + word]) word += 1;
      const isBefore = word < 4 && known[place + word]! < wanted[person + word]!;
      if (word === 4) numbers[person / 4] = this.#numbers[place / 4] ?? NOBODY;
      if (word === 4 || isBefore) place += 4;
      if (!isBefore) person += 4;
    }
    const guidCount = listed - otherIds.length;
    for (const [index, id] of otherIds.entries()) {
      numbers[guidCount + index] = this.#people.find(id) ?? NOBODY;
    }
    return numbers;
  }
}

function toWords(bytes: Buffer): Uint32Array {
  const words = new Uint32Array(bytes.length / 4);
  for (let word = 0; word < words.length; word += 1) words[word] = bytes.readUInt32BE(word * 4);
  return words;
}
