import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFaultPlan } from './faults/faults.ts';
import type { Fault } from './faults/faults.ts';
import { createIdentityEndpoint } from './graph/identity.ts';
import { createListener } from './graph/listener.ts';
import type { RecordedRequest } from './graph/listener.ts';
import { createOutbox } from './graph/mail.ts';
import type { SentMail } from './graph/mail.ts';
import { createResponder, createThrottle } from './graph/responder.ts';
import { createSignInLog } from './graph/sign-ins.ts';
import { fixturesOf, emergencyAccountsOf, SENDER } from './people/fixture-users.ts';
import type { FixtureChoice } from './people/fixture-users.ts';
import { ENFORCED_SHARE } from './people/generated-sign-ins.ts';
import { generateUsers } from './people/generated-users.ts';
import type { GeneratedMix } from './people/generated-users.ts';
import { createDirectory } from './people/directory.ts';
import { guid } from './people/generated.ts';
import { createWorkspace } from './workspace/workspace.ts';
import type { WorkspaceFault, WorkspaceOptions } from './workspace/workspace.ts';

export type { Fault, RecordedRequest, SentMail, WorkspaceFault };

export interface SimulationOptions {
  /** The tenant's present; the real one unless given. It may move on between requests. */
  readonly clock?: () => Date;
  /** Users in all, the fixture users among them. @default 160 */
  readonly people?: number | undefined;
  /** Sign-ins of the generated users within Entra's retention of 30 days. @default 3000 */
  readonly signIns?: number | undefined;
  /** Which of the handmade people are there; `true` is everybody. @default true */
  readonly fixtures?: boolean | FixtureChoice;
  /** How the other people are: `calm` all can do MFA, of `many` 2 in 5 are hits. @default 'usual' */
  readonly generated?: GeneratedMix;
  /** @default 1 */
  readonly seed?: number;
  /** `free` refuses sign-ins, registrations and signInActivity. @default 'premium' */
  readonly licence?: 'premium' | 'free';
  /** Five reporting requests in ten seconds of `clock`, which has to move for the limit to lift. @default false */
  readonly throttle?: boolean;
  readonly faults?: readonly Fault[];
  /** The folder for accepted mails; without it they are kept in memory only. */
  readonly outbox?: string;
  /** The app roles in the token. @default the four permissions that the product asks for */
  readonly roles?: readonly string[];
  /** When the story of the fixture users ends. @default the day on which `clock` stands at the start */
  readonly story?: { readonly lastDay: Date };
  /** What the Log Analytics workspace lacks and does wrong to which sign-ins are exported. */
  readonly workspace?: WorkspaceOptions;
  /** @default any free port */
  readonly port?: number | undefined;
}

export interface SimulatedTenant {
  readonly origin: string;
  /** App settings with which the product runs against this tenant. */
  readonly settings: Readonly<Record<string, string>>;
  /** App settings that name its Log Analytics workspace as well. */
  readonly workspaceSettings: Readonly<Record<string, string>>;
  readonly tenantId: string;
  readonly requests: readonly RecordedRequest[];
  readonly mails: readonly SentMail[];
  addFault(fault: Fault): void;
  addWorkspaceFault(fault: WorkspaceFault): void;
  close(): Promise<void>;
}

const PERMISSIONS = [
  'AuditLog.Read.All',
  'Directory.Read.All',
  'UserAuthenticationMethod.Read.All',
  'Mail.Send',
];
const TENANT_TAG = 50;
const WORKSPACE_TAG = 51;
const KEEP_ALIVE_MS = 60_000;

/** Starts a tenant on loopback that speaks the used part of Graph and App Service's identity endpoint. */
export async function startSimulatedTenant(
  options: SimulationOptions = {},
): Promise<SimulatedTenant> {
  const { clock = () => new Date(), people = 160, signIns = 3000, seed = 1 } = options;
  const { licence = 'premium', roles = PERMISSIONS } = options;
  const fixtures = fixturesOf(choiceOf(options.fixtures));
  const lastDay = options.story?.lastDay ?? clock();
  const tenantId = guid(seed, TENANT_TAG, 0);
  // One of its own for every tenant: @azure/identity keeps tokens by client id, for the whole process.
  const clientId = randomUUID();

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const generatedCount = Math.max(0, people - fixtures.length);
  const generated = generateUsers(
    seed,
    generatedCount,
    signIns * ENFORCED_SHARE,
    options.generated,
  );
  const outbox = createOutbox(options.outbox);
  const faults = createFaultPlan(options.faults ?? []);
  const identity = createIdentityEndpoint({ tenantId, clientId, roles, origin });
  const signInLog = createSignInLog({ generated, fixtures, lastDay, signIns, tenantId });
  const workspaceId = guid(seed, WORKSPACE_TAG, 0);
  const workspace = createWorkspace(signInLog, options.workspace);
  const tenant = {
    tenantId,
    workspaceId,
    workspace,
    licence,
    outbox,
    fixtures,
    lastDay,
    directory: createDirectory(fixtures, generated, lastDay),
    signInLog,
  };
  const throttle = options.throttle === true ? createThrottle() : () => undefined;
  const respond = createResponder(tenant, identity, faults, throttle);
  const requests: RecordedRequest[] = [];
  server.on('request', createListener({ origin, clock, respond, requests }));

  return {
    origin,
    tenantId,
    requests,
    mails: outbox.mails,
    settings: {
      GRAPH_AUTH: 'managed-identity',
      GRAPH_ENDPOINT: origin,
      IDENTITY_ENDPOINT: `${origin}/msi/token`,
      IDENTITY_HEADER: identity.secret,
      AZURE_CLIENT_ID: clientId,
      EMAIL_FROM: SENDER,
      EMAIL_TO: 'security@contoso.example',
      BREAK_GLASS_ACCOUNTS: emergencyAccountsOf(fixtures).join(';'),
      REPORT_REQUESTS_PER_10_SECONDS: options.throttle === true ? '5' : '0',
    },
    workspaceSettings: {
      SIGN_IN_WORKSPACE_ID: workspaceId,
      SIGN_IN_WORKSPACE_ENDPOINT: origin,
    },
    addFault: (fault) => {
      faults.add(fault);
    },
    addWorkspaceFault: (fault) => {
      workspace.addFault(fault);
    },
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

function choiceOf(fixtures: SimulationOptions['fixtures'] = true): FixtureChoice {
  if (typeof fixtures !== 'boolean') return fixtures;
  return fixtures ? 'everybody' : 'nobody';
}
