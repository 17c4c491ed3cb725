import { makeFolder } from '../make-folder.ts';
import { openBlobContainer } from './blob-container.ts';
import type { StorageEnvironment } from './blob-container.ts';
import { createBlobStore } from './blob-store.ts';
import { createFolderStore } from './folder-store.ts';
import { onFolder } from './storage-error.ts';
import type { Store } from './store.ts';

export type StoreLocation =
  | { readonly kind: 'blob'; readonly container: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'none' };

export interface OpenStoreOptions {
  readonly now: () => Date;
  /** How long a lease outlives a killed holder; a blob store takes 15 to 60 seconds. @default 60_000 */
  readonly leaseMs?: number | undefined;
}

/**
 * Opens the stored state and sees that it is there; `undefined` where none is wanted. Throws `state_unreachable` or
 * `state_denied` with what to do about it.
 */
export async function openStore(
  location: StoreLocation,
  environment: StorageEnvironment,
  options: OpenStoreOptions,
): Promise<Store | undefined> {
  switch (location.kind) {
    case 'none':
      return undefined;
    case 'folder':
      await onFolder(async () => makeFolder(location.path, 0o700));
      return createFolderStore(location.path, options);
    case 'blob': {
      const { container, access } = await openBlobContainer(location.container, environment);
      return createBlobStore(container, { access, leaseMs: options.leaseMs });
    }
  }
}
