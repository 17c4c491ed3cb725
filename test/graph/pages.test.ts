import { describe, expect, it } from '@jest/globals';
import type { MailerError } from '../../lib/errors.ts';
import { pages } from '../../lib/graph/pages.ts';
import { anError, aPage, withGraph } from '../support/graph-client.ts';
import type { Script } from '../support/scripted-server.ts';

const decode = (row: unknown) => row;

/** The rows of every page, or how it failed. */
function readAll(
  script: Script,
  encoding: 'utf8' | 'latin1' = 'utf8',
): Promise<{ rows: unknown[][]; failure?: MailerError; requests: number }> {
  return withGraph(script, async ({ graph, reader, server }) => {
    const rows: unknown[][] = [];
    try {
      const options = { what: 'the things', signal: reader.signal, encoding, decode };
      for await (const page of pages(graph, graph.url('/v1.0/things'), options)) {
        rows.push([...page.rows]);
      }
      return { rows, requests: server.requests.length };
    } catch (error) {
      return { rows, failure: error as MailerError, requests: server.requests.length };
    }
  });
}

describe('pages', () => {
  it('follows every link to the end', async () => {
    const { rows, failure } = await readAll((request, number) =>
      aPage([number], request, number < 4 ? `/v1.0/things?$skiptoken=${number}` : undefined),
    );

    expect(failure).toBeUndefined();
    expect(rows).toEqual([[1], [2], [3], [4]]);
  });

  it('follows the link of an empty page', async () => {
    const { rows } = await readAll((request, number) =>
      number === 1 ? aPage([], request, '/v1.0/things?$skiptoken=a') : aPage([1]),
    );

    expect(rows).toEqual([[], [1]]);
  });

  it('does not ask for a page that nobody wants', async () => {
    await withGraph(
      (request, number) => aPage([number], request, `/v1.0/things?$skiptoken=${number}`),
      async ({ graph, reader, server }) => {
        const options = { what: 'the things', signal: reader.signal, decode: Number };
        for await (const page of pages(graph, graph.url('/v1.0/things'), options)) {
          if (page.rows[0] === 2) break;
        }

        expect(server.requests).toHaveLength(2);
      },
    );
  });

  it('refuses a link to another host, and sends it nothing', async () => {
    const { failure, requests } = await readAll(() => ({
      body: { value: [1], '@odata.nextLink': 'https://elsewhere.example/v1.0/things' },
    }));

    expect(failure).toMatchObject({ code: 'graph_unexpected' });
    expect(failure?.message).toContain('another host');
    expect(requests).toBe(1);
  });

  it('refuses a link that was followed before', async () => {
    const { rows, failure, requests } = await readAll((request, number) =>
      aPage([number], request, number % 2 === 1 ? '/v1.0/things?b' : '/v1.0/things'),
    );

    expect(failure?.message).toBe('Graph repeated a link while listing the things.');
    expect(rows).toEqual([[1], [2]]);
    expect(requests).toBe(2);
  });

  it('leaves an endless chain of empty pages', async () => {
    const { failure, requests } = await readAll((request, number) =>
      aPage([], request, `/v1.0/things?$skiptoken=${number}`),
    );

    expect(failure).toMatchObject({ code: 'graph_unexpected' });
    expect(requests).toBe(51);
  });

  it.each([
    ['an HTML page', '<!DOCTYPE html><title>502</title>'],
    ['nothing', ''],
    ['half a page', '{"value":[{"id":"a"'],
    ['no list', { value: { id: 'a' } }],
    ['null', null],
    ['a text', '"value"'],
  ])('asks again where the answer is %s, and then gives it up', async (_, body) => {
    const { failure, requests } = await readAll(() => ({ body }));

    expect(failure).toMatchObject({ code: 'graph_unexpected' });
    expect(requests).toBe(3);
  });

  it('takes a page that came whole at the second attempt', async () => {
    const { rows, failure } = await readAll([{ body: '<html>' }, aPage([1])]);

    expect(failure).toBeUndefined();
    expect(rows).toEqual([[1]]);
  });

  it.each([7, 'not an address', {}])('refuses the next link %j', async (link) => {
    const { failure } = await readAll(() => ({ body: { value: [], '@odata.nextLink': link } }));

    expect(failure?.message).toContain('is not an address');
  });

  it.each([null, ''])('takes the next link %j for the end', async (link) => {
    const { failure } = await readAll(() => ({ body: { value: [], '@odata.nextLink': link } }));

    expect(failure).toBeUndefined();
  });

  it('reads names as UTF-8', async () => {
    const { rows } = await readAll([aPage(['Zoë 👩‍🚀 حداد'])]);

    expect(rows).toEqual([['Zoë 👩‍🚀 حداد']]);
  });

  it('says nothing of what Graph said, which may name people', async () => {
    const { failure } = await readAll([anError(403, 'Authorization_RequestDenied')]);

    expect(failure?.message).toBe(
      'Graph answered 403 Authorization_RequestDenied to the things. Grant the identity the permission and wait for its token to be renewed.',
    );
  });

  it.each([
    ['records', '{},'],
    ['lists in lists', '['],
    ['numbers', '1,'],
  ])(
    'S06: does not parse a page of millions of %s, which would take gigabytes',
    async (_, part) => {
      const body = `{"value":[${part.repeat(6_000_000)}{}]}`;

      const { rows, failure } = await readAll(() => ({ body }));

      expect(rows).toEqual([]);
      expect(failure?.message).toBe(
        'Graph’s answer to the things holds more values than any page does.',
      );
    },
  );

  it('reads a page of a thousand sign-ins with all policies of a tenant', async () => {
    const policies = Array.from({ length: 195 }, (_, n) => ({
      id: `b4c0e3a1-0000-4000-8000-${String(n).padStart(12, '0')}`,
      displayName: `CA${n}, for all people, in all places`,
      enforcedGrantControls: ['Mfa', 'RequireCompliantDevice'],
      enforcedSessionControls: [],
      result: 'notApplied',
    }));
    const signIns = Array.from({ length: 1000 }, (_, id) => ({ id, policies }));

    const { rows, failure } = await readAll((request) => aPage(signIns, request));

    expect(failure).toBeUndefined();
    expect(rows[0]).toHaveLength(1000);
  });
});
