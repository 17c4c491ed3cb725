// A process of its own that stands in for the Functions host: loads a bundle, says what it registers, and invokes it.
import Module, { createRequire } from 'node:module';
import { relayIdentityTo } from '../support/identity-relay.ts';
import { answerJobs, replaceEnvironment } from '../support/staying-process.ts';

/** What the host is to do once the bundle is loaded: nothing but to say what is registered, or to invoke it. */
export interface HostJob {
  readonly settings: Readonly<Record<string, string>>;
  readonly invocation?: Invocation | undefined;
}

/** `data` is what the host would send for the trigger. */
export interface Invocation {
  readonly name: string;
  readonly data: object;
}

/** What this process answers. */
export interface HostOutput {
  readonly registered: readonly Registered[];
  readonly logs: readonly { readonly level: string; readonly message: string }[];
  /** What the trigger returned, as the host gets it. */
  readonly response?: Response;
  readonly error?: { readonly name: string; readonly message: string };
}

export interface Response {
  readonly returnValue?: { readonly http?: HttpAnswer };
}

export interface HttpAnswer {
  readonly statusCode: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly bytes: Readonly<Record<string, number>> };
}

export interface Registered {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type Callback = (...inputs: readonly unknown[]) => unknown;
interface InvocationModel {
  getArguments(): Promise<{ readonly context: unknown; readonly inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: Callback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<Response>;
}
interface ProgrammingModel {
  getInvocationModel(core: object): InvocationModel;
}

const [bundle = ''] = process.argv.slice(2);
const functions = new Map<string, { readonly metadata: Registered; readonly callback: Callback }>();
const logs: { level: string; message: string }[] = [];
let model: ProgrammingModel | undefined;

class Disposable {
  static from(): Disposable {
    return new Disposable();
  }
  dispose(): void {}
}
const core = {
  version: '3.14.1',
  hostVersion: '4.1052.200',
  Disposable,
  registerFunction(metadata: Registered, callback: Callback) {
    functions.set(metadata.name, { metadata, callback });
    return new Disposable();
  },
  registerHook: () => new Disposable(),
  setProgrammingModel(given: ProgrammingModel) {
    model = given;
  },
  getProgrammingModel: () => model,
  log,
};
function log(level: string, _category: string, message: string): void {
  logs.push({ level, message });
}

// The worker hands its own module out in this way (Azure/azure-functions-nodejs-worker, setupCoreModule.ts).
const modules = Module.prototype as { require: (this: unknown, name: string) => unknown };
const { require: load } = modules;
modules.require = function (name) {
  return name === '@azure/functions-core' ? core : load.call(this, name);
};
createRequire(import.meta.url)(bundle);

const registered = [...functions.values()].map(({ metadata }) => metadata);
answerJobs<HostJob, HostOutput>(async ({ settings, invocation }) => {
  replaceEnvironment(settings);
  const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header = '' } = settings;
  if (endpoint !== undefined) await relayIdentityTo(endpoint, header);
  return invocation === undefined ? { registered, logs } : invoke(invocation);
});

async function invoke({ name, data }: Invocation): Promise<HostOutput> {
  const { metadata, callback } = functions.get(name)!;
  const [trigger] = Object.keys(metadata.bindings).filter((key) => /Trigger/.test(key));
  logs.length = 0;
  const invocation = model!.getInvocationModel({
    invocationId: 'invocation',
    metadata,
    request: {
      invocationId: 'invocation',
      functionId: name,
      inputData: [{ name: trigger, data }],
      triggerMetadata: {},
    },
    log,
    state: undefined,
  });
  const { context, inputs } = await invocation.getArguments();
  try {
    const result = await invocation.invokeFunction(context, inputs, callback);
    return { registered, logs, response: await invocation.getResponse(context, result) };
  } catch (error) {
    // What is not an Error the worker records as a success.
    if (!(error instanceof Error)) throw error;
    return { registered, logs, error: { name: error.name, message: error.message } };
  }
}
