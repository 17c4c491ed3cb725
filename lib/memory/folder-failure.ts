import { types } from 'node:util';

import { MailerError } from '../errors.ts';

/** Runs something that uses the state folder; what the operating system refuses becomes a coded error without a path. */
export async function onFolder<Result>(use: () => Promise<Result>): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const facts = { systemCode: error.code };
    if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) {
      const message = `The state folder may not be used (${error.code}): let this user write to the folder of STATE_LOCATION.`;
      throw new MailerError('state_denied', message, facts, { cause: error });
    }
    const message = `The state folder cannot be used (${error.code}): check the folder of STATE_LOCATION and its disk.`;
    throw new MailerError('state_unreachable', message, facts, { cause: error });
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
