import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_HTML_BYTES, renderDigest } from '../../lib/digest/render-digest.ts';
import type { Digest, DigestOptions } from '../../lib/digest/view-context.ts';
import type { Figure, Report } from '../../lib/report/report.ts';
import { HIT_LISTS } from '../../lib/standings/standings.ts';
import {
  aCoverage,
  aHistory,
  aPerson,
  aReport,
  byList,
  exactly,
  guid,
} from '../support/a-report.ts';
import { anyText } from '../support/any-text.ts';
import { runsOf } from '../support/extent.ts';
import { aCleanDay, aNormalDay, anUnlicensedDay, aPartialDay } from './sample-reports.ts';

const OPTIONS: DigestOptions = {
  subjectPrefix: '',
  openingParagraph: '',
  maxRows: 50,
  timeZone: 'UTC',
  locale: 'en-GB',
  portalOrigin: 'https://entra.microsoft.com',
  attachments: { attached: [], leftOut: [], format: 'mime' },
  version: '1.2.3',
};

function render(report: Report, options: Partial<DigestOptions> = {}): Digest {
  return renderDigest(report, { ...OPTIONS, ...options });
}

function withFigures(
  figures: Readonly<Record<(typeof HIT_LISTS)[number], Figure>>,
  about: Partial<Report> = {},
): Report {
  const report = aReport(about);
  const hits = byList((list) => ({ people: figures[list], admins: exactly(0) }));
  return { ...report, figures: { ...report.figures, hits } };
}

const NOBODY = byList(() => exactly(0));

/** What a reader sees of the HTML, in one line. */
function visible(html: string): string {
  return html
    .replaceAll(/<(style|title|xml)[^>]*>.*?<\/\1>|<!--.*?-->|<[^>]*>/gsu, ' ')
    .replaceAll(/&(?:#x27|apos);/gu, "'")
    .replaceAll(/\s+/gu, ' ');
}

describe('the subject', () => {
  it.each([
    [{}, 'nobody stopped · MFA report · Contoso'],
    [{ impact: exactly(1) }, '1 with one factor · MFA report · Contoso'],
    [
      { impact: exactly(7), missing: exactly(19), 'not-usable': exactly(4) },
      '7 with one factor, 23 without MFA · MFA report · Contoso',
    ],
    [{ unknown: exactly(2) }, 'nobody stopped, 2 not judged · MFA report · Contoso'],
  ])('says %j', (figures, subject) => {
    expect(render(withFigures({ ...NOBODY, ...figures })).subject).toBe(subject);
  });

  it.each<[Figure, string]>([
    [{ kind: 'at-least', value: 7 }, 'at least 7 with one factor'],
    [{ kind: 'at-least', value: 0 }, 'number of people stopped not known'],
    [{ kind: 'not-known' }, 'number of people stopped not known'],
    [exactly(0), 'nobody seen stopped'],
  ])(
    'begins with PARTIAL where data is missing, and says no more than is known',
    (impact, words) => {
      const report = withFigures({ ...NOBODY, impact }, { isPartial: true });

      expect(render(report).subject).toBe(`PARTIAL – ${words} · MFA report · Contoso`);
    },
  );

  it('begins with what happened to an emergency account where nobody was stopped', () => {
    const at = '2026-11-20T19:00:00Z';
    const { user } = aPerson();
    const emergencyNews = [{ user, at, kind: 'method', what: 'registered' } as const];

    expect(render(withFigures(NOBODY, { emergencyNews })).subject).toBe(
      'an emergency account was used or changed, nobody stopped · MFA report · Contoso',
    );
    expect(render(withFigures({ ...NOBODY, stopped: exactly(1) }, { emergencyNews })).subject).toBe(
      '1 stopped · MFA report · Contoso',
    );
  });

  it('says that it was made on demand, after PARTIAL', () => {
    const report = aReport({ isPartial: true });

    expect(render(report, { isOnDemand: true }).subject).toMatch(
      /^PARTIAL – On demand – nobody seen stopped/u,
    );
  });

  it('holds no character that could make a header of it', () => {
    fc.assert(
      fc.property(anyText(), (name) => {
        const { subject } = render(aReport({ tenant: { name } }), { subjectPrefix: name });

        expect(subject).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(subject.length).toBeLessThan(500);
      }),
      { numRuns: runsOf(50) },
    );
  });
});

describe('a normal day', () => {
  const { html, text } = render(aNormalDay());
  const page = visible(html);

  it('tells the worst first, in HTML and in text alike', () => {
    const order = [
      '4 people got in with one factor and cannot do MFA.',
      '3 administrators stopped, or without a usable method',
      '14 open, 17 a week ago; at this pace done in January 2027.',
      'Start with these three',
      '6 changes since 20 Nov',
      '6 people have no MFA method',
      '1 person has a method registered',
      '1 person could not be judged',
      '1 of 2 emergency accounts is ready',
      '1 exception',
      'Open findings in the last 30 reports',
      'No file is attached.',
      'All 9 sources complete',
    ];

    for (const words of [page, text.replaceAll(/\s+/gu, ' ')]) {
      const positions = order.map((sentence) => words.indexOf(sentence));
      expect(positions).not.toContain(-1);
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    }
  });

  it('names each person with role, what was seen, and the next step', () => {
    expect(page).toContain(
      'Rahul Deshpande Global Administrator · since 9 Nov One factor, 3 times in 30 days, Microsoft 365 admin centre; registered: E-mail (password reset only) Give a Temporary Access Pass',
    );
  });

  it('links to a person’s two pages in the admin centre', () => {
    const [person] = aNormalDay().hits.impact;
    const menu =
      'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~';

    for (const blade of ['overview', 'UserAuthMethods']) {
      expect(html).toContain(`href="${menu}/${blade}/userId/${person?.user.id}"`);
    }
  });

  it('says the window that was seen, and the one that was asked for', () => {
    expect(page).toContain('sign-ins seen: 22 Oct to 21 Nov; 90 days were asked for.');
  });

  it('says what it cannot know: sign-ins by people not in the directory', () => {
    expect(page).toContain('132 sign-ins by 12 people who are not in the directory');
  });

  it('leads from each risk to its section', () => {
    const anchors = [...html.matchAll(/href="#([a-z-]+)"/gu)].map(([, id = '']) => id);

    expect(anchors).toEqual(['emergency', 'impact', 'exceptions']);
    for (const id of anchors) expect(html).toContain(` id="${id}"`);
  });

  it('shows how each figure changed', () => {
    expect(page).toMatch(/In with one factor 4 2 administrators 2 more since 20 Nov/u);
  });
});

describe('a clean day', () => {
  it('says that nobody was stopped, and what would have been shown', () => {
    const page = visible(render(aCleanDay()).html);

    expect(page).toContain(
      'Nobody was stopped at MFA, and nobody who was judged lacks a usable method.',
    );
    expect(page).toContain('On another day this mail lists');
  });

  it('is in no way said of a partial report', () => {
    const report = { ...aCleanDay(), isPartial: true };

    const { subject, html, text } = render(report);

    expect(`${subject} ${visible(html)} ${text}`).not.toMatch(
      /nobody stopped|Nobody was stopped|On another day|Nothing changed/u,
    );
  });
});

describe('a day in a cloud where Microsoft does not enforce MFA', () => {
  it('says so, and nothing of tools and portals that ask', () => {
    const enforced = visible(render(aNormalDay()).html);
    const other = visible(render({ ...aNormalDay(), isEnforced: false }).html);

    for (const words of ['may fail instead of asking', 'Portals ask for MFA at sign-in'])
      expect([enforced.includes(words), other.includes(words)]).toEqual([true, false]);
    expect(other).toContain('Microsoft does not enforce MFA in this cloud');
  });
});

describe('a partial day', () => {
  it('says how many people were counted where a workspace tells', () => {
    const read = { rows: 2000, pages: 4, people: 1234 };
    const coverage = [aCoverage({ source: 'interactiveSignIns', state: 'partial', ...read })];

    const { html } = render(aReport({ isPartial: true, coverage }));

    expect(visible(html)).toContain('in part: 2,000 rows, 1,234 people, 4 pages');
  });

  it('opens with what is missing, why, what it means and what to do', () => {
    const { html, text } = render(aPartialDay());

    for (const words of [visible(html), text.replaceAll(/\s+/gu, ' ')]) {
      const missing = words.indexOf(
        'Non-interactive sign-ins could not be read in full, because Graph answered too slowly',
      );
      expect(missing).toBeGreaterThan(-1);
      expect(missing).toBeLessThan(words.indexOf('At least 4 people'));
      expect(words).toContain(
        'What it means: Who got in with one factor or was stopped may be missing from the lists.',
      );
      expect(words).toContain('What to do: Raise RUN_TIME_LIMIT_MINUTES');
    }
  });

  it('says of registrations that are missing in part no more than follows from it', () => {
    const meaning = (state: 'partial' | 'not-available') => {
      const coverage = [aCoverage({ source: 'registrations', state })];
      return visible(render(aReport({ isPartial: true, coverage })).html);
    };

    expect(meaning('not-available')).toContain('so most people count as unknown');
    expect(meaning('partial')).not.toContain('most people');
    expect(meaning('partial')).toContain('counts as unknown where sign-ins do not decide');
  });

  it('prints no bare number that hangs on a missing source', () => {
    const { subject, html, text } = render(aPartialDay());

    for (const words of [subject, visible(html), text]) {
      expect(words).toMatch(/at least 4/iu);
      expect(words).not.toMatch(/(?<!at least )\b(?:4 people|6 people|7 without)/iu);
    }
  });

  it('says “not known” where nothing is known, and begins with no person', () => {
    const page = visible(render(anUnlicensedDay()).html);

    expect(page).toContain('How many people were stopped at MFA is not known today');
    expect(page).toContain('No sign-ins could be read; 90 days were asked for.');
    expect(page).toMatch(
      /Stopped at MFA not known In with one factor not known Without usable MFA not known/u,
    );
    expect(page).not.toContain('Start with');
  });

  it('names sources that lack for one cause once', () => {
    const page = visible(render(anUnlicensedDay()).html);

    expect(page).toContain(
      'When people last signed in, MFA registrations, interactive sign-ins and non-interactive sign-ins could not be read, because the tenant has no Entra ID P1 or P2 licence.',
    );
  });

  it('gives no number of those of whom some may rest, and sums up no administrators as if they were all', () => {
    const people = ['missing', 'missing', 'not-usable'].map((standing) =>
      aPerson({ standing: standing as 'missing' }),
    );
    const report = withFigures(
      { ...NOBODY, missing: { kind: 'not-known' }, 'not-usable': { kind: 'not-known' } },
      { isPartial: true, people },
    );
    const { hits } = report.figures;
    const admins = {
      ...hits,
      missing: { ...hits.missing, admins: { kind: 'not-known' } },
    } as const;
    const stopped = { ...hits.stopped, people: exactly(1), admins: exactly(1) };

    const { subject, html } = render({
      ...report,
      figures: { ...report.figures, hits: { ...admins, stopped } },
    });

    const page = visible(html);
    expect(subject).not.toMatch(/at least \d+ without/u);
    expect(page).toContain('2 people have no MFA method; some may be dormant');
    expect(page).toContain('At least 1 administrator stopped, or without a usable method');
  });

  it('does not say that nothing was read of sign-ins that do not say how MFA was done', () => {
    const day = anUnlicensedDay();
    const coverage = day.coverage.map((entry) =>
      entry.source === 'interactiveSignIns' ? { ...entry, rows: 14, pages: 1 } : entry,
    );

    const page = visible(render({ ...day, coverage }).html);

    expect(page).toContain('No part of the sign-in log could be read in full; 90 days were asked');
    expect(page).not.toContain('o sign-ins could be read');
  });
});

describe('stored state', () => {
  it('says that a first report has nothing to compare with', () => {
    const page = visible(render(aReport({ history: aHistory({ state: 'first' }) })).html);

    expect(page).toContain('This is the first report');
  });

  it('says why changes are not known, and that a mail may come twice', () => {
    const history = aHistory({ state: 'lost', problems: ['the container does not exist'] });

    const { html, text } = render(aReport({ history }));

    for (const words of [visible(html), text]) {
      expect(words).toContain('What changed is not known, because the container does not exist.');
      expect(words).toContain('a day may bring this mail more than once');
    }
  });

  it('has no section and no banner where nothing is to be remembered', () => {
    const page = visible(render(aReport({ history: aHistory({ state: 'none' }) })).html);

    expect(page).not.toMatch(/changed|first report|Nothing changed/u);
  });

  it('says in one line that nothing changed', () => {
    const page = visible(render(aReport({ history: aHistory() })).html);

    expect(page).toContain('Nothing changed since 20 Nov');
  });

  it('says that it may be a duplicate, what was not delivered and which settings changed', () => {
    const history = aHistory({
      undelivered: ['2026-11-20T06:00:00Z'],
      changedSettings: ['DAYS_TO_CHECK_LOGS'],
    });

    const { html, text } = render(aReport({ history }), { isPossibleDuplicate: true });

    for (const words of [visible(html), text.replaceAll(/\s+/gu, ' ')]) {
      expect(words).toContain('You may have this digest already');
      expect(words).toContain('The digest of 20 Nov 2026, 06:00 UTC could not be delivered.');
      expect(words).toContain('DAYS_TO_CHECK_LOGS was changed since the last report');
    }
  });
});

describe('files', () => {
  it('does not promise an attachment that is not there', () => {
    const because = 'attachments are switched off';

    const page = visible(
      render(aReport(), {
        attachments: {
          attached: [],
          leftOut: [{ name: 'a.csv', rows: 1, because }],
          format: 'mime',
        },
      }).html,
    );

    expect(page).toContain('No file is attached, because attachments are switched off.');
  });

  it('says where those are who are not shown, and why a file is left out', () => {
    const report = aReport({
      people: Array.from({ length: 5 }, () => aPerson()).concat(
        Array.from({ length: 4 }, () => aPerson({ standing: 'missing' })),
      ),
    });
    const page = visible(
      render(report, {
        maxRows: 2,
        attachments: {
          format: 'mime',
          attached: [
            {
              name: 'Identity_Overview_ImpactMFAEnforcement.csv.zip',
              csvName: 'Identity_Overview_ImpactMFAEnforcement.csv',
              contentType: 'application/zip',
              rows: 5,
              isZipped: true,
              content: Buffer.alloc(0),
            },
          ],
          leftOut: [
            { name: 'Identity_Overview.csv', rows: 9, because: 'the mail would be too large' },
          ],
        },
      }).html,
    );

    expect(page).toContain('3 more are in Identity_Overview_ImpactMFAEnforcement.csv.zip.');
    expect(page).toContain(
      '2 more are not shown, and Identity_Overview_MissingMFA.csv is not attached.',
    );
    expect(page).toContain('Identity_Overview.csv (9 rows), because the mail would be too large');
  });
});

describe('the size', () => {
  it('shortens unknown first and stopped last, and leaves three of each', () => {
    const people = HIT_LISTS.flatMap((standing) =>
      Array.from({ length: 40 }, (_, index) =>
        aPerson({ standing, user: { displayName: `${standing}-${index}` } }),
      ),
    );

    const page = visible(render(aReport({ people })).html);

    const shown = byList((list) => page.split(` ${list}-`).length - 1);
    expect(shown.stopped).toBeGreaterThan(shown.missing);
    expect(shown.unknown).toBe(3);
    expect(page).toContain(
      '37 more are not shown, and Identity_Overview_Unknown.csv is not attached.',
    );
  });

  it('stays below what Gmail shows, whatever the tenant', () => {
    const text = fc
      .constantFrom("'", '<', '&', 'é', '漢', '👩', 'a')
      .map((letter) => letter.repeat(500));
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 500 }), (name, maxRows) => {
        const { html, text: plain } = render(aHugeReport(name), { maxRows });

        expect(Buffer.byteLength(html)).toBeLessThan(MAX_HTML_BYTES);
        expect(Buffer.byteLength(plain)).toBeLessThan(MAX_HTML_BYTES);
      }),
      { numRuns: runsOf(7) },
    );
  });
});

describe('hostile text', () => {
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<script>',
          '</td></tr>',
          '"',
          "'",
          '`',
          '=',
          '&lt;',
          '{{headline}}',
          '<!--[if mso]>',
          '-->',
          '\u202E',
          '\0',
        ),
        anyText({ maxLength: 8 }),
      ),
      { maxLength: 6 },
    )
    .map((parts) => `x${parts.join('')}`);

  it('makes no element and no attribute, wherever it stands', () => {
    const expected = skeleton(render(aHostileReport('x')).html);
    fc.assert(
      fc.property(hostile, (text) => {
        expect(skeleton(render(aHostileReport(text)).html)).toEqual(expected);
      }),
      { numRuns: runsOf(60) },
    );
  });

  it('makes no link of an id that is none of Entra’s', () => {
    const { html, text } = render(
      aReport({ people: [aPerson({ user: { id: 'x" onclick="y' } })] }),
    );

    expect(html).not.toMatch(/onclick|userId/u);
    expect(text).not.toContain('userId');
  });

  it('isolates the direction of each name', () => {
    const { html } = render(aReport({ people: [aPerson({ user: { displayName: 'שרה כהן' } })] }));

    expect(html).toContain('<b dir="auto">שרה כהן</b>');
  });
});

/** The tags of a page without the texts that stand in attributes. */
function skeleton(html: string): readonly string[] {
  return (html.match(/<[^>]*>/gu) ?? []).map((tag) => tag.replace(/aria-label="[^"]*"/u, ''));
}

function aHostileReport(text: string): Report {
  const user = { displayName: text, userPrincipalName: `${text}@contoso.example` };
  const person = aPerson({
    user: { id: guid(1), ...user },
    roles: [text],
    methods: [text],
    reason: text,
  });
  const named = { id: guid(1), ...user };
  return aReport({
    tenant: { id: text, name: text },
    people: [person],
    isPartial: true,
    remarks: [text],
    coverage: [
      aCoverage({
        source: 'roles',
        state: 'partial',
        cause: { kind: 'fault', because: text, remedy: text },
        notes: [text],
      }),
    ],
    emergencyAccounts: [
      { configured: text, state: 'not-found', checks: [], isDrillDue: false, sentence: text },
    ],
    history: aHistory({
      problems: [text],
      changes: [
        {
          findingId: text,
          ...named,
          kind: 'opened',
          openedOn: '2026-11-21',
          ageDays: 0,
          reason: text,
        },
      ],
      exceptions: {
        active: [
          {
            ...named,
            reason: text,
            approvedBy: text,
            expiresOn: '2026-11-22',
            daysLeft: 1,
            isNew: true,
          },
        ],
        ended: [{ ...named, reason: text, approvedBy: text, expiresOn: '2026-11-20' }],
        refused: [{ line: 2, because: text }],
        problem: text,
      },
    }),
  });
}

function aHugeReport(text: string): Report {
  const report = aHostileReport(text);
  const many = <Item>(item: Item): readonly Item[] => Array.from({ length: 300 }, () => item);
  const [person] = report.people;
  if (person === undefined || report.history === undefined) throw new Error('The report is empty.');
  const { history } = report;
  const { applications } = person;
  return aReport({
    ...report,
    people: HIT_LISTS.flatMap((standing) =>
      many({ ...person, applications, standing, roles: many(text), methods: many(text) }),
    ),
    hits: byList((list) =>
      many({ ...person, applications, standing: list, roles: many(text), methods: many(text) }),
    ),
    remarks: many(text),
    coverage: report.coverage.flatMap((entry) => many({ ...entry, notes: many(text) })).slice(0, 8),
    emergencyAccounts: many(report.emergencyAccounts[0]!),
    history: {
      ...history,
      problems: many(text),
      changes: (['opened', 'regressed', 'reopened', 'moved', 'resolved'] as const).flatMap((kind) =>
        many({ ...history.changes[0]!, kind }),
      ),
      changedSettings: many(text),
      undelivered: many('2026-11-20T06:00:00Z'),
      trend: Array.from({ length: 30 }, () => ({
        day: '2026-11-20',
        isPartial: false,
        hits: byList(() => 300),
      })),
      exceptions: {
        active: many(history.exceptions.active[0]!),
        ended: many(history.exceptions.ended[0]!),
        refused: many(history.exceptions.refused[0]!),
        problem: text,
      },
    },
  });
}
