import { TOOLS } from '../entra/applications.ts';
import { isInteractiveSlot } from '../sign-ins/day-row.ts';
import type { DayRow } from '../sign-ins/day-row.ts';
import { DAY_MS } from '../utc-day.ts';
import { NO_PATTERN } from './usage.ts';
import type { ToolPattern } from './usage.ts';

/** A pattern is looked for in so many whole UTC days before today, and people at screens in so many. */
const PATTERN_DAYS = 14;
const SCREEN_DAYS = 30;

const FLAGS = { isInteractiveSeen: 1, ropc: 2 } as const;

/** When people use tools, by number of a person. */
export class ToolPatterns {
  readonly #today: number;
  readonly #flags: Uint8Array;
  readonly #toolDays: Uint8Array;
  readonly #weekendDays: Uint8Array;
  readonly #hours: Uint32Array;
  /** The last day of tools that was counted, in days since 1970: a day counts once. */
  readonly #lastToolDay: Uint32Array;

  /** `people` is how many there are; `today` is midnight UTC, milliseconds since 1970. */
  constructor(people: number, today: number) {
    this.#today = today;
    this.#flags = new Uint8Array(people);
    this.#toolDays = new Uint8Array(people);
    this.#weekendDays = new Uint8Array(people);
    this.#hours = new Uint32Array(people);
    this.#lastToolDay = new Uint32Array(people);
  }

  add(day: number, person: number, row: Omit<DayRow, 'person'>, application: number): void {
    const isInteractive = isInteractiveSlot(row.slot);
    if (row.ropc > 0) this.#flags[person]! |= FLAGS.ropc;
    if (isInteractive && day >= this.#today - SCREEN_DAYS * DAY_MS) {
      this.#flags[person]! |= FLAGS.isInteractiveSeen;
    }
    const isWholeDay = day < this.#today && day >= this.#today - PATTERN_DAYS * DAY_MS;
    if (isInteractive || !isWholeDay || !TOOLS.includes(application)) return;
    this.#hours[person]! |= row.hours;
    const number = day / DAY_MS;
    if (this.#lastToolDay[person] === number) return;
    this.#lastToolDay[person] = number;
    this.#toolDays[person]! += 1;
    // 1 January 1970 was a Thursday.
    const weekday = (number + 4) % 7;
    if (weekday === 0 || weekday === 6) this.#weekendDays[person]! += 1;
  }

  of(person: number): ToolPattern {
    const [flags, toolDays] = [this.#flags[person] ?? 0, this.#toolDays[person] ?? 0];
    if (flags === 0 && toolDays === 0) return NO_PATTERN;
    return {
      toolDays,
      hours: bitsIn(this.#hours[person]!),
      weekendDays: this.#weekendDays[person]!,
      isInteractiveSeen: (flags & FLAGS.isInteractiveSeen) > 0,
      ropc: (flags & FLAGS.ropc) > 0,
    };
  }
}

function bitsIn(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
