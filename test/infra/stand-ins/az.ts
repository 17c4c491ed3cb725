// Stands in for the Azure CLI: answers the calls of the permission scripts from a file, and records each.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GRAPH_ID } from './az-state.ts';
import type { AzState, Grant } from './az-state.ts';

function main(folder: string, args: readonly string[]): number {
  appendFileSync(join(folder, 'calls.jsonl'), `${JSON.stringify(args)}\n`);
  const stateFile = join(folder, 'state.json');
  const state = JSON.parse(readFileSync(stateFile, 'utf8')) as AzState;
  const save = (next: AzState) => writeFileSync(stateFile, JSON.stringify(next));
  const flag = (name: string) => args[args.indexOf(name) + 1] ?? '';
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
    if (flag('--query') !== 'id') return refuse('unknown query');
    say(GRAPH_ID);
    return 0;
  }
  if ((state.unknownFor ?? 0) > 0) {
    save({ ...state, unknownFor: (state.unknownFor ?? 0) - 1 });
    return refuse('Not Found({"error":{"code":"Request_ResourceNotFound"}})');
  }
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
    const body = JSON.parse(flag('--body')) as Omit<Grant, 'id'>;
    save({ ...state, grants: [...state.grants, { ...body, id: `new-${state.grants.length}` }] });
    return 0;
  }
  const asked =
    /^\[join\(' ', value\[\?resourceId=='(.+)'\]\.join\('=', \[appRoleId, id\]\)\), "@odata\.nextLink" \|\| ''\]$/.exec(
      flag('--query'),
    );
  if (asked === null) return refuse('unknown query');
  const start = Number(url.searchParams.get('$skiptoken') ?? 0);
  const page = state.grants.slice(start, start + state.pageSize);
  const end = start + state.pageSize;
  say(
    page
      .filter((grant) => grant.resourceId === asked[1])
      .map((grant) => `${grant.appRoleId}=${grant.id}`)
      .join(' '),
  );
  const host = state.nextHost ?? url.origin;
  say(end < state.grants.length ? `${host}${url.pathname}?$skiptoken=${end}` : '');
  return 0;
}

const [folder = '', ...args] = process.argv.slice(2);
process.exitCode = main(folder, args);
