import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PeopleIndex } from '../../lib/sources/people-index.ts';

const ZEROS = '00000000-0000-0000-0000-000000000000';
const ids = fc.array(
  fc.oneof(fc.uuid(), fc.uuid(), fc.constantFrom('adele', '', 'x'.repeat(36), ZEROS)),
  { maxLength: 3_000, size: 'max' },
);

describe('PeopleIndex', () => {
  it('numbers people as a map would, whatever their ids look like', () => {
    fc.assert(
      fc.property(ids, (list) => {
        const people = new PeopleIndex();
        const numbers = new Map<string, number>();
        const added: number[] = [];

        for (const id of list) {
          if (!numbers.has(id)) numbers.set(id, numbers.size);
          added.push(people.add(id));
        }

        expect(added).toEqual(list.map((id) => numbers.get(id)));
        expect(people.size).toBe(numbers.size);
        const found = [...numbers].map(([id, number]) => {
          const inText = people.findIn(Buffer.from(`"${id}"`), 1);
          return [people.find(id), people.idOf(number), inText];
        });
        expect(found).toEqual(
          [...numbers].map(([id, number]) => [
            number,
            id,
            people.isGuid(number) ? number : undefined,
          ]),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('takes an id in another case for the same and keeps it as it came first', () => {
    const people = new PeopleIndex();
    people.add('ABCDEF12-0000-4000-8000-00000000ABCD');
    people.add('Adele');

    expect(people.find('abcdef12-0000-4000-8000-00000000abcd')).toBe(0);
    expect(people.find('aDELE')).toBe(1);
    expect(people.idOf(0)).toBe('ABCDEF12-0000-4000-8000-00000000ABCD');
  });

  it('knows nobody by an id that only looks like one it has', () => {
    const people = new PeopleIndex();
    people.add('abcdef12-0000-4000-8000-00000000abcd');

    expect(people.find('abcdef12-0000-4000-8000-00000000abce')).toBeUndefined();
    expect(people.find('abcdef12-0000-4000-8000-00000000abcg')).toBeUndefined();
    expect(people.find('abcdef12-0000-4000-8000 00000000abcd')).toBeUndefined();
  });

  it('orders GUIDs by their bytes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 50 }), (list) => {
        const people = new PeopleIndex();
        const numbers = list.map((id) => people.add(id));

        const sorted = numbers.sort((a, b) => people.compareGuids(a, b));

        expect(sorted.map((number) => people.idOf(number))).toEqual([...list].sort());
      }),
    );
  });
});
