// A process of its own that stays: does with each job what a new process of the command line would do with it.
import { inspect } from 'node:util';
import { answerJobs, replaceEnvironment } from '../support/staying-process.ts';
import type { Ended } from './run-cli.ts';

export interface CliJob {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

const CLI = new URL('../../lib/cli.ts', import.meta.url).href;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** @azure/identity keeps here, for the whole process, where it found the identity endpoint. */
const { ManagedIdentityClient } = (await import(
  new URL('client/ManagedIdentityClient.mjs', import.meta.resolve('@azure/msal-node')).href
)) as { readonly ManagedIdentityClient: { identitySource: unknown } };

const takeOut = record(process.stdout);
const takeErr = record(process.stderr);
let runs = 0;

async function perform({ args, cwd, env }: CliJob): Promise<Ended> {
  replaceEnvironment(env);
  process.chdir(cwd);
  process.argv = [process.execPath, CLI, ...args];
  ManagedIdentityClient.identitySource = undefined;
  try {
    runs += 1;
    await import(`${CLI}?run=${runs}`);
  } catch (error) {
    process.stderr.write(`${inspect(error)}\n`);
    process.exitCode = 1;
  }
  const code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  for (const signal of SIGNALS) process.removeAllListeners(signal);
  return { code, out: takeOut(), err: takeErr() };
}

/** Keeps what is written to a stream; gives what came since it was last asked. */
function record(stream: NodeJS.WriteStream): () => string {
  const chunks: Buffer[] = [];
  stream.write = (chunk: string | Uint8Array, ...others: readonly unknown[]) => {
    chunks.push(Buffer.from(chunk as string));
    const written = others.find((each) => typeof each === 'function');
    if (written !== undefined) process.nextTick(written);
    return true;
  };
  return () => Buffer.concat(chunks.splice(0)).toString();
}

answerJobs(perform);
