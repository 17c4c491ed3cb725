import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, displayText, shortText } from '../../../lib/digest/text/safe-text.ts';

describe('cleanText', () => {
  it.each([
    ['a line break', 'Anna\r\nBcc: x', 'Anna Bcc: x'],
    ['a right-to-left override', '\u202Eelpmaxe', 'elpmaxe'],
    ['isolates and marks', '\u2066Anna\u2069\u200F', 'Anna'],
    ['zero-width characters', 'An\u200Bn\u200Da\uFEFF', 'Anna'],
    ['a soft hyphen and Hangul filler', 'An\u00ADna\u3164', 'Anna'],
    ['tag characters', 'Anna\u{E0041}\u{E007F}', 'Anna'],
    ['a lone surrogate', 'Anna\uD800', 'Anna'],
    ['white space of every kind', '\u00A0 Anna\t\u2003Li \u2028', 'Anna Li'],
    ['control characters', 'An\u0000na\u0085Li', 'An na Li'],
  ])('removes %s', (_, text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  it('keeps the letters of every script', () => {
    const names = 'Zieliński 李小龍 محمد שרה Ωμέγα 👩 𝕱𝖗';

    expect(cleanText(names)).toBe(names);
  });

  it('leaves nothing to clean the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
    );
  });
});

describe('shortText', () => {
  it('cuts between characters, never inside one', () => {
    expect(shortText('👩👩👩👩', 3)).toBe('👩👩…');
  });

  it('is never longer than asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(Array.from(shortText(text, 20)).length).toBeLessThanOrEqual(20);
      }),
    );
  });

  it('keeps marks from being stacked over other lines', () => {
    expect(shortText(`Z${'\u0335'.repeat(50)}`)).toBe(`Z${'\u0335'.repeat(4)}`);
  });
});

describe('displayText', () => {
  it.each([
    ['an address', 'boss@contoso.example', 'boss[at]contoso[.]example'],
    ['a full-width address', 'boss＠contoso．example', 'boss[at]contoso[.]example'],
    ['a link', 'see https://evil.example/x', 'see https[:]//evil[.]example/x'],
    ['a bare host name', 'www.evil.example', 'www[.]evil[.]example'],
    ['a file share', String.raw`\\evil\share`, String.raw`[\]evil\share`],
    ['another scheme', 'mailto:boss', 'mailto[:]boss'],
  ])('breaks up %s', (_, text, expected) => {
    expect(displayText(text)).toBe(expected);
  });

  it.each(['J.R. Ewing', 'Anna Kovács (Sales)', 'Room 3.1', "Conan O'Brien", 'R&D: Tools'])(
    'leaves %s as it is',
    (name) => {
      expect(displayText(name)).toBe(name);
    },
  );

  it('leaves no host name, address or scheme that a mail program links', () => {
    const parts = fc.constantFrom(
      'a',
      'evil',
      '.',
      '@',
      '://',
      'www.',
      'com',
      ' ',
      'http',
      '\\\\',
      ':',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (words) => {
        expect(displayText(words.join(''))).not.toMatch(/\w@\w|:\/\/|[a-z]\.[a-z]{2}|\\\\/u);
      }),
    );
  });
});
