import { describe, expect, it } from '@jest/globals';
import { boundCredential } from '../../lib/storage/blob-container.ts';

describe('boundCredential', () => {
  it('passes a token on', async () => {
    const token = { token: 'invented', expiresOnTimestamp: 1 };

    const credential = boundCredential({ getToken: async () => token }, 1_000);

    expect(await credential.getToken('scope')).toBe(token);
  });

  it('gives up on a credential that never answers', async () => {
    const hanging = { getToken: () => new Promise<never>(() => undefined) };

    const token = boundCredential(hanging, 10).getToken('scope');

    await expect(token).rejects.toMatchObject({ code: 'state_unreachable' });
  });

  it('says what to do when the identity is refused', async () => {
    const cause = new Error('No identity is assigned.');
    const refused = { getToken: () => Promise.reject(cause) };

    const token = boundCredential(refused, 1_000).getToken('scope');

    await expect(token).rejects.toMatchObject({
      code: 'state_denied',
      message: expect.stringContaining('AzureWebJobsStorage__clientId') as unknown,
      cause,
    });
  });
});
