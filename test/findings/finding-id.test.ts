import { describe, expect, it } from '@jest/globals';
import { findingId } from '../../lib/findings/follow-findings.ts';
import { guid } from '../support/a-report.ts';

describe('findingId', () => {
  it('never changes from one version to the next', () => {
    expect(findingId(guid(999), guid(1))).toBe('8e2ee42dc80e7321');
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
