import { once } from 'node:events';
import { inspect } from 'node:util';
import { BlobServiceClient } from '@azure/storage-blob';
import type { ContainerClient } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createBlobStore } from '../../lib/storage/blob-store.ts';
import type { BlobStoreOptions } from '../../lib/storage/blob-store.ts';
import type { Store } from '../../lib/storage/store.ts';
import { startAzurite } from '../support/azurite.ts';
import type { Azurite } from '../support/azurite.ts';
import { startStorageProxy } from '../support/storage-proxy.ts';
import type { Fate } from '../support/storage-proxy.ts';

const MIN_LEASE_MS = 15_000;

let azurite: Azurite;
let containers = 0;

beforeAll(async () => {
  azurite = await startAzurite();
});

afterAll(async () => {
  await azurite.close();
});

async function makeContainer(): Promise<ContainerClient> {
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
  const container = service.getContainerClient(`container-${containers++}`);
  await container.create();
  return container;
}

/** The same container as it looks through a connection string that was changed. */
function reach(
  { containerName }: ContainerClient,
  change: (connectionString: string) => string,
  options: Partial<BlobStoreOptions> = {},
): Store {
  const service = BlobServiceClient.fromConnectionString(change(azurite.connectionString), {
    retryOptions: { maxTries: 2, retryDelayInMs: 1 },
  });
  const container = service.getContainerClient(containerName);
  return createBlobStore(container, { access: 'connection string', ...options });
}

const bytes = Buffer.from('{"some":"bytes"}');

describe('createBlobStore', () => {
  it('lists every page', async () => {
    const container = await makeContainer();
    const store = createBlobStore(container, { access: 'connection string', pageSize: 20 });
    const expected = Array.from({ length: 70 }, (_, day) => `ledger/${1_000 + day}.json`);
    await Promise.all(expected.map((name) => store.put(name, bytes, 'always')));

    const names: string[] = [];
    for await (const name of store.list('ledger/')) names.push(name);

    expect(names).toEqual(expected);
  });

  it.each([
    ['first write', async () => ({ ifAbsent: true }) as const],
    [
      'write over an etag',
      async (store: Store) => ({ ifMatch: await store.put('claim', bytes, 'always') }),
    ],
  ])('knows its own %s again when the answer to it was lost', async (_what, prepare) => {
    const container = await makeContainer();
    const store = createBlobStore(container, { access: 'connection string' });
    const condition = await prepare(store);
    const fates: Fate[] = ['lose'];
    const proxy = await startStorageProxy(azurite.blobServiceUri, () => fates.shift() ?? 'pass');
    const { origin } = new URL(azurite.blobServiceUri);
    const weak = reach(container, (text) => text.replace(origin, proxy.origin));

    const etag = await weak.put('claim', bytes, condition);

    expect(await store.get('claim')).toEqual({ bytes, etag });
    expect(fates).toEqual([]);
    proxy.close();
  });

  it('gives up on a storage that never answers', async () => {
    const container = await makeContainer();
    const proxy = await startStorageProxy(azurite.blobServiceUri, () => 'hang');
    const { origin } = new URL(azurite.blobServiceUri);
    const store = reach(container, (text) => text.replace(origin, proxy.origin), {
      callTimeoutMs: 100,
    });

    const read = store.get('claim');

    await expect(read).rejects.toMatchObject({ code: 'state_unreachable' });
    proxy.close();
  });

  it('calls a storage unreachable where nobody listens', async () => {
    const container = await makeContainer();
    const store = reach(container, (text) => text.replace(/:\d+\//, ':1/'));

    const read = store.get('claim');

    await expect(read).rejects.toMatchObject({
      code: 'state_unreachable',
      facts: { storageCode: 'ECONNREFUSED' },
    });
  });

  it('says that the container is missing, whatever is asked of it', async () => {
    const container = await makeContainer();
    const store = createBlobStore(container, { access: 'identity' });
    await container.delete();

    const outcomes = await Promise.allSettled([
      store.get('claim'),
      store.put('claim', bytes, 'always'),
      store.put('claim', bytes, { ifMatch: '"0x1"' }),
      store.delete('claim'),
      store.list('')[Symbol.asyncIterator]().next(),
      store.acquireLease('ledger'),
    ]);

    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: {
          code: 'state_unreachable',
          message: expect.stringContaining('Create it') as unknown,
          facts: { storageCode: 'ContainerNotFound' },
        },
      });
    }
  });

  it.each([
    ['identity', 'Storage Blob Data Contributor'],
    ['connection string', 'AzureWebJobsStorage'],
  ] as const)('says what helps access by %s when it is refused', async (access, remedy) => {
    const container = await makeContainer();
    const wrongKey = Buffer.from('another invented key').toString('base64');
    const withWrongKey = (text: string) =>
      text.replace(/AccountKey=[^;]+/, `AccountKey=${wrongKey}`);
    const store = reach(container, withWrongKey, { access });

    const read = store.get('claim');

    await expect(read).rejects.toMatchObject({
      code: 'state_denied',
      message: expect.stringContaining(remedy) as unknown,
      facts: {
        status: 403,
        storageCode: 'AuthorizationFailure',
        requestId: expect.any(String) as unknown,
      },
    });
  });

  it('keeps a shared access signature out of its errors and their causes', async () => {
    const container = await makeContainer();
    const signature = 'sv=2021-12-02&ss=b&srt=sco&sp=r&se=2026-01-01T00:00:00Z&sig=inventedsecret';
    const store = reach(
      container,
      () => `BlobEndpoint=${azurite.blobServiceUri};SharedAccessSignature=${signature};`,
    );

    const error: unknown = await store.get('claim').catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'state_denied' });
    expect(inspect(error, { depth: 9 })).not.toContain('inventedsecret');
  });

  it('says when a lease was lost', async () => {
    const container = await makeContainer();
    const store = createBlobStore(container, {
      access: 'connection string',
      leaseMs: MIN_LEASE_MS,
    });
    const lease = await store.acquireLease('ledger');

    await container.getBlobClient('holds/ledger').getBlobLeaseClient().breakLease(0);
    await once(lease!.signal, 'abort');

    expect(lease?.signal.reason).toMatchObject({ code: 'state_conflict' });
  });
});
