import { parseArgs } from 'node:util';
import { startSimulatedTenant } from './tenant-server.ts';

/**
 * Runs a simulated tenant as a process of its own: prints its settings as one line of JSON, then serves until SIGTERM.
 * `node lib/simulation/serve.ts --people N --sign-ins N [--throttle] [--free] [--workspace] [--port P]`
 */
const { values } = parseArgs({
  options: {
    people: { type: 'string' },
    'sign-ins': { type: 'string' },
    throttle: { type: 'boolean', default: false },
    free: { type: 'boolean', default: false },
    workspace: { type: 'boolean', default: false },
    port: { type: 'string' },
  },
});

const tenant = await startSimulatedTenant({
  people: toNumber(values.people),
  signIns: toNumber(values['sign-ins']),
  port: toNumber(values.port),
  throttle: values.throttle,
  licence: values.free ? 'free' : 'premium',
});
const settings = { ...tenant.settings, ...(values.workspace && tenant.workspaceSettings) };
process.stdout.write(`${JSON.stringify(settings)}\n`);
process.once('SIGTERM', () => void tenant.close());

function toNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
