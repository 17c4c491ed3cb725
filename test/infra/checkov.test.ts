import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Compiler } from '../../infra/check/compiler.ts';
import { SHOWN, writeEvaluated } from '../../infra/check/write-evaluated.ts';
import { soundResources } from './stand-ins/resources.ts';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, '.checkov.yaml'), 'utf8');

describe('.checkov.yaml', () => {
  it('gives a reason for each exemption, and names none twice', () => {
    const { 'skip-check': skipped } = parse(text) as { readonly 'skip-check': readonly string[] };
    const reasoned = [...text.matchAll(/^ {2}# \S.{20,}\n {2}- (CKV\w+)$/gm)].map(([, id]) => id);

    expect(skipped.length).toBeGreaterThan(5);
    expect(skipped).toEqual(reasoned);
    expect(new Set(skipped).size).toBe(skipped.length);
  });

  it('exempts nothing as a whole', () => {
    expect(Object.keys(parse(text) as object).sort()).toEqual(['compact', 'skip-check']);
  });
});

describe('writeEvaluated', () => {
  it('writes each deployment that is shown as one template of ARM', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'evaluated-'));
    const shown = Object.values(SHOWN);
    let turn = 0;
    const compiler: Compiler = {
      name: 'bicep',
      start: () => ({
        compile: () => Promise.resolve({ output: '', complaints: [] }),
        compileParameters: () => Promise.resolve({ output: '', complaints: [] }),
        predict: () => Promise.resolve(soundResources(shown[turn++]!)),
        close: () => undefined,
      }),
    };

    try {
      const files = await writeEvaluated(join(root, 'infra'), folder, compiler, {});

      expect(files).toHaveLength(shown.length);
      expect(files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as unknown)).toEqual(
        shown.map((one) =>
          expect.objectContaining({
            $schema: expect.stringContaining('/deploymentTemplate.json#'),
            resources: JSON.parse(JSON.stringify(soundResources(one))) as unknown,
          }),
        ),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
