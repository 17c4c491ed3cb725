import { describe, expect, it } from '@jest/globals';
import { renderSample } from './render-sample.ts';
import { aHistory, aPerson, aReport, aUse, exactly } from '../support/a-report.ts';

/** The rows of the plain-text part: who stands in each, in order. */
function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/^\d+\. (.+)$/gmu)].map(([, name = '']) => name);
}

const MANY = Array.from({ length: 60 }, (_, index) =>
  aPerson({
    standing: 'missing',
    user: {
      displayName: `Colleague ${index}`,
      department: index % 3 === 0 ? 'Finance' : 'Platform',
    },
  }),
);

describe('the lists of the mail', () => {
  const portal = 'Azure portal, Entra and Intune admin centres';

  it.each([
    [{ successes: 3 }, 'One factor, 3 times in 30 days, last 3 Nov'],
    [{ successes: 1 }, 'One factor, once in 30 days, last 3 Nov'],
    [{ successes: 5, successesWithOneFactor: 1 }, 'One factor, 1 of 5 times in 30 days'],
    [{ successes: 2, successesWithMfa: 2 }, 'With a method that is gone, 2 times in 30 days'],
    [{ successes: 1, successesWithMfa: 1 }, 'With a method that is gone, once in 30 days'],
    [
      { successes: 4, successesWithMfa: 1, successesWithOneFactor: 0 },
      'With a method that is gone, 1 of 4 times in 30 days',
    ],
  ])('say of somebody who got in and cannot do MFA no more than the log: %j', async (use, said) => {
    const person = aPerson({
      applications: [aUse(portal, use)],
      lastUseAt: '2026-11-03T08:00:00Z',
    });
    const { text } = await renderSample(aReport({ people: [person] }));

    expect(text.replaceAll(/\s+/gu, ' ')).toContain(`${said}`);
  });

  it('show every administrator and emergency account of a list, whatever the limit', async () => {
    const admins = Array.from({ length: 20 }, (_, index) =>
      aPerson({
        standing: 'unknown',
        user: { displayName: `Admin ${index}` },
        privilege: 'global-administrator',
        roles: ['Global Administrator'],
      }),
    );
    const { text } = await renderSample(aReport({ people: [...admins, ...MANY] }));
    const [, list = ''] = text.split('could not be judged\n-');

    expect(namesIn(list).filter((name) => name.startsWith('Admin'))).toHaveLength(20);
  });

  it('give numbers by next step and department for those beyond their rows', async () => {
    const scripts = MANY.slice(0, 10).map((person) => ({
      ...person,
      nextStep: 'move-script' as const,
    }));
    const { text } = await renderSample(aReport({ people: [...scripts, ...MANY.slice(10)] }));
    const words = text.replaceAll(/\s+/gu, ' ');

    expect(words).toContain('50 more are in mfa-gaps-2026-11-21.xlsx.');
    expect(words).toContain(
      'By next step: Give a Temporary Access Pass 50 · Move the script 10. By department: Platform 40 · Finance 20.',
    );
  });

  it('count those without a department too, so that the numbers add up', async () => {
    const strays = MANY.slice(0, 6).map((person) => ({
      ...person,
      user: { ...person.user, department: undefined },
    }));
    const { text } = await renderSample(aReport({ people: [...strays, ...MANY.slice(6)] }));

    expect(text.replaceAll(/\s+/gu, ' ')).toContain(
      'By department: Platform 36 · Finance 18 · none 6.',
    );
  });

  it('call nobody new in a first report, which knows of no day before', async () => {
    const people = [aPerson({ standing: 'missing', ageDays: 0 })];
    const textOf = async (state: 'first' | 'kept') =>
      (await renderSample(aReport({ people, history: aHistory({ state }) }))).text;

    expect(await textOf('kept')).toContain('new today');
    expect(await textOf('first')).not.toContain('new today');
  });

  it('count those apart who have registered a method since', async () => {
    const registered = MANY.slice(0, 2).map((person) => ({
      ...person,
      registeredSince: '2026-11-21T04:00:00Z',
    }));
    const wordsOf = async (people: typeof MANY) =>
      (await renderSample(aReport({ people }))).text.replaceAll(/\s+/gu, ' ');

    expect(await wordsOf([...MANY.slice(2), ...registered])).toContain(
      '2 of them have registered a method since Entra’s report was written, and stand last.',
    );
    expect(await wordsOf(MANY)).not.toContain('of them have registered');
  });

  it('call external people by their own address where they have no name', async () => {
    const guest = aPerson({
      kind: 'external',
      isGuest: true,
      user: {
        displayName: '',
        userPrincipalName: 'mette_fabrikam.example#EXT#@contoso.example',
        homeAddress: 'mette@fabrikam.example',
      },
    });
    const { text } = await renderSample(aReport({ people: [guest] }));

    expect(text).toContain('mette[at]fabrikam[.]example (external, fabrikam[.]example)');
    expect(text).not.toContain('#EXT#');
  });

  it('say of a list of whom nothing is known where it is, and no row', async () => {
    const people = MANY.map((person) => ({
      ...person,
      standing: 'unknown' as const,
      unknownGroup: 'registration-not-known' as const,
    }));
    const { text } = await renderSample(aReport({ people }));
    const [, list = ''] = text.split('could not be judged\n-');

    expect(namesIn(list)).toEqual([]);
    expect(list).toContain('60 are in mfa-gaps-2026-11-21.xlsx.');
  });
});

describe('the figures of a morning without sign-ins', () => {
  it('say what the registration report alone tells of people and administrators', async () => {
    const report = aReport({ people: MANY.map((one) => ({ ...one, standing: 'unknown' })) });
    const notKnown = { people: { kind: 'not-known' }, admins: { kind: 'not-known' } } as const;
    const { text, subject } = await renderSample({
      ...report,
      isPartial: true,
      figures: {
        ...report.figures,
        withoutMethod: { people: exactly(41), admins: exactly(3) },
        hits: {
          ...report.figures.hits,
          stopped: notKnown,
          impact: notKnown,
          missing: notKnown,
          'not-usable': notKnown,
        },
      },
    });

    expect(subject).toContain('number of people stopped not known, 41 without MFA');
    expect(text).toMatch(/Without usable MFA +41, 3 administrators, by the registration report/u);
    expect(text).toContain('! 3 administrators without a usable method');
  });
});

describe('emergency accounts of whom not everything is known', () => {
  it('are not called unready', async () => {
    const accounts = (['ready', 'gap', 'not-known'] as const).map((state) => ({
      configured: `${state}@contoso.example`,
      state,
      checks: [],
      isDrillDue: false,
      sentence: 'As it is.',
    }));
    const { text } = await renderSample(aReport({ emergencyAccounts: accounts }));

    expect(text).toContain('! 1 of 3 emergency accounts is not ready, 1 is not known to be');
    expect(text).toContain('1 of 3 emergency accounts is known to be ready');
  });
});
