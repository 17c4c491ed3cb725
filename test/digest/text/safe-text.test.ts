import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LinkifyIt } from 'linkify-it';
import { find } from 'linkifyjs';
import { cleanText, displayText, shortText } from '../../../lib/digest/text/safe-text.ts';
import { anyText } from '../../support/any-text.ts';
import { runsOf } from '../../support/extent.ts';

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
      fc.property(anyText(), (text) => {
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
      fc.property(anyText({ maxLength: 300 }), (text) => {
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
    ['a link', 'see https://evil.example/x', 'see https[:]/evil[.]example/x'],
    ['a bare host name', 'www.evil.example', 'www[.]evil[.]example'],
    ['a file share', String.raw`\\evil\share`, 'evil share'],
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

  /** As `fc.webUrl`, without its table of a million characters. */
  const aWebAddress = fc
    .tuple(
      fc.constantFrom('http', 'https'),
      fc.webAuthority(),
      fc.array(anyText({ maxLength: 8 }).map(encodeURIComponent)),
    )
    .map(([scheme, host, path]) => `${scheme}://${[host, ...path].join('/')}`);

  /** Of the kinds that public collections of hostile names hold: hosts that are no ASCII, schemes, paths, addresses. */
  const hostileParts = fc.oneof(
    fc.constantFrom(
      '💩.la/reset',
      'i❤.ws',
      'microsoft-support🔒.com/verify',
      'कंपनी.भारत',
      'சிங்கப்பூர்.சிங்கப்பூர்',
      '(evil).com',
      'a_.com',
      '10.0.0.5:8443/x',
      '1.1.1.1/login',
      'evil․com',
      'evil﹒com',
      'evil。com',
      'boss﹫evil.com',
      'boss＠evil．com',
      'xn--80ak6aa92e.com',
      'anna_evil.com#EXT#@contoso.onmicrosoft.example',
      'www.evil.com_x#EXT#@contoso.example',
      'outlook:calendar',
      'onenote:https://evil.com',
      'ms-word:ofe|u|https://evil.com/x.docx',
      'search-ms:query=x&crumb=location:\\\\evil.com',
      'news:alt.evil',
      'magnet:?xt=urn:btih:0',
      'javascript:alert(1)',
      '//evil.com',
      '\\\\evil.com\\share',
      'HTTP:\\\\evil.com',
      'http://[::1]/',
      'mailto:boss@evil.com',
      'tel:+4712345678',
    ),
    fc.constantFrom(
      '.',
      '..',
      '@',
      ':',
      '/',
      ' ',
      '-',
      '_',
      '#',
      '?',
      '(',
      ')',
      '\u200b',
      '\u202e',
    ),
    anyText({ maxLength: 6 }),
    fc.domain(),
    fc.emailAddress(),
    aWebAddress,
  );

  it('S07: is found to be a link by no link finder, and holds nothing but plain characters', () => {
    const linkifyIt = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: true });
    const mailLike =
      /(?:[a-z][a-z0-9+.-]*:\S)|(?:\S@\S)|(?:\b[\p{L}\p{N}\p{M}-]+\.[\p{L}\p{M}]{2,})|(?:\d+\.){3}\d+|\/\/|\\\\\\\\/iu;
    fc.assert(
      fc.property(fc.array(hostileParts, { minLength: 1, maxLength: 5 }), (parts) => {
        const shown = displayText(parts.join(''));

        const found = {
          links: [...find(shown), ...(linkifyIt.match(shown) ?? [])],
          mailLike: mailLike.exec(shown),
          isPlain: /^[\p{L}\p{N}\p{M}\p{P} …]*$/u.test(shown),
          isTidy: shown === shown.trim() && !shown.includes('  '),
        };
        // One comparison for each of ten thousand texts.
        expect(found).toEqual({ links: [], mailLike: null, isPlain: true, isTidy: true });
      }),
      { numRuns: runsOf(10_000) },
    );
  }, 120_000);
});
