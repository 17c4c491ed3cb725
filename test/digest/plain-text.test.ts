import { describe, expect, it } from '@jest/globals';
import { alignRows, TEXT_COLUMNS, wrapText } from '../../lib/digest/plain-text.ts';
import { renderSample } from './render-sample.ts';
import { sampleReports } from './sample-reports.ts';

describe('the plain-text part', () => {
  it.each(Object.entries(sampleReports()))(
    'has no line beyond 78 columns but for links, on a %s day',
    async (_, report) => {
      const { text } = await renderSample(report);

      const long = text.split('\n').filter((line) => Array.from(line).length > TEXT_COLUMNS);
      expect(long.filter((line) => !/^ *https:\/\/\S+$/u.test(line))).toEqual([]);
    },
  );

  it('reads as a letter, with links on lines of their own', async () => {
    const { text } = await renderSample(sampleReports()['clean']!);

    expect(text.split('\n\n').slice(0, 5).join('\n\n')).toMatchInlineSnapshot(`
      "MFA report · Contoso · Sat, 21 Nov 2026

      Nobody was stopped at MFA, and nobody who was judged lacks a usable method.

      No emergency account is named in BREAK_GLASS_ACCOUNTS; Microsoft advises two
      at least.

        Stopped at MFA       0, same as 20 Nov
        In with one factor   0, same as 20 Nov
        Without usable MFA   0, same as 20 Nov
        Could not be judged  0, same as 20 Nov
        0 open, 4 on 16 Nov.
        Looked at: 1,204 people. 94% of those in the registration report can do MFA.

      Nothing changed since 20 Nov
      ----------------------------"
    `);
  });
});

describe('wrapText', () => {
  it('indents what follows the first line', () => {
    expect(wrapText('word '.repeat(20).trim(), '- ')).toBe(
      `- ${'word '.repeat(15).trim()}\n  ${'word '.repeat(5).trim()}`,
    );
  });

  it('breaks a word that is longer than a line', () => {
    const lines = wrapText('x'.repeat(200), '1. ').split('\n');

    expect(lines.map((line) => line.length)).toEqual([78, 78, 53]);
  });
});

describe('alignRows', () => {
  it('gives the first column the width of its widest cell', () => {
    expect(
      alignRows([
        ['a', '1'],
        ['bcd', '2'],
      ]),
    ).toEqual(['  a    1', '  bcd  2']);
  });
});
