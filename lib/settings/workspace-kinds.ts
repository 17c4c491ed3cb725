import { isObjectId } from '../guid.ts';
import { isLoopback } from './kinds.ts';
import type { Field } from './kinds.ts';

/** The GUID of a Log Analytics workspace; empty is none. */
export function workspaceId(setting: string, meaning: string): Field<string> {
  return {
    setting,
    kind: 'GUID of a workspace',
    fallback: '',
    meaning,
    read(value) {
      if (value === '' || isObjectId(value)) return { value: value.toLowerCase() };
      if (value.startsWith('/') || /\bworkspaces\//i.test(value)) {
        return {
          problem:
            'is a resource id; expected the GUID that the portal shows as Workspace ID (az monitor log-analytics workspace show --query customerId).',
        };
      }
      return {
        problem: 'must be the GUID that the portal shows as Workspace ID.',
      };
    },
  };
}

/** The root of the query API, with or without /v1: https, or plain http on this machine for a simulated workspace. */
export function workspaceEndpoint(setting: string, meaning: string): Field<URL | undefined> {
  return {
    setting,
    kind: 'https address',
    fallback: '',
    meaning,
    read(value) {
      if (value === '') return { value: undefined };
      const problem =
        'must be the root of the query API, such as https://api.loganalytics.azure.com, without a path but /v1; plain http is allowed for this machine only.';
      if (!URL.canParse(value)) return { problem };
      const url = new URL(value);
      const isRoot =
        /^\/(?:v1\/?)?$/.test(url.pathname) &&
        !url.search &&
        !url.hash &&
        !url.username &&
        !url.password;
      const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
      return isRoot && isSafe ? { value: new URL(url.origin) } : { problem };
    },
  };
}
