import type { GraphRequest } from './graph-request.ts';
import { badRequest } from './refusal.ts';

/** The refusal of a query option, in Graph's words. */
export function refusedOption(option: string) {
  return badRequest(`Query option '${option}' is not allowed.`);
}

/** Refuses query options that the endpoint does not know; `$skiptoken` is known everywhere. */
export function allowOptions(query: URLSearchParams, ...allowed: readonly string[]): void {
  for (const name of query.keys()) {
    if (name !== '$skiptoken' && !allowed.includes(name)) {
      const option = name.replace('$', '');
      throw refusedOption(option.charAt(0).toUpperCase() + option.slice(1));
    }
  }
}

/** The page size asked for; above the greatest it is an error, not a clamp. */
export function readTop(query: URLSearchParams, usual: number, greatest: number): number {
  const text = query.get('$top');
  if (text === null) {
    return usual;
  }
  const top = Number(text);
  if (!Number.isInteger(top) || top < 1 || top > greatest) {
    throw badRequest(
      `Invalid page size specified: '${text}'. Must be between 1 and ${greatest} inclusive.`,
    );
  }
  return top;
}

/** The properties that `$select` names, or the usual ones; an unknown name is an error. */
export function readSelect(
  { query }: GraphRequest,
  known: Readonly<Record<string, unknown>>,
  usual: readonly string[],
): readonly string[] {
  const text = query.get('$select');
  if (text === null) {
    return usual;
  }
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) {
    throw badRequest(`Could not find a property named '${unknown}'.`);
  }
  return names;
}
