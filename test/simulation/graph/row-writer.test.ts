import { describe, expect, it } from '@jest/globals';
import { compileRow } from '../../../lib/simulation/graph/paging.ts';

const WRITERS = {
  a: '1',
  b: '[]',
  name: ({ name }: { name?: string }) => name && JSON.stringify(name),
  z: 'null',
};

describe('compileRow', () => {
  it('writes the named properties in order', () => {
    const write = compileRow(WRITERS, ['b', 'a', 'name', 'z']);

    expect(write({ name: 'O"x' })).toBe('{"b":[],"a":1,"name":"O\\"x","z":null}');
  });

  it('leaves out what is undefined, wherever it stands', () => {
    expect(compileRow(WRITERS, ['name', 'a'])({})).toBe('{"a":1}');
    expect(compileRow(WRITERS, ['name'])({})).toBe('{}');
  });
});
