// The least that any reader has to do: fetch and parse every page of the same collections once, and keep nothing.
import { Agent, get } from 'node:http';
import { KINDS, QUERY_SHAPES, queryPaths } from '../../lib/sign-ins/query.ts';
import { printMeasurement } from './measure.ts';

interface List {
  readonly value: readonly unknown[];
  readonly '@odata.nextLink'?: string;
}

const { GRAPH_ENDPOINT = '', IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' } = process.env;
const [shapeNumber = '0'] = process.argv.slice(2);
const shape = QUERY_SHAPES[Number(shapeNumber)]!;
const agent = new Agent({ keepAlive: true });
const DAY_MS = 86_400_000;
const USER_PROPERTIES =
  'id,userPrincipalName,displayName,givenName,surname,mail,accountEnabled,userType,createdDateTime,assignedLicenses,passwordPolicies,onPremisesDistinguishedName,signInActivity';

const token = await readToken();
const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS;
const span = { from: midnight - 89 * DAY_MS, to: Date.now() };
const [users, registrations, ...signIns] = await Promise.all([
  countRows(`/v1.0/users?$select=${USER_PROPERTIES}&$top=500`, 'utf8'),
  countRows('/v1.0/reports/authenticationMethods/userRegistrationDetails', 'utf8'),
  ...KINDS.flatMap((kind) => queryPaths(kind, span, shape)).map((path) =>
    countRows(path, 'latin1'),
  ),
]);
const signInRows = signIns.reduce((sum, rows) => sum + rows, 0);
printMeasurement((users ?? 0) + (registrations ?? 0) + signInRows, signInRows);
process.exit();

async function countRows(path: string, encoding: 'utf8' | 'latin1'): Promise<number> {
  let rows = 0;
  let next: string | undefined = new URL(path, GRAPH_ENDPOINT).href;
  while (next !== undefined) {
    const body = await fetchBytes(next, { authorization: `Bearer ${token}` });
    const list = JSON.parse(body.toString(encoding)) as List;
    rows += list.value.length;
    next = list['@odata.nextLink'];
  }
  return rows;
}

async function readToken(): Promise<string> {
  const url = `${IDENTITY_ENDPOINT}?resource=${GRAPH_ENDPOINT}&api-version=2019-08-01&client_id=${process.env['AZURE_CLIENT_ID']}`;
  const body = await fetchBytes(url, { 'x-identity-header': IDENTITY_HEADER });
  return (JSON.parse(body.toString()) as { readonly access_token: string }).access_token;
}

function fetchBytes(url: string, headers: Readonly<Record<string, string>>): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(Buffer.concat(chunks));
        else
          reject(
            new Error(`The tenant answered ${answer.statusCode} to ${new URL(url).pathname}.`),
          );
      });
    }).on('error', reject);
  });
}
