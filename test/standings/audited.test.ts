import { describe, expect, it } from '@jest/globals';
import type { AuditEvent, AuditKind } from '../../lib/sources/audits.ts';
import { createAudited } from '../../lib/standings/audited.ts';
import { CAPABLE, NOT_REGISTERED } from '../support/observations.ts';

const ADELE = 'd1132181-5011-45b0-a957-9709cda2816c';
const [MORNING, NOON, EVENING] = ['06', '12', '18'].map((hour) =>
  Date.parse(`2026-11-20T${hour}:00:00Z`),
) as [number, number, number];
const rowOf = (at: number) => ({ ...NOT_REGISTERED, lastUpdatedAt: at });

function event(kind: AuditKind, at: number, about: Partial<AuditEvent> = {}): AuditEvent {
  return { userId: ADELE, kind, at, ...about };
}

function auditedOf(events: readonly AuditEvent[], registration = rowOf(NOON)) {
  return createAudited(events)(ADELE, registration);
}

describe('a method that was registered', () => {
  it.each<[string, readonly AuditEvent[], number | undefined]>([
    ['after the row', [event('registered', EVENING)], EVENING],
    ['when the row was written', [event('registered', NOON)], undefined],
    ['before the row', [event('registered', MORNING)], undefined],
    ['and deleted again', [event('deleted', EVENING + 1), event('registered', EVENING)], undefined],
    [
      'after one was deleted',
      [event('registered', EVENING + 1), event('deleted', EVENING)],
      EVENING + 1,
    ],
    [
      'before a role was activated',
      [event('role-activated', EVENING + 1), event('registered', EVENING)],
      EVENING,
    ],
  ])('%s is told as since the row: %#', (_, events, at) => {
    expect(auditedOf(events).registeredSince).toBe(
      at === undefined ? undefined : new Date(at).toISOString(),
    );
  });

  it('is told where there is no row, or one that does not say when it was written', () => {
    const ofPerson = createAudited([event('registered', MORNING)]);

    expect(ofPerson(ADELE, undefined).registeredSince).toBe('2026-11-20T06:00:00.000Z');
    expect(ofPerson(ADELE, CAPABLE).registeredSince).toBe('2026-11-20T06:00:00.000Z');
  });

  it('is told of nobody else, and of its person whatever the case of the id', () => {
    const ofPerson = createAudited([event('registered', EVENING, { userId: ADELE.toUpperCase() })]);

    expect(ofPerson(ADELE, undefined).registeredSince).toBeDefined();
    expect(ofPerson('somebody-else', undefined)).toEqual({ activatedRoles: [] });
  });
});

describe('a method that was lost', () => {
  it.each<[AuditKind, boolean]>([
    ['deleted', true],
    ['deleted-by-admin', true],
    ['re-registration-demanded', true],
    ['registered', false],
    ['role-activated', false],
  ])('is what %s says: %j', (kind, isLoss) => {
    const { methodLoss } = auditedOf([event(kind, EVENING)]);

    expect(methodLoss).toEqual(isLoss ? { kind, at: '2026-11-20T18:00:00.000Z' } : undefined);
  });

  it('is the last one, whatever came after it', () => {
    const { methodLoss } = auditedOf([
      event('registered', EVENING),
      event('deleted-by-admin', NOON),
      event('deleted', MORNING),
    ]);

    expect(methodLoss).toEqual({ kind: 'deleted-by-admin', at: '2026-11-20T12:00:00.000Z' });
  });
});

describe('a role that was activated', () => {
  it('is told once, with its template where it is a privileged one of Microsoft', () => {
    const { activatedRoles } = auditedOf([
      event('role-activated', MORNING, { roleName: 'Global Administrator' }),
      event('role-activated', NOON, { roleName: 'Keepers of the Castle' }),
      event('role-activated', EVENING, { roleName: 'Global Administrator' }),
      event('registered', EVENING, { roleName: 'Global Reader' }),
    ]);

    expect(activatedRoles).toEqual([
      { name: 'Global Administrator', templateId: '62e90394-69f5-4237-9190-012177145e10' },
      { name: 'Keepers of the Castle' },
    ]);
  });

  it('is known by its name in any case', () => {
    const { activatedRoles } = auditedOf([
      event('role-activated', NOON, { roleName: 'global administrator' }),
    ]);

    expect(activatedRoles[0]?.templateId).toBe('62e90394-69f5-4237-9190-012177145e10');
  });

  it('is called a directory role where its name is not said', () => {
    expect(auditedOf([event('role-activated', NOON)]).activatedRoles).toEqual([
      { name: 'Directory role' },
    ]);
  });
});
