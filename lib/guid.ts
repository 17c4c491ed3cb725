/** Object ids, lower case, as a document holds them: 16 bytes each in base64, and beside them those that are no GUID. */
export interface EncodedIds {
  readonly guids: string;
  readonly others: readonly string[];
}

export function encodeIds(ids: ReadonlySet<string>): EncodedIds {
  const bytes = Buffer.alloc(ids.size * 16);
  const others: string[] = [];
  let length = 0;
  for (const id of ids) {
    if (isObjectId(id)) length += bytes.write(id.replaceAll('-', ''), length, 'hex');
    else others.push(id);
  }
  return { guids: bytes.toString('base64', 0, length), others };
}

export function decodeIds({ guids, others }: EncodedIds): Set<string> {
  const hex = Buffer.from(guids, 'base64').toString('hex');
  const ids = new Set<string>();
  for (let at = 0; at + 32 <= hex.length; at += 32) {
    ids.add(
      [
        hex.slice(at, at + 8),
        hex.slice(at + 8, at + 12),
        hex.slice(at + 12, at + 16),
        hex.slice(at + 16, at + 20),
        hex.slice(at + 20, at + 32),
      ].join('-'),
    );
  }
  for (const id of others) ids.add(id);
  return ids;
}

/** True for an object id as Entra writes it: a GUID. */
export function isObjectId(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
