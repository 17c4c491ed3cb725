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

  it.each([
    undefined,
    null,
    7,
    '',
    'yesterday',
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
