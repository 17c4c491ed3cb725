import type { PeopleIndex } from '../sources/people-index.ts';
import type { Span } from '../sources/sign-ins/query.ts';
import { isInteractiveSlot } from '../sources/sign-ins/tally.ts';
import { coverOf, startOf } from './day-document.ts';
import type { DayContent, DayCover } from './day-document.ts';
import type { KnownDays } from './known-days.ts';
import type { SignInLedger } from './sign-in-ledger.ts';
import { SortedPeople } from './sorted-people.ts';
import { TallyCursor } from './tally-cursor.ts';
import { SignInUse } from './use.ts';

export interface Folded {
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

export interface FoldOptions {
  readonly people: PeopleIndex;
  readonly isSelected: readonly boolean[];
  /** The window; the ledger may hold more. */
  readonly window: Span;
  /** What this run knows better than the ledger. */
  readonly known: KnownDays;
}

/** Adds up the window, one day in memory at a time: the ledger's days, or what this run knows better. */
export async function foldLedger(ledger: SignInLedger, options: FoldOptions): Promise<Folded> {
  const { people, isSelected, window, known } = options;
  const sorted = new SortedPeople(people);
  const use = new SignInUse(people.size, isSelected);
  const covers: DayCover[] = [];
  const events: Folded['events'] = { interactive: {}, nonInteractive: {} };
  const absentIds = new Set<string>();

  function add({ day, tally }: DayContent): void {
    const row = new TallyCursor(tally, startOf(day));
    const numbers = sorted.numbersOf(row);
    numbers.forEach((number, person) => {
      if (number === NOBODY) absentIds.add(row.idOf(person));
    });
    const [interactive, nonInteractive] = [new EventRange(), new EventRange()];
    while (row.next()) {
      const person = numbers[row.person] ?? NOBODY;
      if (person !== NOBODY) use.addOf(person, row);
      else use.addStranger(row.idOf(row.person), row);
      (isInteractiveSlot(row.slot) ? interactive : nonInteractive).widen(row.firstAt, row.lastAt);
    }
    interactive.joinTo(events.interactive);
    nonInteractive.joinTo(events.nonInteractive);
  }

  for await (const content of ledger.days(window)) {
    if (known.has(content.day)) continue;
    add(content);
    covers.push(coverOf(content));
  }
  for (const { content, covers: own } of known.all) {
    if (content.to <= window.from) continue;
    add(content);
    covers.push(...own);
  }
  return { use, covers: covers.sort((a, b) => a.from - b.from), events, absentIds };
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
