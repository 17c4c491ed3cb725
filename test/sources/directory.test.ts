import { mock } from 'node:test';
import { afterEach, describe, expect, it } from '@jest/globals';
import { licenceName } from '../../lib/entra/licence-names.ts';
import { openTenantReads, readLicences, readOrganisation } from '../../lib/sources/tenant.ts';
import { anError, aPage, withGraph } from '../support/graph-client.ts';
import type { Step } from '../support/scripted-server.ts';

describe('readLicences', () => {
  it('names products after the table, and others after their skuPartNumber', async () => {
    const page = aPage([
      { skuId: '05E9A617-0261-4CEE-BB44-138D3EF5D965', skuPartNumber: 'SPE_E3' },
      { skuId: 'b', skuPartNumber: 'SOMETHING_NEW' },
      { skuId: 'c' },
    ]);

    const { namesBySku } = await withGraph([page], ({ reader }) => readLicences(reader));

    expect([...(namesBySku ?? [])]).toEqual([
      ['05e9a617-0261-4cee-bb44-138d3ef5d965', 'Microsoft 365 E3'],
      ['b', 'SOMETHING_NEW'],
    ]);
  });

  it('is not known where Graph refuses', async () => {
    const { namesBySku, coverage } = await withGraph(
      () => anError(403, 'Authorization_RequestDenied'),
      ({ reader }) => readLicences(reader),
    );

    expect(namesBySku).toBeUndefined();
    expect(coverage).toMatchObject({ state: 'not-available', cause: { kind: 'consent' } });
  });
});

describe('licenceName', () => {
  it.each([
    ['spe_e5', 'Microsoft 365 E5'],
    ['ENTERPRISEPACK', 'Office 365 E3'],
    ['constructor', 'constructor'],
    ['__proto__', '__proto__'],
  ])('calls %s %s', (skuPartNumber, name) => {
    expect(licenceName(skuPartNumber)).toBe(name);
  });
});

describe('what is read of the tenant', () => {
  const whole = aPage([{ id: 'a', displayName: 'Contoso' }]);
  const soon = () => AbortSignal.timeout(300);
  const late = () => new AbortController().signal;

  it.each<[string, Step, () => AbortSignal, number]>([
    ['once where it is answered', whole, late, 1],
    ['again where it was refused', anError(403), late, 2],
    ['again where it took too long for who asked first', 'hang', soon, 2],
  ])('is asked for %s', async (_, first, signal, requests) => {
    await withGraph(
      (_request, number) => (number === 1 ? first : whole),
      async ({ reader, server }) => {
        const tenant = openTenantReads(reader);
        await tenant.organisation(signal()).catch(() => undefined);

        const { organisation, coverage } = await tenant.organisation(reader.signal);
        const again = await tenant.organisation(reader.signal);

        expect(organisation.name).toBe('Contoso');
        expect(coverage.state).toBe('complete');
        expect(again.organisation).toBe(organisation);
        expect(server.requests).toHaveLength(requests);
      },
    );
  });
});

describe('a page of the tenant that hangs', () => {
  afterEach(() => mock.timers.reset());

  it.each([
    ['organisation', readOrganisation],
    ['licences', readLicences],
  ] as const)('costs a minute and no more: %s', async (_source, read) => {
    await withGraph(
      () => 'hang',
      async ({ reader, server }) => {
        mock.timers.enable({ apis: ['setTimeout'] });
        const reading = read(reader);
        while (server.requests.length === 0) await new Promise(setImmediate);

        mock.timers.tick(60_000);

        expect((await reading).coverage).toMatchObject({
          state: 'not-available',
          cause: { because: 'Graph did not answer (not within 60 seconds)' },
        });
        mock.timers.reset();
      },
    );
  });
});

describe('readOrganisation', () => {
  it('reads the name and the id of the tenant', async () => {
    const { organisation } = await withGraph(
      [
        aPage([
          {
            id: 'ea535fba',
            displayName: 'Contoso',
            verifiedDomains: [
              { name: 'Contoso.example', isDefault: true },
              { name: 'contoso.onmicrosoft.example', isInitial: true },
            ],
          },
        ]),
      ],
      ({ reader }) => readOrganisation(reader),
    );

    expect(organisation).toEqual({
      id: 'ea535fba',
      name: 'Contoso',
      domains: new Set(['contoso.example', 'contoso.onmicrosoft.example']),
      initialDomain: 'contoso.onmicrosoft.example',
    });
  });

  it('knows all of a thousand domains, the first one among the last', async () => {
    const others = Array.from({ length: 1000 }, (_, n) => ({ name: `unit-${n}.example` }));
    const initial = { name: 'contoso.onmicrosoft.example', isInitial: true };

    const { organisation } = await withGraph(
      [aPage([{ id: 'ea535fba', verifiedDomains: [...others, initial] }])],
      ({ reader }) => readOrganisation(reader),
    );

    expect(organisation.domains?.size).toBe(1001);
    expect(organisation.initialDomain).toBe('contoso.onmicrosoft.example');
  });

  it('is not known where Graph refuses', async () => {
    const { organisation, coverage } = await withGraph(
      () => anError(403),
      ({ reader }) => readOrganisation(reader),
    );

    expect(organisation).toEqual({});
    expect(coverage.state).toBe('not-available');
  });
});
