import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseInstant } from '../../lib/sign-ins/sign-in.ts';

describe('parseInstant', () => {
  it('gives what Date.parse gives, for whole seconds and for fractions', () => {
    const instant = fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2100-01-01T00:00:00Z'),
      noInvalidDate: true,
    });

    fc.assert(
      fc.property(instant, fc.boolean(), (date, isWhole) => {
        const text = isWhole ? date.toISOString().replace(/\.\d+/, '') : date.toISOString();

        expect(parseInstant(text)).toBe(Date.parse(text));
      }),
    );
  });

  it('takes nothing for an instant whose time is none, whatever stands in it', () => {
    const place = fc.integer({ min: 11, max: 19 });
    const letter = fc.constantFrom(...'/0123456789:;aZ. -'.split(''));

    fc.assert(
      fc.property(fc.array(fc.tuple(place, letter), { maxLength: 3 }), (changes) => {
        const letters = '2026-11-21T06:30:59Z'.split('');
        for (const [at, instead] of changes) letters[at] = instead;
        const text = letters.join('');
        const isIso = /^2026-11-21T\d\d:\d\d/.test(text);

        expect(parseInstant(text)).toBe(isIso ? Date.parse(text) : Number.NaN);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    undefined,
    null,
    7,
    '',
    'yesterday',
    '7',
    '2026-11-21',
    'Sat, 21 Nov 2026 06:00:00 GMT',
    '2026-11-21T06:0/:00Z',
    '2026-11-21T06:00:0:Z',
    '2026-11-21T/9:00:00Z',
    '2026-11-21T06:60:00Z',
    '2026-11-21T25:00:00Z',
    '2026-11-21T24:30:00Z',
    '2026-11-21T06:00:60Z',
    '2026-11-21T06:00:61Z',
    '2026-11-21T06x00:00Z',
    '2026-13-40T06:00:00Z',
    '2026-11-21T0a:00:00Z',
  ])('finds no instant in %j', (value) => {
    expect(parseInstant(value)).toBeNaN();
  });

  it('is not misled by the day that it read before', () => {
    expect(parseInstant('2026-11-21T06:00:00Z')).toBe(Date.UTC(2026, 10, 21, 6));
    expect(parseInstant('2026-11-2xT06:00:00Z')).toBeNaN();
    expect(parseInstant('2026-11-20T23:59:59Z')).toBe(Date.UTC(2026, 10, 20, 23, 59, 59));
  });
});
