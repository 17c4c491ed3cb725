import { types } from 'node:util';
import { MailerError } from '../errors.ts';

/** How the product signs in to the storage account, which decides what helps when it is refused. */
export type StorageAccess = 'identity' | 'connection string' | 'az';

const REMEDIES: Readonly<Record<StorageAccess, string>> = {
  identity:
    'Give the managed identity the role Storage Blob Data Owner or Storage Blob Data Contributor on the ' +
    'storage account, and let the network rules of the account admit it.',
  az:
    'Give yourself the role Storage Blob Data Contributor on the container (a role works after some minutes), and let ' +
    'the network rules of the account admit you.',
  'connection string':
    'Check the account key or signature in AzureWebJobsStorage and the network rules of the account.',
};

/**
 * What the storage client threw, as `state_denied` or `state_unreachable`; its facts hold the status, the error
 * code of Azure Storage and the request id, never the account, its key or a signature.
 */
export function toStorageFailure(
  error: unknown,
  container: string,
  access: StorageAccess,
): MailerError {
  if (error instanceof MailerError) return error;
  const facts = {
    status: statusOf(error),
    storageCode: storageCodeOf(error),
    requestId: requestIdOf(error),
  };
  const reason = facts.storageCode ?? facts.status ?? 'no answer';
  if (facts.status === 401 || facts.status === 403) {
    const explanation = {
      what: `The storage refused the container ${container} (${reason}).`,
      todo: REMEDIES[access],
    };
    return new MailerError('state_denied', explanation, facts, { cause: error });
  }
  const explanation = facts.storageCode?.startsWith('Container')
    ? {
        what: `The storage account has no container ${container} (${reason}).`,
        todo: 'Create it or correct STATE_CONTAINER.',
      }
    : {
        what: `The storage of the container ${container} could not be used (${reason}).`,
        todo: 'Check that the account of AzureWebJobsStorage exists and can be reached from here.',
      };
  return new MailerError('state_unreachable', explanation, facts, { cause: error });
}

/** True for a failure that Azure Storage gave one of these error codes. */
export function hasStorageCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof MailerError && codes.includes(String(error.facts['storageCode']));
}

/** True for a failure that Azure Storage answered with one of these statuses. */
export function hasStorageStatus(error: unknown, ...statuses: readonly number[]): boolean {
  return error instanceof MailerError && statuses.includes(Number(error.facts['status']));
}

function statusOf(error: unknown): number | undefined {
  const status = propertyOf(error, 'statusCode');
  return typeof status === 'number' ? status : undefined;
}

function storageCodeOf(error: unknown): string | undefined {
  return wordOf(propertyOf(propertyOf(error, 'details'), 'errorCode') ?? propertyOf(error, 'code'));
}

function requestIdOf(error: unknown): string | undefined {
  return wordOf(propertyOf(propertyOf(error, 'details'), 'x-ms-request-id'));
}

// Whoever answers at the storage address writes these, and they reach a log line.
function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined;
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** Runs something that uses the state folder; what the operating system refuses becomes a coded error without a path. */
export async function onFolder<Result>(use: () => Promise<Result>): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const facts = { systemCode: error.code };
    if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) {
      const explanation = {
        what: `The state folder may not be used (${error.code}).`,
        todo: 'Let this user write to the folder of STATE_LOCATION.',
      };
      throw new MailerError('state_denied', explanation, facts, { cause: error });
    }
    const explanation = {
      what: `The state folder cannot be used (${error.code}).`,
      todo: 'Check the folder of STATE_LOCATION and its disk.',
    };
    throw new MailerError('state_unreachable', explanation, facts, { cause: error });
  }
}

/** True for an error of the operating system, and if codes are given for one that has one of them. */
export function isSystemError(
  error: unknown,
  ...codes: readonly string[]
): error is Error & { readonly code: string } {
  if (!(types.isNativeError(error) && 'syscall' in error && 'code' in error)) return false;
  return typeof error.code === 'string' && (codes.length === 0 || codes.includes(error.code));
}
