import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** What one process of the bench cost, as it prints it when it is done. */
export interface Measurement {
  /** User and system time. */
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakBytes: number;
  /** Requests to Graph, the mail and the token apart, or to a workspace, and those of them under the reporting limit. */
  readonly requests: number;
  readonly reportingRequests: number;
  readonly signInRequests: number;
  readonly rows: number;
  readonly signIns: number;
}

const paths: string[] = [];

subscribe('http.client.request.start', (message) => {
  const { path, method } = (message as { readonly request: ClientRequest }).request;
  const isWorkspace = path.startsWith('/v1/workspaces/');
  if (isWorkspace || (method === 'GET' && !path.startsWith('/msi/'))) paths.push(path);
});

/** Prints what this process has cost from its start until now. */
export function printMeasurement(rows: number, signIns: number, beganAt = 0): void {
  const { user, system } = process.cpuUsage();
  const signInRequests = paths.filter((path) =>
    /\/auditLogs\/|^\/v1\/workspaces\//.test(path),
  ).length;
  const others = paths.filter((path) => /\/reports\/|signInActivity/.test(path)).length;
  const measurement: Measurement = {
    cpuMs: (user + system) / 1000,
    wallMs: performance.now() - beganAt,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    requests: paths.length,
    signInRequests,
    reportingRequests: signInRequests + others,
    rows,
    signIns,
  };
  process.stdout.write(`${JSON.stringify(measurement)}\n`);
}
