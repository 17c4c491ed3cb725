import { describe, expect, it } from '@jest/globals';
import { killAt } from '../support/crash-points.ts';
import { setDayAfter } from '../support/day-after.ts';
import type { ProductProcess } from '../support/product-process.ts';
import { isMarked, stepsOf } from '../support/stage.ts';
import type { Stage } from '../support/stage.ts';

const SIX = { trigger: 'schedule', now: '2026-11-20T06:00:00Z' } as const;
const REPLAY = { trigger: 'schedule', now: '2026-11-20T06:02:00Z', isPastDue: true } as const;
const NEXT_SIX = { trigger: 'schedule', now: '2026-11-21T06:00:00Z' } as const;
const DAMAGE = Buffer.from('{"kind": "nothing of ours"');

let stage: Stage;
let product: ProductProcess;

setDayAfter((parts) => {
  ({ stage, product } = parts);
});

/** Writes over the one document whose name ends so. */
async function damage(ending: string | RegExp, bytes = DAMAGE): Promise<string> {
  const names = [...(await stage.contents()).keys()].filter(
    (name) => !name.startsWith('set-aside/'),
  );
  const name = names.findLast((each) => each.match(ending) !== null) ?? '';
  await stage.container.getBlockBlobClient(name).upload(bytes, bytes.length);
  return name;
}

/** The bytes that were set aside of a name. */
async function setAsideOf(name: string): Promise<readonly Buffer[]> {
  const copies = [...(await stage.contents())].filter(([each]) =>
    each.startsWith(`set-aside/${name}-`),
  );
  return copies.map(([, bytes]) => bytes);
}

async function lastMail() {
  const mail = (await stage.mails()).at(-1);
  const [text = '', html = ''] = [mail?.text, mail?.html].map((form) =>
    form?.replaceAll(/\s+/g, ' '),
  );
  return { ...mail, text, html };
}

function unreadableIn(answer: Awaited<ReturnType<Stage['perform']>>): readonly unknown[] {
  return (answer?.events ?? [])
    .filter(({ event }) => event === 'memory.unreadable')
    .map(({ facts }) => facts['document']);
}

describe('an unreadable claim', () => {
  it('may have been sent: what is stored goes out with the word that it may be a duplicate', async () => {
    await stage.perform(product, SIX);
    const name = await damage('claim.json');

    const answer = await stage.perform(product, REPLAY);

    expect(answer?.outcome).toBe('sent');
    expect((await stage.mails()).map(isMarked)).toEqual([false, false, true]);
    expect(unreadableIn(answer)).toEqual([name]);
    expect(await setAsideOf(name)).toEqual([DAMAGE]);
    expect(await stepsOf(stage)).toEqual(['sent', 'sent']);
  });

  it('is named in the mail where that has to be built anew', async () => {
    await killAt(stage, { label: 'PUT runs/digest.json.gz', count: 1, moment: 'before' }, SIX);
    await damage('claim.json');

    const answer = await stage.perform(product, REPLAY);

    const mail = await lastMail();
    expect(answer?.outcome).toBe('sent');
    expect(isMarked((await stage.mails())[1]!)).toBe(true);
    expect(mail.text).toContain('how far this digest had come could not be read (not JSON)');
    expect(mail.html).toContain('how far this digest had come could not be read (not JSON)');
  });

  it('is finished by the ingest timer', async () => {
    await stage.perform(product, SIX);
    await damage('claim.json');

    const answer = await stage.perform(product, { trigger: 'ingest', now: '2026-11-20T09:20:00Z' });

    expect(answer?.outcome).toBe('sent');
    expect((await stage.mails()).map(isMarked)).toEqual([false, false, true]);
  });

  it('of an earlier occurrence disturbs nothing', async () => {
    await damage('claim.json');

    const answer = await stage.perform(product, SIX);

    expect(answer?.outcome).toBe('sent');
    expect((await lastMail()).text).not.toContain('could not be delivered');
  });
});

describe('an unreadable lifecycle', () => {
  it('makes a first report that says so, and is set aside', async () => {
    const name = await damage(/^lifecycle\//);

    const answer = await stage.perform(product, SIX);

    const mail = await lastMail();
    const because = 'the record of earlier reports could not be read (not gzip) and is set aside';
    expect(answer?.outcome).toBe('sent');
    expect(mail.subject).not.toContain('PARTIAL');
    expect(mail.text).toContain('This is the first report');
    expect(mail.text).toContain(because);
    expect(mail.html).toContain(because);
    expect(unreadableIn(answer)).toEqual([name]);
    expect(await setAsideOf(name)).toEqual([DAMAGE]);
  });

  it('begins a new history', async () => {
    await damage(/^lifecycle\//);
    await stage.perform(product, SIX);

    await stage.perform(product, NEXT_SIX);

    const mail = await lastMail();
    expect(mail.text).toContain('changes since 20 Nov');
    expect(mail.text).not.toContain('could not be read');
  });
});

describe('an unreadable stored digest', () => {
  it('is built anew, and named', async () => {
    stage.tenant.addFault({ endpoint: 'sendMail', kind: 'noMailbox', times: 1 });
    await stage.perform(product, SIX);
    const name = await damage('2026-11-20.*digest.json.gz');

    const answer = await stage.perform(product, REPLAY);

    const mail = await lastMail();
    const because = 'this digest, as it was first built, could not be read (not gzip)';
    expect(answer?.outcome).toBe('sent');
    expect(isMarked((await stage.mails())[1]!)).toBe(false);
    expect(mail.text).toContain(because);
    expect(mail.html).toContain(because);
    expect(unreadableIn(answer)).toEqual([name]);
    expect(await setAsideOf(name)).toEqual([DAMAGE]);
  });
});

describe('an unreadable document of the ledger', () => {
  it.each([/days\/2026-11-18/, /days\/2026-11-19/, /tail/])(
    'is read anew, named, and set aside: %s',
    async (ending) => {
      const name = await damage(ending);

      const answer = await stage.perform(product, SIX);

      const mail = await lastMail();
      const because = 'one document of the sign-in ledger could not be read';
      expect(answer?.outcome).toBe('sent');
      expect(mail.text).toContain(because);
      expect(mail.html).toContain(because);
      expect(unreadableIn(answer)).toEqual([name]);
      expect(await setAsideOf(name)).toEqual([DAMAGE]);
    },
  );

  it('is named in the mail also where the ingest timer met it first', async () => {
    const name = await damage(/days\/2026-11-19/);
    const ingested = await stage.perform(product, {
      trigger: 'ingest',
      now: '2026-11-20T01:20:00Z',
    });

    await stage.perform(product, SIX);
    const named = (await lastMail()).text;
    await stage.perform(product, { ...NEXT_SIX, now: '2026-11-22T06:00:00Z' });

    expect(unreadableIn(ingested)).toEqual([name]);
    expect(named).toContain('one document of the sign-in ledger could not be read');
    expect((await lastMail()).text).not.toContain('could not be read');
  });
});

describe('exceptions.csv', () => {
  const register =
    'person,reason,approved by,expires\ncosima.wenger@contoso.example,A reason,Somebody,2026-11-30\n';
  const write = (bytes: Buffer) =>
    stage.container.getBlockBlobClient('exceptions.csv').upload(bytes, bytes.length);

  it.each([
    { what: 'is not UTF-8', bytes: Buffer.from([0xff, 0xfe, 0x70, 0x00]), says: 'is not UTF-8' },
    {
      what: 'has another header',
      bytes: Buffer.from('who;why\n'),
      says: 'does not begin with the header',
    },
    { what: 'leaves a quote open', bytes: Buffer.from(`${register}"`), says: 'quotation mark' },
  ])('excepts nobody where it $what, and is reported', async ({ bytes, says }) => {
    await write(bytes);

    const answer = await stage.perform(product, SIX);

    const mail = await lastMail();
    expect(answer?.outcome).toBe('sent');
    expect(mail.text).toContain(says);
    expect(mail.html).toContain(says);
    expect(unreadableIn(answer)).toEqual(['exceptions.csv']);
    expect((await stage.contents()).get('exceptions.csv')).toEqual(bytes);
  });

  it('keeps yesterday’s exceptions where it cannot be read, and is reported', async () => {
    await write(Buffer.from(register));
    await stage.perform(product, SIX);
    const before = (await lastMail()).files?.['Identity_Overview_Excepted.csv'];

    const answer = await stage.perform(product, NEXT_SIX, (asked) =>
      /\/exceptions\.csv/.test(asked.url) ? 403 : 'pass',
    );

    const mail = await lastMail();
    expect(before).toContain('cosima.wenger@contoso.example');
    expect(answer?.outcome).toBe('sent');
    expect(mail.files?.['Identity_Overview_Excepted.csv']).toContain(
      'cosima.wenger@contoso.example',
    );
    expect(mail.text).toContain('exceptions.csv could not be read; what it said last holds on.');
    expect(unreadableIn(answer)).toEqual(['exceptions.csv']);
  });
});
