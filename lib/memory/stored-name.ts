const LONGEST_NAME = 900;

/**
 * Throws a RangeError unless the name can be kept by every store and stays inside it: segments parted by `/`,
 * none of them empty, `.`, `..` or ending in a dot, no backslash and no control character.
 */
export function assertStoredName(name: string): void {
  const isPlain = !/[\\\p{Cc}\p{Cs}]/u.test(name) && name.length <= LONGEST_NAME;
  if (isPlain && name.split('/').every(isSegment)) return;
  throw new RangeError('A stored name is made of plain segments parted by slashes.');
}

function isSegment(segment: string): boolean {
  return segment !== '' && !segment.endsWith('.');
}
