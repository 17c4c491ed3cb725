import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { BlobRequestConditions, BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import { MailerError } from '../errors.ts';
import { LEASE_MS, acquireRenewedLease } from './lease.ts';
import { hasStorageCode, hasStorageStatus, toStorageFailure } from './storage-error.ts';
import type { StorageAccess } from './storage-error.ts';
import { assertStoredName, MAX_BLOB_BYTES, WRITTEN_BY_ANOTHER } from './store.ts';
import type { Lease, Store, WriteCondition } from './store.ts';

export interface BlobStoreOptions {
  readonly access: StorageAccess;
  /** Azure Storage grants leases of 15 to 60 seconds. @default 60_000 */
  readonly leaseMs?: number | undefined;
  /** Bounds each call with all its retries. @default 30_000 */
  readonly callTimeoutMs?: number | undefined;
  /** Names a listing asks for at once; Azure Storage gives up to 5,000. @default 5_000 */
  readonly pageSize?: number | undefined;
}

/** Below this lie the blobs that are leased; the name stands in existing installations. */
const LEASES = 'holds/';

/** A store in a container of Azure Blob Storage; what is leased is an empty blob below `holds/`. */
export function createBlobStore(container: ContainerClient, options: BlobStoreOptions): Store {
  const { access, leaseMs = LEASE_MS, callTimeoutMs = 30_000, pageSize = 5_000 } = options;

  const call: StorageCall = async (request, timeoutMs = callTimeoutMs) => {
    try {
      return await request(AbortSignal.timeout(timeoutMs));
    } catch (error) {
      throw toStorageFailure(error, container.containerName, access);
    }
  };

  function blobOf(name: string) {
    assertStoredName(name);
    return container.getBlockBlobClient(name);
  }

  async function findWrite(name: string): Promise<{ write?: string; etag: string } | undefined> {
    try {
      const { metadata, etag = '' } = await call((abortSignal) =>
        blobOf(name).getProperties({ abortSignal }),
      );
      return { ...metadata, etag };
    } catch (error) {
      if (hasStorageCode(error, 'BlobNotFound')) return undefined;
      throw error;
    }
  }

  return {
    description: `blob container ${container.containerName}`,

    async get(name, maxBytes = MAX_BLOB_BYTES) {
      try {
        return await call(async (abortSignal) => {
          const answer = await blobOf(name).download(0, undefined, { abortSignal });
          const { readableStreamBody: body, contentLength = 0, etag = '' } = answer;
          if (contentLength > maxBytes) {
            // Whoever stops listening ends the download.
            (body as Readable | undefined)?.destroy();
            return { bytes: undefined, etag };
          }
          return { bytes: body === undefined ? Buffer.alloc(0) : await buffer(body), etag };
        });
      } catch (error) {
        if (hasStorageCode(error, 'BlobNotFound')) return undefined;
        throw error;
      }
    },

    async put(name, bytes, condition) {
      const write = randomUUID();
      try {
        const { etag = '' } = await call((abortSignal) =>
          blobOf(name).upload(bytes, bytes.length, {
            abortSignal,
            metadata: { write },
            conditions: toConditions(condition),
          }),
        );
        return etag;
      } catch (error) {
        if (!hasStorageCode(error, 'ConditionNotMet', 'BlobAlreadyExists', 'BlobNotFound'))
          throw error;
        // The client repeats a request whose answer was lost, and then meets what it wrote itself.
        const standing = await findWrite(name);
        if (standing?.write === write) return standing.etag;
        throw new MailerError('state_conflict', WRITTEN_BY_ANOTHER, {}, { cause: error });
      }
    },

    async *list(prefix) {
      let continuationToken: string | undefined;
      do {
        const page = await call((abortSignal) =>
          container
            .listBlobsFlat({ prefix, abortSignal })
            .byPage({ maxPageSize: pageSize, ...(continuationToken && { continuationToken }) })
            .next(),
        );
        if (page.done === true) return;
        for (const { name } of page.value.segment.blobItems)
          if (!name.startsWith(LEASES)) yield name;
        continuationToken = page.value.continuationToken;
      } while (continuationToken);
    },

    async delete(name) {
      await call((abortSignal) =>
        blobOf(name).deleteIfExists({ abortSignal, deleteSnapshots: 'include' }),
      );
    },

    async acquireLease(name) {
      return await acquireBlobLease(blobOf(LEASES + name), leaseMs, call);
    },
  };
}

function toConditions(condition: WriteCondition): BlobRequestConditions {
  if (condition === 'always') return {};
  return 'ifMatch' in condition ? { ifMatch: condition.ifMatch } : { ifNoneMatch: '*' };
}

/** Makes one request in bounded time; what the client throws becomes a MailerError. */
type StorageCall = <Answer>(
  request: (abortSignal: AbortSignal) => Promise<Answer>,
  timeoutMs?: number,
) => Promise<Answer>;

/** Leases an empty blob, and makes the blob where there is none. */
async function acquireBlobLease(
  blob: BlockBlobClient,
  durationMs: number,
  call: StorageCall,
): Promise<Lease | undefined> {
  const blobLease = blob.getBlobLeaseClient();

  async function acquire(): Promise<void> {
    await call((abortSignal) => blobLease.acquireLease(durationMs / 1_000, { abortSignal }));
  }

  return await acquireRenewedLease({
    durationMs,
    async acquire() {
      try {
        await acquire().catch(async (error: unknown) => {
          if (!hasStorageCode(error, 'BlobNotFound')) throw error;
          await call((abortSignal) => blob.upload('', 0, { abortSignal }));
          await acquire();
        });
        return true;
      } catch (error) {
        if (hasStorageCode(error, 'LeaseAlreadyPresent', 'LeaseIdMissing')) return false;
        throw error;
      }
    },
    async renew() {
      try {
        await call((abortSignal) => blobLease.renewLease({ abortSignal }), durationMs / 3);
        return true;
      } catch (error) {
        if (hasStorageStatus(error, 404, 409, 412)) return false;
        throw error;
      }
    },
    async release() {
      await call((abortSignal) => blobLease.releaseLease({ abortSignal }));
    },
  });
}
