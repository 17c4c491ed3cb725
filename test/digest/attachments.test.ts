import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { planAttachments } from '../../lib/digest/attachments.ts';
import type { AttachmentOptions } from '../../lib/digest/attachments.ts';
import type { CollectedFile } from '../../lib/digest/csv/write-csv.ts';

const OPTIONS: AttachmentOptions = {
  attachCsv: true,
  attachWorkbook: true,
  saveToSentItems: true,
  requestDeliveryReceipt: false,
  emailFrom: 'digest@contoso.example',
  generatedAt: '2026-11-21T06:00:00Z',
};

const MB = 1_000_000;

/** A file whose content cannot be compressed, or is one letter throughout. */
function aFile(name: string, bytes: number, isRandom = true): CollectedFile {
  const content = isRandom ? randomBytes(bytes) : Buffer.alloc(bytes, 'x');
  return { name: `Identity_Overview${name}.csv`, rows: 3, bytes, content };
}

function namesOf(files: readonly { readonly name: string }[]): readonly string[] {
  return files.map(({ name }) => name.replace('Identity_Overview', ''));
}

describe('planAttachments', () => {
  it('attaches small files as they are, as MIME', async () => {
    const plan = await planAttachments([aFile('', 1000), aFile('_Unknown', 10)], OPTIONS);

    expect(plan.format).toBe('mime');
    expect(namesOf(plan.attached)).toEqual(['.csv', '_Unknown.csv']);
    expect(plan.leftOut).toEqual([]);
  });

  it('zips the overview first and then the largest, until all fit', async () => {
    const files = [
      aFile('_Unknown', 0.9 * MB, false),
      aFile('_MissingMFA', 2 * MB, false),
      aFile('', 1000, false),
    ];

    const plan = await planAttachments(files, OPTIONS);

    expect(namesOf(plan.attached)).toEqual(['_Unknown.csv', '_MissingMFA.csv.zip', '.csv.zip']);
    expect(plan.attached).toMatchObject([
      { contentType: 'text/csv', isZipped: false },
      { contentType: 'application/zip', isZipped: true },
      { csvName: 'Identity_Overview.csv', contentType: 'application/zip', isZipped: true, rows: 3 },
    ]);
  });

  it('takes JSON where MIME, which encodes twice, does not fit', async () => {
    const plan = await planAttachments([aFile('', 2.5 * MB)], OPTIONS);

    expect(plan.format).toBe('json');
    expect(namesOf(plan.attached)).toEqual(['.csv.zip']);
  });

  it('leaves out the overview first and the impact list last', async () => {
    const files = [
      '',
      '_Unknown',
      '_MissingMFA_NotCapable',
      '_MissingMFA',
      '_ImpactMFAEnforcement',
    ];

    const plan = await planAttachments(
      files.map((name) => aFile(name, 1.4 * MB)),
      OPTIONS,
    );

    expect(namesOf(plan.leftOut)).toEqual(['.csv', '_Unknown.csv', '_MissingMFA_NotCapable.csv']);
    expect(namesOf(plan.attached)).toEqual([
      '_MissingMFA.csv.zip',
      '_ImpactMFAEnforcement.csv.zip',
    ]);
    expect(plan.leftOut[0]?.because).toBe('the mail would be too large');
  });

  it('keeps the workbook to the last, as it is', async () => {
    const workbook = { ...aFile('', 2 * MB), name: 'mfa-gaps-2026-11-21.xlsx' };

    const plan = await planAttachments([workbook, aFile('', MB), aFile('_Stopped', MB)], OPTIONS);

    expect(plan.attached).toMatchObject([
      {
        name: 'mfa-gaps-2026-11-21.xlsx',
        contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        isZipped: false,
      },
    ]);
    expect(namesOf(plan.leftOut)).toEqual(['.csv', '_Stopped.csv']);
  });

  it('lets go of the longest and least needed first, of whom is locked out last', async () => {
    const inOrder = [
      '',
      '_LoginsLogs',
      '_Scripts',
      '_PhoneOnly',
      '_Excepted',
      '_Changes',
      '_Unknown',
      '_MissingMFA_NotCapable',
      '_MissingMFA',
      '_ImpactMFAEnforcement',
      '_Stopped',
    ];

    const plan = await planAttachments(
      // Two of them are too much for a mail.
      inOrder.toReversed().map((name) => aFile(name, 1.5 * MB)),
      OPTIONS,
    );

    expect(namesOf(plan.leftOut)).toEqual(inOrder.slice(0, -1).map((name) => `${name}.csv`));
    expect(namesOf(plan.attached)).toEqual(['_Stopped.csv.zip']);
  });

  it.each([
    ['MIME, with 340,000 bytes kept free', [1_427_337], 'mime'],
    ['MIME no more', [1_427_338], 'json'],
    ['JSON, with 250,000 bytes kept free', [2_957_841], 'json'],
    ['no form', [2_957_842], 'none'],
    ['JSON, with 512 bytes for each of five', [1, 1, 1, 1, 2_956_293], 'json'],
    ['no form, of the first', [1, 1, 1, 1, 2_956_294], 'left'],
  ])('fits into %s', async (_, sizes, format) => {
    const files = sizes.map((bytes, place) => ({ ...aFile('', bytes), name: `${place}.xlsx` }));

    const plan = await planAttachments(files, OPTIONS);

    const isWhole = plan.leftOut.length === 0;
    const left = plan.attached.length > 0 ? 'left' : 'none';
    expect(isWhole ? plan.format : left).toBe(format);
  });

  it('zips nothing that fits as it is', async () => {
    const plan = await planAttachments([aFile('', 1.4 * MB, false)], OPTIONS);

    expect(plan.attached).toMatchObject([
      { name: 'Identity_Overview.csv', contentType: 'text/csv', isZipped: false },
    ]);
  });

  it('attaches the workbook alone where CSV files are switched off', async () => {
    const workbook = { ...aFile('', 10), name: 'mfa-gaps-2026-11-21.xlsx' };

    const plan = await planAttachments([workbook, aFile('', 10)], { ...OPTIONS, attachCsv: false });

    expect(plan.attached.map(({ name }) => name)).toEqual(['mfa-gaps-2026-11-21.xlsx']);
    expect(plan.leftOut).toEqual([]);
  });

  it('leaves out a file that was too long to be kept', async () => {
    const file = { name: 'Identity_Overview.csv', rows: 100_000, bytes: 40 * MB };

    const plan = await planAttachments([file, aFile('_Unknown', 10)], OPTIONS);

    expect(plan.leftOut).toEqual([
      { name: 'Identity_Overview.csv', rows: 100_000, because: 'it is too long to be mailed' },
    ]);
    expect(namesOf(plan.attached)).toEqual(['_Unknown.csv']);
  });

  it('attaches no list of nobody, but always the overview', async () => {
    const empty = (name: string) => ({ ...aFile(name, 10), rows: 0 });

    const plan = await planAttachments(
      [empty(''), empty('_Unknown'), { ...aFile('_X', 10), rows: 1 }],
      OPTIONS,
    );

    expect(namesOf(plan.attached)).toEqual(['.csv', '_X.csv']);
    expect(plan.leftOut).toEqual([]);
  });

  it('says that attachments are switched off', async () => {
    const plan = await planAttachments([aFile('', 10)], { ...OPTIONS, attachCsv: false });

    expect(plan).toMatchObject({
      attached: [],
      leftOut: [{ because: 'attachments are switched off' }],
      format: 'mime',
    });
  });

  it('attaches no workbook where it is switched off', async () => {
    const workbook = { ...aFile('', 10), name: 'mfa-gaps-2026-11-21.xlsx' };

    const plan = await planAttachments([workbook, aFile('', 10)], {
      ...OPTIONS,
      attachWorkbook: false,
    });

    expect(namesOf(plan.attached)).toEqual(['.csv']);
    expect(plan.leftOut).toEqual([]);
  });

  it('stays MIME where a mailbox with an address asks for a receipt', async () => {
    const plan = await planAttachments([aFile('', 10)], {
      ...OPTIONS,
      requestDeliveryReceipt: true,
    });

    expect(plan.format).toBe('mime');
  });

  it.each([
    ['the mail is not to be kept', { saveToSentItems: false }],
    [
      'a mailbox without address asks for a receipt',
      { requestDeliveryReceipt: true, emailFrom: 'id' },
    ],
  ])('takes JSON where %s', async (_, options) => {
    const plan = await planAttachments([aFile('', 10)], { ...OPTIONS, ...options });

    expect(plan.format).toBe('json');
  });

  it('writes the same archive for the same report', async () => {
    const files = [aFile('', 2.2 * MB, false), aFile('_Unknown', 1 * MB)];

    const [first, second] = await Promise.all([
      planAttachments(files, OPTIONS),
      planAttachments(files, OPTIONS),
    ]);

    expect(first.attached[0]?.name).toBe('Identity_Overview.csv.zip');
    expect(first.attached[0]?.content.equals(second.attached[0]?.content ?? Buffer.alloc(0))).toBe(
      true,
    );
  });
});
