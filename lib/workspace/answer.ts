import { AnswerMemory, takeRows } from './answer-rows.ts';
import type { AnswerRows } from './answer-rows.ts';
import type { Column } from './query-texts.ts';
import { unusable } from './workspace-error.ts';

interface Table {
  readonly columnDescriptors: readonly { readonly name?: string; readonly type?: string }[];
  readonly rows: readonly unknown[];
}

/** Memory that no answer uses. */
export interface SpareMemory {
  memory: AnswerMemory | undefined;
}

/** The answer to one query: its rows are taken past the client, which would copy each of them twice. */
export class Answer {
  readonly #columns: readonly Column[];
  readonly #spare: SpareMemory;
  #memory: AnswerMemory | undefined;
  #rows: AnswerRows | undefined;
  #fault: unknown;

  constructor(columns: readonly Column[], spare: SpareMemory) {
    this.#columns = columns;
    this.#spare = spare;
  }

  /** Takes the rows out of the text; where that cannot be done the client sees it all, and what is wrong is told after it. */
  take(body: string): string {
    this.#memory = this.#spare.memory ?? new AnswerMemory();
    this.#spare.memory = undefined;
    try {
      const { rows, rest } = takeRows(body, this.#columns, this.#memory);
      this.#rows = rows;
      return rest;
    } catch (error) {
      this.#fault = error;
      return body;
    }
  }

  /** The rows. */
  get rows(): AnswerRows {
    if (this.#rows === undefined) throw this.#fault;
    return this.#rows;
  }

  /** Throws where the rest, as the client read it, is not one table with these columns; no error quotes anything of it. */
  assertOneTable(tables: readonly Table[]): void {
    const [table, ...others] = tables;
    if (table === undefined || others.length > 0) throw unusable('it has not one table');
    const { columnDescriptors: given, rows: left } = table;
    const columns = this.#columns;
    const areSame =
      given.length === columns.length &&
      columns.every(({ name, type }, place) => {
        const column = given[place];
        return column?.name === name && isOfType(column.type, type);
      });
    if (!areSame) throw unusable('its columns are others');
    if (this.#rows === undefined) throw this.#fault;
    if (left.length > 0) throw unusable('it has rows twice');
  }

  /** Gives up its memory; its rows must not be used after this. */
  release(): void {
    if (this.#memory === undefined) return;
    this.#spare.memory?.free();
    this.#spare.memory = this.#memory;
  }
}

/** Kusto has whole numbers of 32 and of 64 bits. */
function isOfType(given: string | undefined, wanted: Column['type']): boolean {
  return given === wanted || (wanted === 'long' && given === 'int');
}
