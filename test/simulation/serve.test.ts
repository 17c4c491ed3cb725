import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';

describe('serve', () => {
  it('prints its settings, serves, and ends on SIGTERM', async () => {
    const script = new URL('../../lib/simulation/serve.ts', import.meta.url).pathname;
    const child = spawn(
      process.execPath,
      [script, '--people', '200', '--sign-ins', '0', '--free', '--throttle'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const settings = JSON.parse(line) as Readonly<Record<string, string>>;

    const answer = await fetch(`${settings['GRAPH_ENDPOINT']}/v1.0/users`);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];

    expect(answer.status).toBe(401);
    expect(settings).toHaveProperty('REPORT_REQUESTS_PER_10_SECONDS', '5');
    expect(code).toBe(0);
  });
});
