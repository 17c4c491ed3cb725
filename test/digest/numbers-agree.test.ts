import { beforeAll, describe, expect, it } from '@jest/globals';
import { FILE_NAMES } from '../../lib/digest/csv/file-names.ts';
import { MAX_HTML_BYTES } from '../../lib/digest/render-digest.ts';
import { isKnown } from '../../lib/digest/text/wording.ts';
import { MIN_ROWS } from '../../lib/digest/parts/lists.ts';
import { HIT_LISTS } from '../../lib/standings/standings.ts';
import type { HitList } from '../../lib/standings/standings.ts';
import { extentOf } from '../support/extent.ts';
import type { RunResult } from '../support/run-on-tenant.ts';
import { byList } from '../support/a-report.ts';
import { reportOf } from '../support/run-on-tenant.ts';
import { MORNINGS } from './mornings.ts';

/** The number before each of these words, wherever they stand, as a reader finds it; undefined where it is not there. */
function numberBefore(words: string, text: string): number | undefined {
  const found = new RegExp(`(\\d[\\d,]*) ${words}`, 'u').exec(text);
  return found?.[1] === undefined ? undefined : Number(found[1].replaceAll(',', ''));
}

/** Where nobody knows who rests. */
const RESTING = '(?:; some may be dormant)?';

const TITLES = {
  stopped: '(?:person was|people were) stopped at MFA\\n-',
  impact: '(?:person|people) got in with one factor and cannot do MFA\\n-',
  missing: `(?:person has|people have) no MFA method${RESTING}\\n-`,
  'not-usable': `(?:person has a method|people have methods) registered that cannot be used${RESTING}\\n-`,
  unknown: '(?:person|people) could not be judged\\n-',
} as const;

const FILES = {
  stopped: FILE_NAMES.stopped,
  impact: FILE_NAMES.impact,
  missing: FILE_NAMES.missing,
  'not-usable': FILE_NAMES.notCapable,
  unknown: FILE_NAMES.unknown,
} as const;

/** What a reader counts in the section of a list: its rows, and how many it says are not shown. */
function countRows(list: HitList, text: string): { readonly rows: number; readonly rest: number } {
  const section = new RegExp(`${TITLES[list]}[\\s\\S]*?\\n\\n`, 'u').exec(text)?.[0] ?? '';
  return {
    rows: section.match(/^\d+\. /gmu)?.length ?? 0,
    rest: numberBefore('(?:more )?(?:is|are) in mfa-gaps', section) ?? 0,
  };
}

/** The number of one of the four figures; undefined where it is not known. */
function figureOf(label: string, text: string): number | undefined {
  const [, found] = new RegExp(`^ {2}${label} +(?:at least )?(\\d[\\d,]*)`, 'mu').exec(text) ?? [];
  return found === undefined ? undefined : Number(found.replaceAll(',', ''));
}

/** A number that a subject or a headline leaves out where it is none. */
function unlessNone(count: number | undefined): number | undefined {
  return count === 0 ? undefined : count;
}

describe.each(extentOf(Object.entries(MORNINGS)))(
  'the numbers of a morning, %s',
  (_, runMorning) => {
    let result: RunResult;
    let text: string;
    beforeAll(async () => {
      result = await runMorning();
      text = result.mail?.text ?? '';
    });

    it('are the same in the title of each list, its rows and rest, and its file', () => {
      const { hits } = reportOf(result);
      const titles = byList((list) => numberBefore(TITLES[list], text) ?? 0);
      const told = byList((list) => {
        const { rows, rest } = countRows(list, text);
        return rows + rest;
      });

      expect(titles).toEqual(byList((list) => hits[list].length));
      expect(told).toEqual(titles);
      // The file of those without a usable method holds both lists.
      expect(byList((list) => result.csv[FILES[list]]?.length ?? 0)).toEqual({
        ...titles,
        'not-usable': titles.missing + titles['not-usable'],
      });
    });

    it('are the same in figures, subject and headline', () => {
      const { subject = '' } = result.mail ?? {};
      const stopped = figureOf('Stopped at MFA', text);
      const oneFactor = figureOf('In with one factor', text);
      const without = figureOf('Without usable MFA', text);

      expect(numberBefore('stopped', subject)).toBe(unlessNone(stopped));
      expect(numberBefore('with one factor', subject)).toBe(unlessNone(oneFactor));
      expect(numberBefore('without MFA', subject)).toBe(unlessNone(without));
      // The headline is the first that says it.
      expect(numberBefore('people were stopped at MFA', text)).toBe(unlessNone(stopped));
      expect(numberBefore('people got in with one factor', text)).toBe(unlessNone(oneFactor));
    });

    it('of the figures are those of the lists, or of the registration report where the lists are not known', () => {
      const { hits, figures } = reportOf(result);
      const listed = hits.missing.length + hits['not-usable'].length;
      const { people: reported } = figures.withoutMethod;
      // Without activity some of those in the lists may be dormant.
      const areListsKnown = figures.hits.missing.people.kind !== 'not-known';

      expect(figureOf('Stopped at MFA', text) ?? 0).toBe(hits.stopped.length);
      expect(figureOf('In with one factor', text) ?? 0).toBe(hits.impact.length);
      expect(figureOf('Without usable MFA', text) ?? 0).toBe(
        (listed > 0 && areListsKnown) || !isKnown(reported) ? listed : reported.value,
      );
      expect(figureOf('Could not be judged', text)).toBe(hits.unknown.length);
    });

    it('of rows are three at least of each list that has people, in a mail of at most 60,000 bytes', () => {
      const { hits } = reportOf(result);
      // Without a licence nothing is known of anybody, which takes a sentence.
      const isKnownOf = hits.unknown.some(({ unknownGroup }) => unknownGroup !== NOTHING_KNOWN);
      const tooFew = HIT_LISTS.filter(
        (list) => countRows(list, text).rows < Math.min(MIN_ROWS, hits[list].length),
      );

      expect(tooFew).toEqual(isKnownOf ? [] : ['unknown']);
      expect(Buffer.byteLength(result.mail?.html ?? '')).toBeLessThanOrEqual(MAX_HTML_BYTES);
    });
  },
);

const NOTHING_KNOWN = 'registration-not-known';
