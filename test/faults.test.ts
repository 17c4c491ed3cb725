import { describe, expect, it } from '@jest/globals';
import type { Endpoint, Fault } from '../lib/simulation/faults/faults.ts';
import { fixtureId } from '../lib/simulation/people/fixture-user.ts';
import { FIXTURE_USERS } from '../lib/simulation/people/fixture-users.ts';
import type { ExpectedStanding } from '../lib/simulation/people/person.ts';
import type { SourceName } from '../lib/sources/coverage.ts';
import { extentOf } from './support/extent.ts';
import { reportOf, runOnTenant, standingsOf } from './support/run-on-tenant.ts';
import type { RunOnTenantOptions, RunResult } from './support/run-on-tenant.ts';

/** Enough people and sign-ins for several pages of users and of both kinds of sign-ins; their files are looked at elsewhere. */
const SEVERAL_PAGES = {
  people: 510,
  signIns: 2600,
  settings: { ATTACH_CSV: 'false', ATTACH_WORKBOOK: 'false' },
} as const;

const HITS: readonly string[] = ['stopped', 'impact', 'missing', 'not-usable', 'unknown'];

function expectedStandings(): ReadonlyMap<string, ExpectedStanding> {
  return new Map(FIXTURE_USERS.map(({ key, expected }) => [key, expected.standing]));
}

function actualStandings(result: RunResult): ReadonlyMap<string, string> {
  const standings = standingsOf(result);
  return new Map(
    FIXTURE_USERS.map(({ key }) => [key, standings.get(fixtureId(key)) ?? 'out-of-scope']),
  );
}

/** The fixture users whom a report makes look safe though they are not, or accuses though they are not to blame. */
function wronged(result: RunResult, isActivityKnown = true): readonly string[] {
  const actual = actualStandings(result);
  const { registrations, interactiveSignIns, nonInteractiveSignIns } = missingIn(result);
  const areSignInsKnown = (interactiveSignIns ?? nonInteractiveSignIns) === undefined;
  return [...expectedStandings()].flatMap(([key, expected]) => {
    const found = actual.get(key) ?? '';
    // Without the last sign-in everybody counts as active, and the report says so.
    const mayBeNamed = found === expected || (!isActivityKnown && expected === 'dormant');
    // Only the report tells that a method is gone: without it there is but MFA that was done.
    const isLossUnknown = registrations !== undefined && key === 'method-gone';
    // No refusal seen proves nothing, and makes nobody unknown.
    const isRefusalUnseen = !areSignInsKnown && expected === 'stopped';
    const isWrong =
      (expected === 'out-of-scope') !== (found === 'out-of-scope') ||
      (HITS.includes(expected) && !HITS.includes(found) && !isLossUnknown && !isRefusalUnseen) ||
      (HITS.includes(found) && found !== 'unknown' && !mayBeNamed);
    return isWrong ? [`${key}: ${expected} → ${found}`] : [];
  });
}

function missingIn(result: RunResult): Readonly<Partial<Record<SourceName, string>>> {
  return Object.fromEntries(
    reportOf(result)
      .coverage.filter(({ state }) => state !== 'complete')
      .map(({ source, cause }) => [source, cause?.kind]),
  );
}

function expectPartial(result: RunResult): void {
  const { subject = '', html = '' } = result.mail ?? {};
  const text = result.words;
  expect(subject).toMatch(/^PARTIAL – /);
  expect(text).toMatch(/(?:^|! )Part of the data is missing/);
  expect(text).toContain('What it means:');
  expect(text).toContain('What to do:');
  expect(html.indexOf('Part of the data is missing')).toBeLessThan(html.indexOf('<h1'));
  expect(text).not.toMatch(
    /nobody (?:was |seen )?stopped|nobody is blocked|all is well|no issues/i,
  );
  expect(result.lines.map(({ event }) => event)).toContain('report.partial');
}

function expectQuietLog({ lines }: RunResult): void {
  const text = JSON.stringify(lines);
  const told = FIXTURE_USERS.flatMap(({ key, displayName, userPrincipalName }) =>
    [fixtureId(key), displayName, userPrincipalName].filter(
      (value) => value && text.includes(value),
    ),
  );
  expect(told).toEqual([]);
  expect(text).not.toMatch(/@contoso|eyJ|Bearer/);
}

const eachListing = (kind: 'html' | 'reset' | 'halfPage'): readonly Fault[] =>
  (['users', 'registrations', 'interactiveSignIns', 'nonInteractiveSignIns', 'roles'] as const).map(
    (endpoint) => ({ endpoint, kind, times: 1 }),
  );

describe('a fault that passes', () => {
  it.each(
    extentOf<[string, readonly Fault[]]>([
      [
        '429 with seconds',
        [{ endpoint: 'interactiveSignIns', kind: 'throttled', retryAfterSeconds: 7, times: 2 }],
      ],
      ['429 without Retry-After', [{ endpoint: 'registrations', kind: 'throttled', times: 2 }]],
      [
        '429 with garbage',
        [{ endpoint: 'registrations', kind: 'badRetryAfter', value: 'garbage', times: 2 }],
      ],
      [
        '429 with a date that has passed',
        [{ endpoint: 'roles', kind: 'badRetryAfter', value: 'past', times: 2 }],
      ],
      ['an HTML error page everywhere', eachListing('html')],
      ['a reset everywhere', eachListing('reset')],
      ['half a page everywhere', eachListing('halfPage')],
      ['503 twice', [{ endpoint: 'nonInteractiveSignIns', kind: 'status', status: 503, times: 2 }]],
      [
        'a token that expires midway',
        [{ endpoint: 'interactiveSignIns', kind: 'expiredToken', on: 2, times: 1 }],
      ],
      [
        'a page token that expires midway',
        [
          { endpoint: 'interactiveSignIns', kind: 'expiredPageToken', on: 2, times: 1 },
          { endpoint: 'users', kind: 'expiredPageToken', times: 1 },
        ],
      ],
      ['pages that come twice', [{ endpoint: 'interactiveSignIns', kind: 'repeatedPage' }]],
      ['rows in any order', [{ endpoint: 'nonInteractiveSignIns', kind: 'shuffled' }]],
      [
        'a refusal of $select',
        [
          { endpoint: 'interactiveSignIns', kind: 'refuseSelect' },
          { endpoint: 'nonInteractiveSignIns', kind: 'refuseSelect' },
        ],
      ],
      [
        'a refusal of or',
        [
          { endpoint: 'interactiveSignIns', kind: 'refuseOr' },
          { endpoint: 'nonInteractiveSignIns', kind: 'refuseOr' },
        ],
      ],
      ['a page limit of 120 users', [{ endpoint: 'users', kind: 'fewerUsers' }]],
    ]),
  )('is not noticed by the reader: %s', async (_, faults) => {
    const result = await runOnTenant({ ...SEVERAL_PAGES, faults });

    expect(reportOf(result).isPartial).toBe(false);
    expect(result.mail?.subject).not.toContain('PARTIAL');
    expect(actualStandings(result)).toEqual(expectedStandings());
    expectQuietLog(result);
  });

  it('waits until the date that Graph says', async () => {
    const result = await runOnTenant({
      startsAt: new Date(),
      faults: [
        {
          endpoint: 'users',
          kind: 'throttled',
          retryAfterSeconds: 60,
          retryAfterForm: 'date',
          times: 1,
        },
      ],
    });

    expect(reportOf(result).isPartial).toBe(false);
    const [waitMs = 0] = result.waitsMs;
    expect(waitMs).toBeGreaterThan(50_000);
    expect(waitMs).toBeLessThan(90_000);
  });

  it('waits as long as Graph says', async () => {
    const { waitsMs } = await runOnTenant({
      faults: [{ endpoint: 'registrations', kind: 'throttled', retryAfterSeconds: 17, times: 1 }],
    });

    expect(waitsMs).toContain(17_000);
  });
});

describe('a source that cannot be read', () => {
  const signIns = (kind: 'interactive' | 'nonInteractive', fault: object): Fault =>
    ({ endpoint: `${kind}SignIns`, ...fault }) as Fault;

  it.each(
    extentOf<[string, readonly Fault[], Partial<Record<SourceName, string>>]>([
      [
        'registrations without consent',
        [{ endpoint: 'registrations', kind: 'noConsent' }],
        { registrations: 'consent' },
      ],
      [
        'registrations without licence',
        [{ endpoint: 'registrations', kind: 'unlicensed' }],
        { registrations: 'licence' },
      ],
      [
        'registrations behind 504',
        [{ endpoint: 'registrations', kind: 'status', status: 504 }],
        { registrations: 'fault' },
      ],
      [
        'registrations in a loop',
        [{ endpoint: 'registrations', kind: 'loopingLink' }],
        { registrations: 'fault' },
      ],
      [
        'registrations without an end',
        [{ endpoint: 'registrations', kind: 'endlessLinks' }],
        { registrations: 'fault' },
      ],
      [
        'registrations on another host',
        [{ endpoint: 'registrations', kind: 'foreignLink' }],
        { registrations: 'fault' },
      ],
      [
        'interactive sign-ins without consent',
        [signIns('interactive', { kind: 'noConsent' })],
        { interactiveSignIns: 'consent' },
      ],
      [
        'non-interactive sign-ins without consent',
        [signIns('nonInteractive', { kind: 'noConsent' })],
        { nonInteractiveSignIns: 'consent' },
      ],
      [
        'both kinds of sign-ins without consent',
        [
          signIns('interactive', { kind: 'noConsent' }),
          signIns('nonInteractive', { kind: 'noConsent' }),
        ],
        { interactiveSignIns: 'consent', nonInteractiveSignIns: 'consent' },
      ],
      [
        'sign-ins that break off midway',
        [signIns('interactive', { kind: 'status', status: 503, on: 2 })],
        { interactiveSignIns: 'fault' },
      ],
      [
        'sign-ins in a loop',
        [signIns('interactive', { kind: 'loopingLink' })],
        { interactiveSignIns: 'fault' },
      ],
      [
        'sign-ins without an end',
        [signIns('nonInteractive', { kind: 'endlessLinks' })],
        { nonInteractiveSignIns: 'fault' },
      ],
      [
        'sign-ins on another host',
        [signIns('interactive', { kind: 'foreignLink' })],
        { interactiveSignIns: 'fault' },
      ],
      [
        'sign-ins throttled beyond the end of the run',
        [signIns('nonInteractive', { kind: 'throttled', retryAfterSeconds: 3600 })],
        { interactiveSignIns: 'fault', nonInteractiveSignIns: 'fault', audits: 'fault' },
      ],
      [
        'sign-ins without beta',
        [
          signIns('interactive', { kind: 'refuseBeta' }),
          signIns('nonInteractive', { kind: 'refuseBeta' }),
        ],
        { interactiveSignIns: 'version', nonInteractiveSignIns: 'version' },
      ],
      [
        'activity without licence',
        [{ endpoint: 'users', kind: 'unlicensed' }],
        { activity: 'licence' },
      ],
      ['roles without consent', [{ endpoint: 'roles', kind: 'noConsent' }], { roles: 'consent' }],
      [
        'members of roles without consent',
        [{ endpoint: 'roleMembers', kind: 'noConsent' }],
        { roles: 'consent' },
      ],
      [
        'everything but the people',
        [
          { endpoint: 'users', kind: 'unlicensed' },
          ...(
            ['registrations', 'interactiveSignIns', 'nonInteractiveSignIns', 'roles'] as const
          ).map((endpoint) => ({ endpoint, kind: 'noConsent' }) as const),
        ],
        {
          activity: 'licence',
          registrations: 'consent',
          interactiveSignIns: 'consent',
          nonInteractiveSignIns: 'consent',
          roles: 'consent',
        },
      ],
    ]),
  )('makes nobody look safe or unsafe, and is told first: %s', async (_, faults, missing) => {
    const isMidway = faults.some(({ on }) => on !== undefined);

    const result = await runOnTenant({ ...(isMidway && SEVERAL_PAGES), faults });

    expect(missingIn(result)).toEqual(missing);
    expectPartial(result);
    expect(wronged(result, missing.activity === undefined)).toEqual([]);
    expectQuietLog(result);
  });

  it('is a note where some roles cannot be read: who holds another is still told', async () => {
    const result = await runOnTenant({
      faults: [{ endpoint: 'roleMembers', kind: 'status', status: 503, on: 3 }],
    });

    expect(missingIn(result)).toEqual({});
    expect(wronged(result)).toEqual([]);
    expect(result.words).toContain('there may be more administrators than are named here');
    expectQuietLog(result);
  });

  it('names what is missing in the reason of everybody whom it keeps from being judged', async () => {
    const result = await runOnTenant({
      faults: [{ endpoint: 'nonInteractiveSignIns', kind: 'noConsent' }],
    });

    const before = expectedStandings();
    const unjudged = reportOf(result).hits.unknown.filter(({ user }) =>
      FIXTURE_USERS.some(({ key }) => fixtureId(key) === user.id && before.get(key) !== 'unknown'),
    );
    expect(unjudged.length).toBeGreaterThan(20);
    const named = /could not be read in full|sign-ins after it may be missing/;
    expect(unjudged.filter(({ reason }) => !named.test(reason))).toEqual([]);
  });

  it('gives no number that hangs on it', async () => {
    const result = await runOnTenant({
      faults: [{ endpoint: 'registrations', kind: 'noConsent' }],
    });

    const { hits, capableShare } = reportOf(result).figures;
    expect(capableShare).toBeUndefined();
    expect([hits.impact.people.kind, hits.missing.people.kind]).toEqual(['not-known', 'not-known']);
    expect(result.mail?.subject).toMatch(/at least \d+ stopped/);
    expect(hits.stopped.people.kind).toBe('at-least');
  });

  it.each<[Endpoint, SourceName]>([
    ['subscribedSkus', 'licences'],
    ['organization', 'organisation'],
  ])('is not PARTIAL where it decides no standing: %s', async (endpoint, source) => {
    const result = await runOnTenant({ faults: [{ endpoint, kind: 'noConsent' }] });

    expect(missingIn(result)).toEqual({ [source]: 'consent' });
    expect(result.mail?.subject).not.toContain('PARTIAL');
    expect(actualStandings(result)).toEqual(expectedStandings());
    expect(result.words).toContain('not known, because Graph refused access');
  });

  it('tells a tenant without a licence so, and blames nobody in it', async () => {
    const result = await runOnTenant({ licence: 'free' });

    expect(missingIn(result)).toEqual({
      activity: 'licence',
      registrations: 'licence',
      interactiveSignIns: 'licence',
      nonInteractiveSignIns: 'licence',
    });
    expectPartial(result);
    expect(result.words).toContain('the tenant has no Entra ID P1 or P2 licence');
    expect(wronged(result, false)).toEqual([]);
    expect(reportOf(result).hits.impact).toEqual([]);
  });

  it('is told by its permission where the token lacks it', async () => {
    const result = await runOnTenant({ roles: ['Directory.Read.All', 'Mail.Send'] });

    expect(missingIn(result)).toMatchObject({
      registrations: 'consent',
      interactiveSignIns: 'consent',
      nonInteractiveSignIns: 'consent',
    });
    expect(result.words).toContain('AuditLog.Read.All');
  });
});

describe('a run that cannot be', () => {
  async function failureOf(options: RunOnTenantOptions): Promise<RunResult> {
    const result = await runOnTenant(options);
    expect(result.summary).toBeUndefined();
    expect(result.lines.at(-1)).toMatchObject({ level: 'error', event: 'run.failed' });
    expectQuietLog(result);
    return result;
  }

  it.each<[string, readonly Fault[], string]>([
    ['are refused', [{ endpoint: 'users', kind: 'noConsent' }], 'graph_denied'],
    ['never come', [{ endpoint: 'users', kind: 'html' }], 'graph_unreachable'],
    ['go on at another host', [{ endpoint: 'users', kind: 'foreignLink' }], 'graph_unexpected'],
    ['come in a loop', [{ endpoint: 'users', kind: 'loopingLink' }], 'graph_unexpected'],
    [
      'end in the middle',
      [{ endpoint: 'users', kind: 'status', status: 503, on: 2 }],
      'graph_unreachable',
    ],
  ])('fails and sends nothing where the people %s', async (_, faults, code) => {
    const { error, sentMails } = await failureOf({ ...SEVERAL_PAGES, faults });

    expect(error).toMatchObject({ code });
    expect(sentMails).toEqual([]);
  });

  it('fails where the identity endpoint hangs', async () => {
    const { error, requests } = await failureOf({
      faults: [{ endpoint: 'token', kind: 'hang' }],
      passesLimits: true,
    });

    expect(error).toMatchObject({ code: 'token_unavailable' });
    expect(requests.filter(({ path }) => path !== '/msi/token')).toEqual([]);
  });

  it('fails where the identity endpoint refuses', async () => {
    const { error } = await failureOf({
      faults: [{ endpoint: 'token', kind: 'status', status: 400 }],
    });

    expect(error).toMatchObject({ code: 'token_unavailable' });
  });
});

describe('sending', () => {
  async function sendWith(...faults: readonly Fault[]) {
    const result = await runOnTenant({ faults });
    return { ...result, posts: result.requests.filter(({ method }) => method === 'POST') };
  }

  it('is repeated after 429, as late as Graph says', async () => {
    const { summary, posts, sentMails, waitsMs } = await sendWith({
      endpoint: 'sendMail',
      kind: 'throttled',
      retryAfterSeconds: 11,
      times: 1,
    });

    expect(summary?.outcome).toBe('sent');
    expect(posts.map(({ status }) => status)).toEqual([429, 202]);
    expect(sentMails).toHaveLength(1);
    expect(waitsMs).toContain(11_000);
  });

  it.each(
    extentOf<[string, Fault]>([
      ['504', { endpoint: 'sendMail', kind: 'status', status: 504 }],
      ['503', { endpoint: 'sendMail', kind: 'status', status: 503 }],
      ['a reset', { endpoint: 'sendMail', kind: 'reset' }],
      ['a reset after Graph took it', { endpoint: 'sendMail', kind: 'acceptThenReset' }],
      ['an HTML page', { endpoint: 'sendMail', kind: 'html' }],
    ]),
  )('is not repeated after %s: the run fails and says that it is not known', async (_, fault) => {
    const result = await sendWith(fault);

    expect(result.error).toMatchObject({ code: 'mail_uncertain' });
    expect((result.error as Error).message).toContain('Look into the sender’s Sent Items');
    expect(result.posts).toHaveLength(1);
    expect(result.sentMails.length).toBeLessThanOrEqual(1);
    expect(result.lines.at(-1)?.event).toBe('run.failed');
    expectQuietLog(result);
  });

  it.each(
    extentOf<[string, Fault, string]>([
      [
        'the sender has no mailbox',
        { endpoint: 'sendMail', kind: 'noMailbox' },
        'EMAIL_FROM must be a user or a shared mailbox',
      ],
      [
        'Mail.Send is not granted',
        { endpoint: 'sendMail', kind: 'status', status: 403, code: 'ErrorAccessDenied' },
        'Grant the identity Mail.Send',
      ],
      [
        'the request is too large',
        { endpoint: 'sendMail', kind: 'status', status: 413, code: 'RequestEntityTooLarge' },
        'RequestEntityTooLarge',
      ],
      [
        'Graph answers 200 and drops it',
        { endpoint: 'sendMail', kind: 'status', status: 200 },
        'Graph answered 200 instead of 202',
      ],
      [
        'Graph throttles until the run ends',
        { endpoint: 'sendMail', kind: 'throttled', retryAfterSeconds: 7200 },
        'Graph refused the mail (TooManyRequests)',
      ],
    ]),
  )('fails where %s, and says what to do', async (_, fault, advice) => {
    const result = await sendWith(fault);

    expect(result.error).toMatchObject({ code: 'mail_rejected' });
    expect((result.error as Error).message).toContain(advice);
    expect(result.sentMails).toEqual([]);
    expect(result.posts).toHaveLength(1);
    expectQuietLog(result);
  });

  it('fails where the sender does not exist', async () => {
    const result = await runOnTenant({ settings: { EMAIL_FROM: 'nobody@contoso.example' } });

    expect(result.error).toMatchObject({ code: 'mail_rejected' });
    expect((result.error as Error).message).not.toContain('nobody@');
    expect(result.sentMails).toEqual([]);
  });
});
