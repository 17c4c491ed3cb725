import type { TokenCredential } from '@azure/identity';

import { MailerError } from '../errors.ts';

/**
 * A credential that answers in time or throws: `state_unreachable` when no token came, `state_denied` when it was
 * refused. Managed identity credentials heed neither an abort signal nor a timeout while their endpoint hangs.
 */
export function boundCredential(credential: TokenCredential, timeoutMs: number): TokenCredential {
  return {
    async getToken(scopes, options) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(noToken(timeoutMs)), timeoutMs);
      });
      try {
        return await Promise.race([credential.getToken(scopes, options).catch(refuse), late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function noToken(timeoutMs: number): MailerError {
  return new MailerError(
    'state_unreachable',
    `The managed identity gave no token for the storage within ${timeoutMs / 1_000} s: see whether the identity is enabled on the app.`,
  );
}

function refuse(cause: unknown): never {
  throw new MailerError(
    'state_denied',
    'The managed identity got no token for the storage: enable the identity on the app and check AzureWebJobsStorage__clientId.',
    {},
    { cause },
  );
}
