import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStore } from '../../lib/storage/open-store.ts';
import { startAzurite } from '../support/azurite.ts';
import type { Azurite } from '../support/azurite.ts';
import { readFirstWord, startStoreChild } from '../support/start-store-child.ts';

const options = { now: () => new Date('2026-11-21T06:00:00Z') };
const blob = { kind: 'blob', container: 'mfa-gap-mailer' } as const;
const bytes = Buffer.from('{"some":"bytes"}');

let azurite: Azurite;
let folder: string;

beforeAll(async () => {
  azurite = await startAzurite();
  folder = await mkdtemp(join(tmpdir(), 'open-store-'));
});

afterAll(async () => {
  await azurite.close();
  await rm(folder, { recursive: true });
});

describe('openStore', () => {
  it('opens nothing where no stored state is wanted', async () => {
    expect(await openStore({ kind: 'none' }, {}, options)).toBeUndefined();
  });

  it('makes a folder that only its owner may read', async () => {
    const path = join(folder, 'state', 'here');

    const store = await openStore({ kind: 'folder', path }, {}, options);

    expect(store?.description).toBe('folder');
    expect((await stat(path)).mode & 0o777).toBe(0o700);
  });

  it('says what to do about a folder that cannot be made', async () => {
    const path = join(folder, 'file', 'below');
    await writeFile(join(folder, 'file'), '');

    const opening = openStore({ kind: 'folder', path }, {}, options);

    await expect(opening).rejects.toMatchObject({
      code: 'state_unreachable',
      message: expect.stringContaining('STATE_LOCATION') as unknown,
    });
  });

  it('gives up on a folder that the system lets nobody make', async () => {
    const opening = openStore({ kind: 'folder', path: '/proc/state/here' }, {}, options);

    await expect(opening).rejects.toMatchObject({ code: 'state_unreachable' });
  });

  it('makes the container on development storage, and finds it again', async () => {
    const environment = { AzureWebJobsStorage: azurite.connectionString };
    const first = await openStore(blob, environment, options);
    await first?.put('claim', bytes, { ifAbsent: true });

    const second = await openStore(blob, environment, options);

    expect(second?.description).toBe('blob container mfa-gap-mailer');
    expect((await second?.get('claim'))?.bytes).toEqual(bytes);
  });

  it('makes no container elsewhere', async () => {
    const elsewhere = azurite.connectionString.replaceAll('127.0.0.1', '0.0.0.0');
    const absent = { kind: 'blob', container: 'absent' } as const;

    const opening = openStore(absent, { AzureWebJobsStorage: elsewhere }, options);

    await expect(opening).rejects.toMatchObject({
      code: 'state_unreachable',
      facts: { storageCode: 'ContainerNotFound' },
      message: expect.stringContaining('absent') as unknown,
    });
    const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
    expect(await service.getContainerClient('absent').exists()).toBe(false);
  });

  it.each([
    ...['my account', '<account>', '[x]', 'https://account.blob.core.windows.net', 'a/b'].map(
      (name) =>
        [
          `the account name ${name}`,
          { AzureWebJobsStorage__accountName: name },
          'AzureWebJobsStorage__accountName is not a name',
        ] as const,
    ),
    ['nothing', {}, 'AzureWebJobsStorage__accountName'],
    [
      'empty settings',
      { AzureWebJobsStorage: ' ', AzureWebJobsStorage__accountName: '' },
      'No storage',
    ],
    [
      'a cut connection string',
      { AzureWebJobsStorage: 'AccountKey=inventedsecret' },
      'AzureWebJobsStorage',
    ],
    ['no address', { AzureWebJobsStorage__blobServiceUri: 'inventedsecret' }, 'https'],
    [
      'an address in the clear',
      { AzureWebJobsStorage__blobServiceUri: 'http://inventedsecret' },
      'https',
    ],
  ])('says what is wrong with %s, and quotes nothing', async (_what, environment, said) => {
    const opening = openStore(blob, environment, options);

    const error = (await opening.catch((thrown: unknown) => thrown)) as Error;

    expect(error).toMatchObject({ code: 'state_unreachable' });
    expect(error.cause).toBeUndefined();
    expect(error.message).toContain(said);
    expect(error.message).not.toContain('inventedsecret');
  });

  it('signs in with the managed identity of the app', async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';
    const subject = '-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1';
    const files = ['-keyout', key, '-out', cert];
    execFileSync('openssl', [...`${request} ${subject}`.split(' '), ...files], { stdio: 'ignore' });
    const secured = await startAzurite('--oauth', 'basic', '--cert', cert, '--key', key);
    const asked: string[] = [];
    const identity = createServer((request, answer) => {
      asked.push(request.url ?? '');
      answer.setHeader('content-type', 'application/json');
      answer.end(JSON.stringify(tokenFor('https://storage.azure.com')));
    }).listen(0, '127.0.0.1');
    await once(identity, 'listening');

    const child = startStoreChild(
      {
        job: 'lease',
        location: blob,
        environment: {
          AzureWebJobsStorage__blobServiceUri: secured.blobServiceUri,
          AzureWebJobsStorage__clientId: 'invented-client',
          AZURE_CLIENT_ID: 'another-client',
        },
        leaseMs: 15_000,
      },
      {
        IDENTITY_ENDPOINT: `http://127.0.0.1:${(identity.address() as AddressInfo).port}/token`,
        IDENTITY_HEADER: 'invented',
        NODE_EXTRA_CA_CERTS: cert,
      },
    );
    const said = await readFirstWord(child);

    child.kill('SIGKILL');
    identity.close();
    await secured.close();
    expect(said).toBe('held');
    expect(asked).toEqual([expect.stringContaining('client_id=invented-client')]);
  });
});

/** An answer of the identity endpoint; Azurite looks at audience, issuer and times, not at the signature. */
function tokenFor(audience: string): object {
  const nowS = Math.floor(Date.now() / 1_000);
  const claims = {
    aud: audience,
    iss: 'https://sts.windows.net/00000000-0000-0000-0000-000000000000/',
    iat: nowS - 60,
    nbf: nowS - 60,
    exp: nowS + 3_600,
  };
  const parts = [{ alg: 'none', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const access_token = [...parts, 'unsigned'].join('.');
  return { access_token, expires_on: String(claims.exp), resource: audience, token_type: 'Bearer' };
}
