import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { NEVER_CALLED, withoutFunction } from '../../lib/packaging/leave-out.ts';

const MODULES = join(import.meta.dirname, '../../node_modules');

describe('what the bundle leaves out', () => {
  it.each(Object.entries(NEVER_CALLED))('is in %s', async (file, names) => {
    const source = await readFile(join(MODULES, file), 'utf8');

    const left = names.reduce(withoutFunction, source);

    for (const name of names)
      expect(left).toContain(name === 'default' ? 'export default' : `${name}() { throw`);
  });

  it('is one function each, which throws where somebody calls it after all', () => {
    const source = 'export const a = 1;\nasync function b() {\n  if (a) {\n  }\n}\nb();\n';

    expect(withoutFunction(source, 'b')).toBe(
      "export const a = 1;\nasync function b() { throw Error('b is left out'); }\nb();\n",
    );
    expect(() => withoutFunction(source, 'c')).toThrow(/no function c to leave out/);
  });
});
