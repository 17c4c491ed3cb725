import type { Directory } from '../people/directory.ts';
import { guid, hashText, toInstant } from '../people/generated.ts';
import { Refusal } from './answer.ts';
import type { GraphRequest } from './answer.ts';
import { allowOptions } from './paging.ts';
import type { Page } from './paging.ts';

/** What the registration report calls a method, and its type where methods are listed one by one. */
const TYPES: Readonly<Record<string, string>> = {
  passKeyDeviceBound: 'fido2',
  passKeyDeviceBoundAuthenticator: 'fido2',
  passKeySynced: 'fido2',
  fido2SecurityKey: 'fido2',
  windowsHelloForBusiness: 'windowsHelloForBusiness',
  macOsSecureEnclaveKey: 'platformCredential',
  microsoftAuthenticatorPush: 'microsoftAuthenticator',
  microsoftAuthenticatorPasswordless: 'microsoftAuthenticator',
  softwareOneTimePasscode: 'softwareOath',
  temporaryAccessPass: 'temporaryAccessPass',
  mobilePhone: 'phone',
  alternateMobilePhone: 'phone',
  officePhone: 'phone',
  email: 'email',
};

const METHOD_TAG = 46;

/** GET /users/{id or UPN}/authentication/methods: the password and whatever else is registered, but no certificate. */
export function methodsPage(request: GraphRequest, directory: Directory): Page {
  allowOptions(request.query);
  const [idOrName = ''] = request.params;
  const person = directory.find(idOrName, request.now);
  if (person === undefined) {
    throw new Refusal(404, 'Request_ResourceNotFound', 'The user does not exist.');
  }
  const types = ['password', ...(person.registration?.methods ?? []).map((name) => TYPES[name])];
  const rows = types.flatMap((type, index) =>
    type === undefined
      ? []
      : [
          JSON.stringify({
            '@odata.type': `#microsoft.graph.${type}AuthenticationMethod`,
            id: guid(hashText(person.id), METHOD_TAG, index),
            createdDateTime: toInstant(person.createdAtMs),
          }),
        ],
  );
  return { context: 'authentication/methods', rows };
}
