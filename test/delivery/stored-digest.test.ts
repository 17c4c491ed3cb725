import { describe, expect, it } from '@jest/globals';
import {
  RUN_RECORD_FORMAT,
  runRecordName,
  occurrenceOf,
  storedDigestName,
} from '../../lib/delivery/run-record.ts';
import { STORED_DIGEST_FORMAT } from '../../lib/delivery/stored-digest.ts';
import type { StoredDigest } from '../../lib/delivery/stored-digest.ts';
import { readDocument, writeDocument } from '../../lib/storage/document.ts';
import { createVolatileStore } from '../../lib/storage/store.ts';

const TENANT = '5b2f7d10-6c3e-4f91-8a0d-2e94c7b61f38';
const SIX = new Date('2026-11-21T06:00:00Z');
const NAME = storedDigestName(TENANT, SIX);
const [digest, duplicate] = [
  { subject: 'MFA gaps', html: '<p>1</p>', text: '1' },
  { subject: 'MFA gaps', html: '<p>again</p>', text: 'again' },
];
const stored: StoredDigest = {
  isNeeded: true,
  builtAt: SIX.toISOString(),
  digest: digest!,
  duplicate: duplicate!,
  plan: {
    attached: [
      {
        name: 'Identity_Overview.csv.zip',
        csvName: 'Identity_Overview.csv',
        contentType: 'application/zip',
        rows: 3,
        isZipped: true,
        content: Buffer.from([0, 255, 10]),
      },
    ],
    leftOut: [{ name: 'Identity_Overview_Unknown.csv', rows: 9, because: 'it is too long' }],
    format: 'mime',
  },
};
const fields = JSON.parse(JSON.stringify(STORED_DIGEST_FORMAT.write(stored))) as Record<
  string,
  unknown
>;
const [file] = fields['attached'] as readonly object[];

describe('STORED_DIGEST_FORMAT', () => {
  it('reads back what was written, files with their bytes', async () => {
    const store = createVolatileStore();

    await writeDocument(store, NAME, STORED_DIGEST_FORMAT, stored, {
      previous: undefined,
      now: SIX,
    });

    expect(await readDocument(store, NAME, STORED_DIGEST_FORMAT, SIX)).toMatchObject({
      content: stored,
    });
  });

  it.each<[string, object]>([
    [
      'a subject of two lines',
      { digest: { ...digest, subject: 'MFA\r\nBcc: all@contoso.example' } },
    ],
    ['no text', { duplicate: { ...duplicate, text: undefined } }],
    ['a file in a folder', { attached: [{ ...file, name: '../overview.csv' }] }],
    ['a file of no type', { attached: [{ ...file, contentType: 'text/csv\r\nX: y' }] }],
    ['a file that is no base64', { attached: [{ ...file, content: '<svg>' }] }],
    ['fewer rows than none', { attached: [{ ...file, rows: -1 }] }],
    ['a thousand files', { attached: Array.from({ length: 1000 }, () => file) }],
    ['a file that is left out for no reason', { leftOut: [{ name: 'a.csv', rows: 1 }] }],
    ['a form of mail that is not known', { format: 'rtf' }],
    ['findings that are none', { lifecycle: { open: [] } }],
    ['nothing to say whether it is needed', { isNeeded: 'no' }],
  ])('refuses a digest with %s', (_, changed) => {
    expect(() => STORED_DIGEST_FORMAT.parse({ ...fields, ...changed }, 1)).toThrow(RangeError);
  });
});

describe('RUN_RECORD_FORMAT', () => {
  const record = { occurrence: SIX.toISOString(), status: 'sent' as const, at: SIX.toISOString() };

  it.each([
    [
      'another occurrence',
      { ...record, occurrence: '2026-11-20T06:00:00.000Z' },
      'unexpected content',
    ],
    ['a status of tomorrow', { ...record, at: '2026-11-22T06:00:00.000Z' }, 'from the future'],
  ])('does not take the record of %s for that of this one', async (_, content, reason) => {
    const store = createVolatileStore();
    const name = runRecordName(TENANT, SIX);
    await writeDocument(store, name, RUN_RECORD_FORMAT, content, { previous: undefined, now: SIX });

    expect(await readDocument(store, name, RUN_RECORD_FORMAT, SIX)).toMatchObject({ reason });
  });

  it('finds the occurrence of a name again, and none in a name of something else', () => {
    expect(occurrenceOf(runRecordName(TENANT, SIX))).toEqual(SIX);
    expect(occurrenceOf(`runs/${TENANT}/notes/today.txt`)).toBeUndefined();
  });
});
