import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * What the client libraries call only for what the product never does, by the file and the name of the function:
 * queries of resources and in batches, bodies of many parts, addresses with parameters, other kinds of credentials, and
 * checksums beside those of TLS.
 */
export const NEVER_CALLED: Readonly<Record<string, readonly string[]>> = {
  '@azure-rest/core-client/dist/esm/keyCredentialAuthenticationPolicy.js': [
    'keyCredentialAuthenticationPolicy',
  ],
  '@azure-rest/core-client/dist/esm/restError.js': ['createRestError'],
  '@azure/monitor-query-logs/dist/esm/logsQueryClient.js': ['queryBatch', 'queryResource'],
  '@azure/monitor-query-logs/dist/esm/models/models.js': ['errorResponseDeserializer'],
  '@azure/monitor-query-logs/dist/esm/static-helpers/urlTemplate.js': [
    'getExpandedValue',
    'getNonExpandedValue',
  ],
  '@azure/storage-common/dist/esm/crc64.js': ['default'],
  '@typespec/ts-http-runtime/dist/esm/client/clientHelpers.js': ['createDefaultPipeline'],
  '@typespec/ts-http-runtime/dist/esm/client/getClient.js': ['asBrowserStream', 'asNodeStream'],
  '@typespec/ts-http-runtime/dist/esm/client/multipart.js': ['buildMultipartBody'],
  '@typespec/ts-http-runtime/dist/esm/client/sendRequest.js': ['getContentType'],
  '@typespec/ts-http-runtime/dist/esm/client/urlHelpers.js': [
    'isQueryParameterWithOptions',
    'getQueryParamValue',
    'simpleParseQueryParams',
  ],
};

/** Leaves of these functions nothing but an error, and so nothing of what only they need. */
export function leaveOutUncalled(): Plugin {
  return {
    name: 'leave-out-uncalled',
    setup(esbuild) {
      for (const [file, names] of Object.entries(NEVER_CALLED)) {
        const filter = new RegExp(`[\\\\/]node_modules[\\\\/]${file.replaceAll('/', '[\\\\/]')}$`);
        esbuild.onLoad({ filter }, async ({ path }) => ({
          contents: names.reduce(withoutFunction, await readFile(path, 'utf8')),
        }));
      }
    },
  };
}

/** A file with nothing left of a function. Throws RangeError where there is no such function at the top of a file: the client is not the one that was looked at. */
export function withoutFunction(source: string, name: string): string {
  const instead = `() { throw Error('${name} is left out'); }`;
  if (name === 'default' && /^export default /m.test(source)) {
    return `export default function ${instead}`;
  }
  // The clients are laid out alike: what begins at one indentation ends there.
  const head = String.raw`( *)(?:export )?(?:async )?(?:function )?${name}`;
  const whole = new RegExp(String.raw`^(${head})\([^;]*?\{\n[^]*?^\2\}`, 'm');
  if (!whole.test(source)) throw new RangeError(`There is no function ${name} to leave out.`);
  return source.replace(whole, (_, kept) => `${kept}${instead}`);
}
