import { describe, expect, it } from '@jest/globals';
import type { Figures } from '../../lib/report/report.ts';
import type { SourceName } from '../../lib/sources/coverage.ts';
import {
  aUser,
  aUseRow,
  CAPABLE,
  NOT_ALLOWED,
  NOT_REGISTERED,
  observations,
  rules,
  YESTERDAY,
  reportOn,
} from '../support/observations.ts';

/** Of each list one person; the first of impact holds a role. */
function figuresWithout(...sources: readonly SourceName[]): Figures {
  const missing = Object.fromEntries(sources.map((source) => [source, 'partial'])) as object;
  const seen = observations({
    users: ['impact', 'missing', 'not-usable', 'covered', 'no-row', 'new'].map((id) =>
      aUser({ id, ...(id === 'new' && { createdAt: YESTERDAY }) }),
    ),
    registrations: {
      impact: NOT_REGISTERED,
      missing: NOT_REGISTERED,
      'not-usable': NOT_ALLOWED,
      covered: CAPABLE,
    },
    roles: { impact: [{ name: 'Reports Reader' }] },
    uses: [aUseRow({ id: 'impact' })],
    missing,
  });
  return reportOn(seen, rules()).figures;
}

const exactly = (value: number) => ({ kind: 'exact', value });
const atLeast = (value: number) => ({ kind: 'at-least', value });
const NOT_KNOWN = { kind: 'not-known' };

describe('the figures', () => {
  it('are exact where every source was read in full', () => {
    const { hits, inScope, newAccounts, capableShare, standings } = figuresWithout();

    expect(inScope).toBe(6);
    expect(hits).toMatchObject({
      impact: { people: exactly(1), admins: exactly(1) },
      missing: { people: exactly(1), admins: exactly(0) },
      'not-usable': { people: exactly(1), admins: exactly(0) },
      unknown: { people: exactly(1), admins: exactly(0) },
    });
    expect(newAccounts).toEqual(exactly(1));
    expect(capableShare).toBe(0.25);
    expect(standings).toMatchObject({ impact: 1, covered: 1, new: 1, dormant: 0 });
  });

  it('are lower bounds or not known where sign-ins are missing', () => {
    const { hits } = figuresWithout('nonInteractiveSignIns');

    // One factor seen in one kind proves nothing while the other may hold MFA.
    expect(hits.impact.people).toEqual(NOT_KNOWN);
    expect(hits.missing.people).toEqual(NOT_KNOWN);
    expect(hits.unknown.people).toEqual(exactly(5));
  });

  it('are lower bounds where registrations are missing in part, and no share is told', () => {
    const { hits, capableShare, newAccounts } = figuresWithout('registrations');

    expect(hits.impact.people).toEqual(atLeast(1));
    expect(hits.impact.admins).toEqual(atLeast(1));
    expect(hits.missing.people).toEqual(atLeast(1));
    expect(hits.missing.admins).toEqual(NOT_KNOWN);
    expect(newAccounts).toEqual(NOT_KNOWN);
    expect(capableShare).toBeUndefined();
  });

  it('are lower bounds or not known where people are missing, who may belong to any list', () => {
    const { hits, withoutMethod } = figuresWithout('users');

    expect(hits.impact.people).toEqual(atLeast(1));
    expect(hits.stopped.people).toEqual(NOT_KNOWN);
    expect(hits.unknown.people).toEqual(atLeast(1));
    expect(withoutMethod.people).toEqual(atLeast(3));
  });

  it('do not know how many lack a method where some may be dormant', () => {
    const { hits } = figuresWithout('activity');

    expect(hits.impact.people).toEqual(exactly(1));
    expect(hits.missing.people).toEqual(NOT_KNOWN);
    expect(hits['not-usable'].people).toEqual(NOT_KNOWN);
  });

  it('do not know the administrators among people whose roles were not read', () => {
    const { hits } = figuresWithout('roles');

    expect(hits.impact.people).toEqual(exactly(1));
    expect(hits.impact.admins).toEqual(exactly(1));
    expect(hits.unknown.people).toEqual(exactly(1));
    expect(hits.unknown.admins).toEqual(NOT_KNOWN);
  });

  it.each(['licences', 'organisation'] as const)('do not hang on %s', (source) => {
    expect(figuresWithout(source)).toEqual(figuresWithout());
  });

  it('tell no share of nobody', () => {
    expect(reportOn(observations(), rules()).figures.capableShare).toBeUndefined();
  });
});
