import fc from 'fast-check';

const LAST_CODE_POINT = 0x10_ffff;
const [FIRST_HALF, HALVES] = [0xd800, 0x800];

/** Every code point but the halves of pairs, control characters and those that nobody has assigned among them. */
const codePoint = fc
  .integer({ min: 0, max: LAST_CODE_POINT - HALVES })
  .map((number) => String.fromCodePoint(number < FIRST_HALF ? number : number + HALVES));

/**
 * Text of any characters, and text of ASCII that may be the name of something in JavaScript. fast-check's own `binary`
 * does the same, and keeps a table of a million characters for it.
 */
export function anyText(length: { readonly maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.oneof(fc.string({ ...length, unit: codePoint }), fc.string(length));
}
