// Stands in for the Azure CLI: answers the calls of the permission scripts from a file, and records each.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GRAPH_ID } from './az-state.ts';
import type { AzState, Grant } from './az-state.ts';

function main(folder: string, args: readonly string[]): number {
  const stateFile = join(folder, 'state.json');
  const state = JSON.parse(readFileSync(stateFile, 'utf8')) as AzState;
  const save = (next: AzState) => writeFileSync(stateFile, JSON.stringify(next));
  // As the Azure CLI does it: a value that begins with @ is read from the file of that name.
  const flag = (name: string) => {
    const value = args.includes(name) ? (args[args.indexOf(name) + 1] ?? '') : '';
    return value.startsWith('@') ? readFileSync(value.slice(1), 'utf8') : value;
  };
  appendFileSync(
    join(folder, 'calls.jsonl'),
    `${JSON.stringify(args.map((word) => (word.startsWith('@') ? flag(args[args.indexOf(word) - 1]!) : word)))}\n`,
  );
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const refuse = (text: string) => {
    process.stderr.write(`ERROR: ${text}\n`);
    return 1;
  };

  if (args[0] === 'account') {
    if (state.tenantId === undefined) return refuse("Please run 'az login' to setup account.");
    say(state.tenantId);
    return 0;
  }
  if (args[0] !== 'rest') return refuse(`unknown command ${args[0]}`);
  const url = new URL(flag('--url'));
  if (url.pathname.includes('servicePrincipals(appId=')) {
    if (!['', 'id'].includes(flag('--query'))) return refuse('unknown query');
    say(flag('--query') === 'id' ? GRAPH_ID : JSON.stringify({ id: GRAPH_ID }));
    return 0;
  }
  if ((state.unknownFor ?? 0) > 0) {
    save({ ...state, unknownFor: (state.unknownFor ?? 0) - 1 });
    return refuse('Not Found({"error":{"code":"Request_ResourceNotFound"}})');
  }
  if (state.broken === true)
    return refuse('Internal Server Error({"error":{"code":"UnknownError"}})');
  if (state.refuses === flag('--method')) {
    return refuse(
      'Forbidden({"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges to complete the operation."}})',
    );
  }
  if (flag('--method') === 'post') {
    if (state.alreadyExists === true) {
      return refuse(
        'Bad Request({"error":{"message":"Permission being assigned already exists on the object"}})',
      );
    }
    if (state.grants.length >= (state.stopsAfter ?? Infinity)) {
      return refuse('Service Unavailable({"error":{"code":"ServiceNotAvailable"}})');
    }
    const body = JSON.parse(flag('--body')) as Omit<Grant, 'id'>;
    save({ ...state, grants: [...state.grants, { ...body, id: `new-${state.grants.length}` }] });
    return 0;
  }
  const start = Number(url.searchParams.get('$skiptoken') ?? 0);
  const page = state.grants.slice(start, start + state.pageSize);
  const end = start + state.pageSize;
  const next =
    end < state.grants.length
      ? `${state.nextHost ?? url.origin}${url.pathname}?$skiptoken=${end}`
      : undefined;
  if (flag('--query') === '') {
    say(JSON.stringify({ value: page, ...(next !== undefined && { '@odata.nextLink': next }) }));
    return 0;
  }
  const asked =
    /^\[join\(' ', value\[\?resourceId=='(.+)'\]\.join\('=', \[appRoleId, id\]\)\), "@odata\.nextLink" \|\| ''\]$/.exec(
      flag('--query'),
    );
  if (asked === null) return refuse('unknown query');
  say(
    page
      .filter((grant) => grant.resourceId === asked[1])
      .map((grant) => `${grant.appRoleId}=${grant.id}`)
      .join(' '),
  );
  say(next ?? '');
  return 0;
}

const [folder = '', ...args] = process.argv.slice(2);
process.exitCode = main(folder, args);
