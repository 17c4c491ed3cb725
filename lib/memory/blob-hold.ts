import type { BlockBlobClient } from '@azure/storage-blob';

import { hasStorageCode, hasStorageStatus } from './storage-failure.ts';
import { takeHold } from './take-hold.ts';
import type { Hold } from './store.ts';

/** Makes one request in bounded time; what the client throws becomes a MailerError. */
export type StorageCall = <Answer>(
  request: (abortSignal: AbortSignal) => Promise<Answer>,
  timeoutMs?: number,
) => Promise<Answer>;

/** Holds an empty blob by a lease on it, and makes the blob where there is none. */
export async function holdBlob(
  blob: BlockBlobClient,
  durationMs: number,
  call: StorageCall,
): Promise<Hold | undefined> {
  const lease = blob.getBlobLeaseClient();

  async function acquire(): Promise<void> {
    await call((abortSignal) => lease.acquireLease(durationMs / 1_000, { abortSignal }));
  }

  return await takeHold({
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
        await call((abortSignal) => lease.renewLease({ abortSignal }), durationMs / 3);
        return true;
      } catch (error) {
        if (hasStorageStatus(error, 404, 409, 412)) return false;
        throw error;
      }
    },
    async release() {
      await call((abortSignal) => lease.releaseLease({ abortSignal }));
    },
  });
}
