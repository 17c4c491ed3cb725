import { describe, expect, it } from '@jest/globals';
import type { MailerError } from '../../lib/errors.ts';
import { anError, NOW, withGraph } from '../support/graph-client.ts';
import type { TestGraph } from '../support/graph-client.ts';

const FINE = { body: { fine: true } };
const MESSAGE = { contentType: 'application/json', body: '{"subject":"a mail"}' };

function post({ graph, reader }: TestGraph): Promise<number> {
  const url = graph.url('/v1.0/users/x/sendMail');
  return graph.post(url, 'sendMail', MESSAGE, reader.signal).then(({ status }) => status);
}

function failureOf(work: Promise<unknown>): Promise<MailerError> {
  return work.then(
    () => Promise.reject(new Error('It did not fail.')),
    (error: MailerError) => error,
  );
}

describe('a read', () => {
  it.each([
    ['seconds', '7', 7000],
    ['ten minutes', '600', 600_000],
    ['a date', new Date(NOW + 12_000).toUTCString(), 12_000],
  ])('waits exactly as long as Retry-After says in %s', async (_, header, waitMs) => {
    const throttled = anError(429, 'TooManyRequests', { 'retry-after': header });

    await withGraph([throttled, FINE], async ({ get, time, server }) => {
      expect(await get('/v1.0/users')).toEqual({ fine: true });

      expect(time.waitsMs).toEqual([waitMs]);
      expect(server.requests).toHaveLength(2);
    });
  });

  it.each([
    ['says nothing', {}],
    ['is 0', { 'retry-after': '0' }],
    ['is garbage', { 'retry-after': 'soon' }],
    ['is a date that has passed', { 'retry-after': new Date(0).toUTCString() }],
  ])('backs off longer each time where Retry-After %s', async (_, headers) => {
    const throttled = anError(429, 'TooManyRequests', headers);
    const script = [throttled, throttled, throttled, FINE];

    await withGraph(
      script,
      async ({ get, time }) => {
        await get('/v1.0/users');

        expect(time.waitsMs).toEqual([2000, 4000, 8000]);
      },
      { random: () => 1 },
    );
  });

  it.each([408, 500, 502, 503, 504])('is repeated after a %i', async (status) => {
    await withGraph([anError(status), anError(status), FINE], async ({ get, time, server }) => {
      expect(await get('/v1.0/users')).toEqual({ fine: true });

      expect(server.requests).toHaveLength(3);
      expect(time.waitsMs).toEqual([50, 100]);
    });
  });

  it('reckons a date of Retry-After by Graph’s clock, whatever this machine’s says', async () => {
    const graphNow = NOW + 40 * 86_400_000;
    const throttled = anError(429, 'TooManyRequests', {
      date: new Date(graphNow).toUTCString(),
      'retry-after': new Date(graphNow + 12_000).toUTCString(),
    });

    await withGraph([throttled, FINE], async ({ get, time }) => {
      await get('/v1.0/users');

      expect(time.waitsMs).toEqual([12_000]);
    });
  });

  it('heeds the Retry-After of a 503', async () => {
    const busy = anError(503, 'ServiceUnavailable', { 'retry-after': '9' });

    await withGraph([busy, FINE], async ({ get, time }) => {
      await get('/v1.0/users');

      expect(time.waitsMs).toEqual([9000]);
    });
  });

  it.each(['reset', 'half'] as const)('is repeated after a %s answer', async (fault) => {
    await withGraph([fault, fault, FINE], async ({ get, server }) => {
      expect(await get('/v1.0/users')).toEqual({ fine: true });

      expect(server.requests).toHaveLength(3);
    });
  });

  it.each([
    ['a fault', [anError(503)]],
    ['throttling', [anError(429)]],
    ['a fault and throttling', [anError(503), anError(429)]],
  ])('goes over a connection of its own when it is repeated after %s', async (_, failures) => {
    await withGraph([FINE, ...failures, FINE, FINE], async ({ get, server }) => {
      for (let request = 0; request < 3; request += 1) await get('/v1.0/users');

      const [first, failed, ...repeated] = server.requests.map(({ port }) => port);
      expect(failed).toBe(first);
      for (const port of repeated.slice(0, failures.length)) expect(port).not.toBe(failed);
    });
  });

  it('goes over the same connection after its token was refused', async () => {
    await withGraph([FINE, anError(401), FINE], async ({ get, server }) => {
      for (let request = 0; request < 2; request += 1) await get('/v1.0/users');

      expect(new Set(server.requests.map(({ port }) => port)).size).toBe(1);
    });
  });

  it('asks for a fresh token where one was refused, and for the one at hand otherwise', async () => {
    const asked: boolean[] = [];
    const token = (_: AbortSignal, isFresh = false) => {
      asked.push(isFresh);
      return Promise.resolve('a-token');
    };

    await withGraph(
      [anError(401), FINE, FINE],
      async ({ get }) => {
        for (let request = 0; request < 2; request += 1) await get('/v1.0/users');

        expect(asked).toEqual([false, true, false]);
      },
      { token },
    );
  });

  it('gives up after six faults in a row', async () => {
    await withGraph(
      () => anError(502),
      async ({ get, server }) => {
        const { code, facts } = await failureOf(get('/v1.0/users'));

        expect(code).toBe('graph_unreachable');
        expect(facts).toMatchObject({ status: 502 });
        expect(server.requests).toHaveLength(6);
      },
    );
  });

  it.each([
    [400, 'BadRequest', 'graph_refused'],
    [403, 'Authorization_RequestDenied', 'graph_denied'],
    [403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'graph_unlicensed'],
    [404, 'ResourceNotFound', 'graph_refused'],
    [501, 'NotImplemented', 'graph_refused'],
    [300, 'MultipleChoices', 'graph_unexpected'],
    [302, 'Found', 'graph_unexpected'],
  ])('is not repeated after %i %s', async (status, graphCode, code) => {
    await withGraph([anError(status, graphCode), FINE], async ({ get, server }) => {
      const failure = await failureOf(get('/v1.0/users'));

      expect(failure.code).toBe(code);
      expect(server.requests).toHaveLength(1);
    });
  });

  it('asks for a token again after one was refused', async () => {
    const tokens = ['old', 'new'];

    await withGraph(
      [anError(401, 'InvalidAuthenticationToken'), FINE],
      async ({ get, server }) => {
        expect(await get('/v1.0/users')).toEqual({ fine: true });

        const sent = server.requests.map(({ headers }) => headers.authorization);
        expect(sent).toEqual(['Bearer old', 'Bearer new']);
      },
      { token: () => Promise.resolve(tokens.shift() ?? '') },
    );
  });

  it('is denied after three refused tokens', async () => {
    await withGraph(
      () => anError(401, 'InvalidAuthenticationToken'),
      async ({ get, server, time }) => {
        expect((await failureOf(get('/v1.0/users'))).code).toBe('graph_denied');
        expect(server.requests).toHaveLength(3);
        expect(time.waitsMs).toEqual([50, 50]);
      },
    );
  });

  it('ends as soon as its signal does, though the server hangs', async () => {
    const enough = AbortSignal.timeout(50);

    await withGraph(['hang'], async ({ get, server }) => {
      const failure = await failureOf(get('/v1.0/users', enough));

      expect(failure).toBe(enough.reason);
      expect(server.requests).toHaveLength(1);
    });
  });

  it.each(['60', '61'])(
    'does not begin a wait that would reach the deadline: %s s',
    async (header) => {
      const throttled = anError(429, 'TooManyRequests', { 'retry-after': header });

      await withGraph(
        [throttled, FINE],
        async ({ get, time }) => {
          expect((await failureOf(get('/v1.0/users'))).code).toBe('graph_throttled');
          expect(time.waitsMs).toEqual([]);
        },
        { endsInMs: 60_000 },
      );
    },
  );

  it('is throttled, not late, where our own wait after throttling would pass the deadline', async () => {
    await withGraph(
      () => anError(429),
      async ({ get }) => {
        expect((await failureOf(get('/v1.0/users'))).code).toBe('graph_throttled');
      },
      { endsInMs: 100 },
    );
  });

  it('S18: tells what Graph said where a 503 asks for more time than the run has', async () => {
    const away = anError(503, 'ServiceUnavailable', { 'retry-after': '99999999999' });

    await withGraph([away, FINE], async ({ get, time }) => {
      const { code, facts } = await failureOf(get('/v1.0/users'));

      expect([code, facts['status']]).toEqual(['graph_unreachable', 503]);
      expect(time.waitsMs).toEqual([]);
    });
  });

  it('reaches the deadline where a fault would be waited for beyond it', async () => {
    await withGraph(
      () => 'reset',
      async ({ get, server }) => {
        expect(await failureOf(get('/v1.0/users'))).toMatchObject({
          code: 'run_deadline',
          message: 'The run reached its time limit.',
        });
        expect(server.requests).toHaveLength(1);
      },
      { endsInMs: 10 },
    );
  });

  it('sends another client-request-id with every attempt', async () => {
    await withGraph([anError(503), FINE], async ({ get, server }) => {
      await get('/v1.0/users');

      const ids = server.requests.map(({ headers }) => headers['client-request-id']);
      expect(new Set(ids).size).toBe(2);
      expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    });
  });

  it('keeps the address of a next link byte for byte, also where it holds another address', async () => {
    const address =
      '/v1.0/users?$skiptoken=X%2744%27%3eey%3d%3d&back=https://elsewhere.example/x&$top=5';

    await withGraph([FINE], async ({ graph, reader, server }) => {
      await graph.get(graph.url(address), 'the thing', reader.signal, { isNextLink: true });

      expect(server.requests[0]?.url).toBe(address);
    });
  });

  it('sends the headers that the caller wants, beside its own', async () => {
    const headers = { prefer: 'include-unknown-enum-members' };

    await withGraph([FINE], async ({ graph, reader, server }) => {
      await graph.get(graph.url('/beta/x'), 'the thing', reader.signal, { headers });

      expect(server.requests[0]?.headers).toMatchObject({
        ...headers,
        accept: 'application/json',
        authorization: 'Bearer a-token',
      });
    });
  });

  it('says what it waited for without saying whom', async () => {
    await withGraph([anError(503), FINE], async ({ get, logged }) => {
      await get('/v1.0/users');

      expect(logged).toEqual([
        {
          level: 'debug',
          event: 'graph.waited',
          facts: { what: 'the thing', code: 'graph_unreachable', waitMs: 50 },
        },
      ]);
    });
  });
});

describe('the rate limit of the reporting endpoints', () => {
  it.each([
    '/beta/auditLogs/signIns',
    '/v1.0/reports/authenticationMethods/userRegistrationDetails',
    '/v1.0/users?$select=id,signInActivity',
  ])('paces %s', async (path) => {
    await withGraph(
      () => FINE,
      async ({ get, time }) => {
        for (let request = 0; request < 3; request += 1) await get(path);

        expect(time.waitsMs).toEqual([10_100]);
      },
      { limitPer10Seconds: 2 },
    );
  });

  it('leaves the directory alone', async () => {
    await withGraph(
      () => FINE,
      async ({ get, time }) => {
        for (const path of ['/v1.0/users?$select=id', '/v1.0/directoryRoles', '/v1.0/users']) {
          await get(path);
        }

        expect(time.waitsMs).toEqual([]);
      },
      { limitPer10Seconds: 1 },
    );
  });

  it('is held for everybody while Graph asks one to wait', async () => {
    const throttled = anError(429, 'TooManyRequests', { 'retry-after': '30' });

    await withGraph([throttled, FINE, FINE], async ({ get, time }) => {
      await Promise.all([
        get('/beta/auditLogs/signIns'),
        get('/v1.0/reports/authenticationMethods/userRegistrationDetails'),
      ]);

      expect(time.waitsMs).toContain(30_000);
    });
  });

  it.each([
    ['a request for the directory', '/v1.0/users', 429],
    ['a server that is away', '/beta/auditLogs/signIns', 503],
  ])('is not held by what %s is asked to wait', async (_, path, status) => {
    const busy = anError(status, 'Busy', { 'retry-after': '600' });

    await withGraph(
      [busy, FINE],
      async ({ get, time }) => {
        await failureOf(get(path));

        expect(await get('/beta/auditLogs/signIns')).toEqual({ fine: true });
        expect(time.waitsMs).toEqual([]);
      },
      { endsInMs: 60_000 },
    );
  });

  it.each(['600', '99999999999', '9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    'S10: lets the others fail at once, as throttled, where Graph asks for %s and the run ends before',
    async (header) => {
      const throttled = anError(429, 'TooManyRequests', { 'retry-after': header });

      await withGraph(
        [throttled, FINE, FINE],
        async ({ get, time, server }) => {
          const first = await failureOf(get('/v1.0/reports/authenticationMethods/x'));
          await get('/v1.0/directoryRoles');
          const other = await failureOf(get('/beta/auditLogs/signIns'));

          expect([first.code, other.code]).toEqual(['graph_throttled', 'graph_throttled']);
          expect(time.waitsMs).toEqual([]);
          expect(server.requests).toHaveLength(2);
        },
        { endsInMs: 60_000 },
      );
    },
  );
});

describe('a mail', () => {
  it('is posted again after 429, because Graph did not take it', async () => {
    const throttled = anError(429, 'TooManyRequests', { 'retry-after': '3' });

    await withGraph([throttled, { status: 202, body: '' }], async (graph) => {
      expect(await post(graph)).toBe(202);

      expect(graph.time.waitsMs).toEqual([3000]);
      expect(graph.server.requests.map(({ method, body }) => [method, body])).toEqual([
        ['POST', MESSAGE.body],
        ['POST', MESSAGE.body],
      ]);
    });
  });

  it.each([401, 408, 500, 502, 503, 504])('is never posted twice after a %i', async (status) => {
    await withGraph([anError(status), { status: 202 }], async (graph) => {
      await failureOf(post(graph));

      expect(graph.server.requests).toHaveLength(1);
    });
  });

  it('carries a fresh token, because it is sent but once', async () => {
    const asked: boolean[] = [];
    const token = (_: AbortSignal, isFresh = false) => {
      asked.push(isFresh);
      return Promise.resolve('a-token');
    };

    await withGraph([{ status: 202 }], post, { token });

    expect(asked).toEqual([true]);
  });

  it.each(['reset', 'half'] as const)('is never posted twice after a %s', async (fault) => {
    await withGraph([fault, { status: 202 }], async (graph) => {
      const { code, facts } = await failureOf(post(graph));

      expect(code).toBe('graph_unreachable');
      expect(facts).toMatchObject({ hasLeft: true });
      expect(graph.server.requests).toHaveLength(1);
    });
  });

  it('is known not to have left where nobody listens', async () => {
    await withGraph([], async (graph) => {
      await graph.server.close();

      expect((await failureOf(post(graph))).facts).toMatchObject({
        reason: 'ECONNREFUSED',
        hasLeft: false,
      });
    });
  });
});

describe('the token', () => {
  it('never goes to another host', async () => {
    await withGraph([], async ({ graph, reader }) => {
      const elsewhere = new URL('http://127.0.0.1:1/v1.0/users');

      const failure = await failureOf(
        Promise.resolve().then(() => graph.get(elsewhere, 'the thing', reader.signal)),
      );

      expect(failure.code).toBe('graph_unexpected');
      expect(failure.message).toContain('another host');
    });
  });

  it('does not follow a redirect', async () => {
    const moved = { status: 302, headers: { location: 'https://elsewhere.example/' } };

    await withGraph([moved], async ({ get, server }) => {
      expect((await failureOf(get('/v1.0/users'))).code).toBe('graph_unexpected');
      expect(server.requests).toHaveLength(1);
    });
  });
});
