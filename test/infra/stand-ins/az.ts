import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { GRAPH_ID } from './az-state.ts';
import type { AzState, Grant } from './az-state.ts';

interface AzAnswer {
  readonly status: 0 | 1;
  readonly text: string;
}

/** A program named az in the folder, and who answers it. */
export interface StandInAz {
  readonly program: string;
  close(): void;
}

/**
 * Stands in for the Azure CLI: answers the calls of the permission scripts from a file in the folder, and records each.
 * The program only asks: it is started hundreds of times, and starting Node costs more than all else that a script does.
 */
export async function standInAz(folder: string): Promise<StandInAz> {
  const server: Server = createServer({ allowHalfOpen: true }, (connection) => {
    let text = '';
    connection.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const [count = '', ...words] = text.split('\0');
      if (words.length <= Number(count)) return;
      const answer = answerOf(folder, words.slice(0, Number(count)));
      connection.end(`${answer.status}\n${answer.text}`);
    });
    // A script that was ended asks no more.
    connection.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve).unref());
  const program = `#!/usr/bin/env bash
exec 3<>/dev/tcp/127.0.0.1/${(server.address() as AddressInfo).port} || exit 97
printf '%s\\0' "$#" "$@" >&3
read -r status <&3
IFS= read -r -d '' text <&3
if [ "$status" = 0 ]; then printf %s "$text"; else printf %s "$text" >&2; fi
exit "$status"
`;
  return { program, close: () => server.close() };
}

function answerOf(folder: string, args: readonly string[]): AzAnswer {
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
  const say = (...lines: readonly string[]): AzAnswer => ({
    status: 0,
    text: lines.map((line) => `${line}\n`).join(''),
  });
  const refuse = (text: string): AzAnswer => ({ status: 1, text: `ERROR: ${text}\n` });

  if (args[0] === 'account') {
    if (state.tenantId === undefined) return refuse("Please run 'az login' to setup account.");
    return say(state.tenantId);
  }
  if (args[0] !== 'rest') return refuse(`unknown command ${args[0]}`);
  const url = new URL(flag('--url'));
  if (url.pathname.includes('servicePrincipals(appId=')) {
    if (!['', 'id'].includes(flag('--query'))) return refuse('unknown query');
    return say(flag('--query') === 'id' ? GRAPH_ID : JSON.stringify({ id: GRAPH_ID }));
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
    return say();
  }
  const start = Number(url.searchParams.get('$skiptoken') ?? 0);
  const page = state.grants.slice(start, start + state.pageSize);
  const end = start + state.pageSize;
  const next =
    end < state.grants.length
      ? `${state.nextHost ?? url.origin}${url.pathname}?$skiptoken=${end}`
      : undefined;
  if (flag('--query') === '') {
    return say(
      JSON.stringify({ value: page, ...(next !== undefined && { '@odata.nextLink': next }) }),
    );
  }
  const asked =
    /^\[join\(' ', value\[\?resourceId=='(.+)'\]\.join\('=', \[appRoleId, id\]\)\), "@odata\.nextLink" \|\| ''\]$/.exec(
      flag('--query'),
    );
  if (asked === null) return refuse('unknown query');
  const granted = page
    .filter((grant) => grant.resourceId === asked[1])
    .map((grant) => `${grant.appRoleId}=${grant.id}`);
  return say(granted.join(' '), next ?? '');
}
