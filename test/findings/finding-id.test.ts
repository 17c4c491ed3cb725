import { describe, expect, it } from '@jest/globals';
import { LIFECYCLE_FORMAT } from '../../lib/findings/findings-document.ts';
import { findingId } from '../../lib/findings/update-findings.ts';
import { guid } from '../support/a-report.ts';

describe('findingId', () => {
  it('never changes from one version to the next', () => {
    expect(findingId(guid(999), guid(1))).toBe('f8e2ee42dc80e7321');
  });

  it('is no number to a spreadsheet', () => {
    const ids = Array.from({ length: 5_000 }, (_, number) => findingId(guid(999), guid(number)));

    expect(ids.filter((id) => !Number.isNaN(Number(id)))).toEqual([]);
  });

  it('is known again where stored state holds its spelling without the letter', () => {
    const finding = { findingId: '8e2ee42dc80e7321', id: guid(1), openedOn: '2026-11-20' };
    const fields = {
      reportedAt: '2026-11-20T06:00:00.000Z',
      open: [{ ...finding, list: 'missing', firstOpenedOn: '2026-11-20' }],
      closed: [],
      capable: { guids: '', others: [] },
      synchronisation: [],
      trend: [],
      settings: {},
      exceptions: [],
    };

    const { open } = LIFECYCLE_FORMAT.parse(fields, LIFECYCLE_FORMAT.version);

    expect(open.map((known) => known.findingId)).toEqual([findingId(guid(999), guid(1))]);
  });

  it('does not depend on the case in which Graph writes an id', () => {
    const [tenantId, objectId] = [
      'AAAAAAAA-0000-4000-8000-00000000000A',
      'BBBBBBBB-0000-4000-8000-00000000000B',
    ];

    expect(findingId(tenantId, objectId)).toBe(
      findingId(tenantId.toLowerCase(), objectId.toLowerCase()),
    );
  });

  it('differs between people and between tenants', () => {
    const ids = [
      findingId(guid(1), guid(2)),
      findingId(guid(2), guid(1)),
      findingId(guid(1), guid(3)),
    ];

    expect(new Set(ids).size).toBe(3);
  });
});
