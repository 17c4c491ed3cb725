import { describe, expect, it } from '@jest/globals';
import {
  runRecordName,
  isFinal,
  messageIdOf,
  runPrefix,
  runsPrefix,
  storedDigestName,
  acquireRunRecord,
  tryRunRecord,
} from '../../lib/delivery/run-record.ts';
import type { RunRecord } from '../../lib/delivery/run-record.ts';
import { createVolatileStore } from '../../lib/storage/store.ts';
import type { Lease, Store } from '../../lib/storage/store.ts';
import { startHastyTime } from '../support/hasty-time.ts';

const TENANT = '00000000-0000-4000-8000-000000000999';
const SIX = new Date('2026-11-21T06:00:00Z');
const NAME = `runs/${TENANT}/2026-11-21T06-00-00.000Z/claim.json`;
const STATUSES = ['claimed', 'report-built', 'sending', 'sent', 'not-needed'] as const;

/** A store whose lease has one holder at a time; `lose` aborts the lease that was given last. */
function aLeasedStore() {
  const store = createVolatileStore();
  const held = new Map<string, AbortController>();
  const taken: string[] = [];
  const leased: Store = {
    ...store,
    acquireLease: async (name): Promise<Lease | undefined> => {
      if (held.has(name)) return undefined;
      const lost = new AbortController();
      held.set(name, lost);
      taken.push(name);
      return { signal: lost.signal, release: async () => void held.delete(name) };
    },
  };
  const lose = () => [...held.values()].at(-1)?.abort(new Error('The lease was lost.'));
  return { store: leased, held, taken, lose };
}

function aMorning() {
  const leases = aLeasedStore();
  const time = startHastyTime(SIX);
  const enough = new AbortController();
  const options = {
    store: leases.store,
    tenantId: TENANT,
    occurrence: SIX,
    clock: time.clock,
    sleep: time.sleep,
    signal: enough.signal,
  };
  const written = async () => {
    const bytes = (await leases.store.get(NAME))?.bytes ?? '{}';
    return JSON.parse(bytes.toString()) as Readonly<Record<string, unknown>>;
  };
  return { ...leases, time, enough, options, written, take: () => acquireRunRecord(options) };
}

describe('the record of a run', () => {
  it('is held by one run at a time, under the tenant and the instant of the occurrence', async () => {
    const { options, taken } = aMorning();

    const [first, second] = [await tryRunRecord(options), await tryRunRecord(options)];

    expect(first?.status).toBeUndefined();
    expect(first?.unreadable).toBeUndefined();
    expect(first?.signal.aborted).toBe(false);
    expect(second).toBeUndefined();
    expect(taken).toEqual([`runs/${TENANT}/2026-11-21T06-00-00.000Z/claim`]);
  });

  it('remembers its status, with when it was reached, for whoever takes it next', async () => {
    const { take, time, written, enough } = aMorning();

    const record = await take();
    await record?.advance('claimed');
    await time.sleep(90_000, enough.signal);
    await record?.advance('sending');
    await record?.release();

    expect(record?.status).toBe('sending');
    expect(await written()).toMatchObject({
      kind: 'claim',
      version: 1,
      occurrence: '2026-11-21T06:00:00.000Z',
      step: 'sending',
      at: '2026-11-21T06:01:30.000Z',
    });
    expect((await take())?.status).toBe('sending');
  });

  it.each(STATUSES)('is read back with the status %s', async (status) => {
    const { options, held } = aMorning();
    await (await tryRunRecord(options))?.advance(status);
    held.clear();

    const next = await tryRunRecord(options);

    expect([next?.status, next?.unreadable]).toEqual([status, undefined]);
  });

  it('writes nothing once its lease is lost', async () => {
    const { take, lose, written } = aMorning();
    const record = await take();
    await record?.advance('claimed');

    lose();

    await expect(record?.advance('sending')).rejects.toThrow('The lease was lost.');
    expect((await written())['step']).toBe('claimed');
  });

  it('writes over no step that it has not seen', async () => {
    const { options, held, written } = aMorning();
    const late = await tryRunRecord(options);
    held.clear();
    const next = await tryRunRecord(options);
    await next?.advance('sent');

    await expect(late?.advance('claimed')).rejects.toMatchObject({ code: 'state_conflict' });
    expect((await written())['step']).toBe('sent');
  });

  it('lets go of its lease where the step cannot be read from the store', async () => {
    const { options, held, store } = aMorning();
    const failing = { ...store, get: () => Promise.reject(new Error('No answer.')) };

    await expect(tryRunRecord({ ...options, store: failing })).rejects.toThrow('No answer.');
    expect(held.size).toBe(0);
  });
});

describe('the record of a run that cannot be read', () => {
  async function unreadable(text: string): Promise<RunRecord | undefined> {
    const { store, take } = aMorning();
    await store.put(NAME, Buffer.from(text), 'always');
    return take();
  }

  it.each<[string, object, boolean]>([
    ['is whole', {}, true],
    ['has no occurrence', { occurrence: undefined }, false],
    ['has no instant', { at: 7 }, false],
    ['has a step that nobody knows', { step: 'posted' }, false],
    ['is of another kind', { kind: 'lifecycle' }, false],
  ])('is one that %s: %#', async (_, about, isReadable) => {
    const at = SIX.toISOString();
    const whole = { kind: 'claim', version: 1, occurrence: at, step: 'claimed', at };

    const record = await unreadable(JSON.stringify({ ...whole, ...about }));

    // The mail may have been sent.
    expect(record?.status).toBe(isReadable ? 'claimed' : 'sending');
    expect(record?.unreadable === undefined).toBe(isReadable);
  });

  it('says why', async () => {
    expect((await unreadable('{'))?.unreadable).toBe('not JSON');
  });
});

describe('a run that finds another one at the same occurrence', () => {
  it.each(['sent', 'not-needed'] as const)('has nothing to do once that is %s', async (status) => {
    const { options, take, time } = aMorning();
    await (await tryRunRecord(options))?.advance(status);

    expect(await take()).toBeUndefined();
    expect(time.waitsMs).toEqual([]);
  });

  it('looks again every two seconds, and goes on where the other stopped', async () => {
    const { options, take, time } = aMorning();
    const other = await tryRunRecord(options);
    await other?.advance('report-built');
    let looks = 0;

    const record = await acquireRunRecord({
      ...options,
      sleep: async (waitMs, signal) => {
        await time.sleep(waitMs, signal);
        looks += 1;
        if (looks === 3) await other?.release();
      },
    });

    expect(record?.status).toBe('report-built');
    expect(time.waitsMs).toEqual([2000, 2000, 2000]);
    await record?.release();
    expect((await take())?.status).toBe('report-built');
  });

  it.each([
    ['says nothing yet', undefined],
    ['cannot be read', Buffer.from('{')],
  ])('waits until its own end where that %s', async (_, bytes) => {
    const { options, store, enough } = aMorning();
    await tryRunRecord(options);
    if (bytes !== undefined) await store.put(NAME, bytes, 'always');

    const waiting = acquireRunRecord({
      ...options,
      sleep: async (_waitMs, signal) => {
        enough.abort(new Error('The run ends.'));
        signal.throwIfAborted();
      },
    });

    await expect(waiting).rejects.toThrow('The run ends.');
  });
});

describe('what belongs to one occurrence', () => {
  it('lies under its tenant and instant, and sorts by time', () => {
    expect(runsPrefix(TENANT)).toBe(`runs/${TENANT}/`);
    expect(runPrefix(TENANT, SIX)).toBe(`runs/${TENANT}/2026-11-21T06-00-00.000Z/`);
    expect(runRecordName(TENANT, SIX)).toBe(NAME);
    expect(storedDigestName(TENANT, SIX)).toBe(
      `runs/${TENANT}/2026-11-21T06-00-00.000Z/digest.json.gz`,
    );
  });

  it('is over when it is sent or not needed', () => {
    expect(STATUSES.filter(isFinal)).toEqual(['sent', 'not-needed']);
  });

  it('is one message, whoever sends it and how often', () => {
    const ids = [
      messageIdOf(TENANT, SIX),
      messageIdOf(TENANT, new Date(SIX)),
      messageIdOf(TENANT, new Date('2026-11-22T06:00:00Z')),
      messageIdOf('another tenant', SIX),
    ];

    expect(ids[0]).toBe('<0cf5e15c3edf86f3d55c473dc7260ebe@mfa-gap-mailer.invalid>');
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
  });
});
