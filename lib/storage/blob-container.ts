import type { TokenCredential } from '@azure/identity';
import type { ContainerClient, StoragePipelineOptions } from '@azure/storage-blob';
import { MailerError } from '../errors.ts';
import { toStorageFailure } from './storage-error.ts';
import type { StorageAccess } from './storage-error.ts';

/** Environment variables by name. */
export type StorageEnvironment = Readonly<Record<string, string | undefined>>;

interface BlobContainer {
  readonly container: ContainerClient;
  readonly access: StorageAccess;
}

const OPEN_TIMEOUT_MS = 30_000;
const TOKEN_TIMEOUT_MS = 10_000;
const PIPELINE: StoragePipelineOptions = {
  retryOptions: { maxTries: 3, retryDelayInMs: 1_000, maxRetryDelayInMs: 2_000 },
};

/**
 * Finds the container through the settings by which the Functions host itself reaches `AzureWebJobsStorage`, and
 * asks the account for it. Only development storage, on this machine, gets a container that it does not have.
 */
export async function openBlobContainer(
  name: string,
  environment: StorageEnvironment,
): Promise<BlobContainer> {
  const opened = await connect(name, environment);
  const { container, access } = opened;
  const options = { abortSignal: AbortSignal.timeout(OPEN_TIMEOUT_MS) };
  try {
    if (isOnThisMachine(container.url)) await container.createIfNotExists(options);
    else await container.getProperties(options);
  } catch (error) {
    throw toStorageFailure(error, name, access);
  }
  return opened;
}

// The client libraries take longer to load than the rest of the product, and a run without stored state needs neither.
async function connect(name: string, environment: StorageEnvironment): Promise<BlobContainer> {
  const connection = environment['AzureWebJobsStorage']?.trim();
  if (connection) {
    const { BlobServiceClient } = await import('@azure/storage-blob');
    const service = wellFormed('AzureWebJobsStorage', 'a connection string', () =>
      BlobServiceClient.fromConnectionString(connection, PIPELINE),
    );
    return { container: service.getContainerClient(name), access: 'connection string' };
  }
  const serviceUri = readServiceUri(environment);
  if (serviceUri === undefined) {
    throw new MailerError('state_unreachable', {
      what: 'No storage account is set for the memory.',
      todo: 'Set AzureWebJobsStorage__accountName, or STATE_LOCATION to folder:PATH or none.',
    });
  }
  const [{ BlobServiceClient }, { AzureCliCredential, ManagedIdentityCredential }] =
    await Promise.all([import('@azure/storage-blob'), import('@azure/identity')]);
  // Whoever signs in to Graph in person reaches the storage in person, too: a terminal has no managed identity.
  const isPerson = environment['GRAPH_AUTH']?.trim().toLowerCase() === 'device-code';
  const clientId = environment['AzureWebJobsStorage__clientId'] || environment['AZURE_CLIENT_ID'];
  const unbound = isPerson
    ? new AzureCliCredential()
    : new ManagedIdentityCredential(clientId ? { clientId } : {});
  const access = isPerson ? 'az' : 'identity';
  const credential = boundCredential(unbound, TOKEN_TIMEOUT_MS, access);
  const service = new BlobServiceClient(serviceUri, credential, PIPELINE);
  return { container: service.getContainerClient(name), access };
}

function readServiceUri(environment: StorageEnvironment): string | undefined {
  const uri = environment['AzureWebJobsStorage__blobServiceUri']?.trim();
  const account = environment['AzureWebJobsStorage__accountName']?.trim();
  if (!uri) return account ? `https://${accountName(account)}.blob.core.windows.net` : undefined;
  const setting = 'AzureWebJobsStorage__blobServiceUri';
  const { protocol } = wellFormed(setting, 'an https address', () => new URL(uri));
  // An access token is not sent in the clear.
  if (protocol !== 'https:') throw malformed(setting, 'an https address');
  return uri;
}

/** Azure's rule for names of storage accounts; a name is no address, and nothing else gets into one. */
function accountName(account: string): string {
  if (/^[a-z\d]{3,24}$/i.test(account)) return account;
  throw malformed('AzureWebJobsStorage__accountName', 'a name of 3 to 24 letters and digits');
}

function wellFormed<Value>(setting: string, form: string, read: () => Value): Value {
  try {
    return read();
  } catch {
    // No cause: its message may quote the setting, and with it a key.
    throw malformed(setting, form);
  }
}

function malformed(setting: string, form: string): MailerError {
  return new MailerError('state_unreachable', {
    what: `${setting} is not ${form}.`,
    todo: 'Correct it.',
  });
}

function isOnThisMachine(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

/**
 * A credential that answers in time or throws: `state_unreachable` when no token came, `state_denied` when it was
 * refused. Managed identity credentials heed neither an abort signal nor a timeout while their endpoint hangs.
 */
export function boundCredential(
  credential: TokenCredential,
  timeoutMs: number,
  access: 'identity' | 'az' = 'identity',
): TokenCredential {
  return {
    async getToken(scopes, options) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(noToken(timeoutMs, access)), timeoutMs);
      });
      try {
        const token = credential
          .getToken(scopes, options)
          .catch((cause: unknown) => refuse(cause, access));
        return await Promise.race([token, late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

const SIGN_IN_WITH_AZ = 'Sign in with az login, because GRAPH_AUTH is device-code.';

function noToken(timeoutMs: number, access: 'identity' | 'az'): MailerError {
  const within = `no token for the storage within ${timeoutMs / 1_000} s.`;
  return new MailerError(
    'state_unreachable',
    access === 'az'
      ? { what: `Azure CLI gave ${within}`, todo: SIGN_IN_WITH_AZ }
      : {
          what: `The managed identity gave ${within}`,
          todo: 'See whether the identity is enabled on the app.',
        },
  );
}

function refuse(cause: unknown, access: 'identity' | 'az'): never {
  throw new MailerError(
    'state_denied',
    access === 'az'
      ? { what: 'Azure CLI gave no token for the storage.', todo: SIGN_IN_WITH_AZ }
      : {
          what: 'The managed identity got no token for the storage.',
          todo: 'Enable the identity on the app and check AzureWebJobsStorage__clientId.',
        },
    {},
    { cause },
  );
}
