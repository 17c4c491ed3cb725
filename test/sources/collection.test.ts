import { describe, expect, it } from '@jest/globals';
import { readCollection, withTimeLimit } from '../../lib/sources/collection.ts';
import type { Properties } from '../../lib/sources/collection.ts';
import { startCount } from '../../lib/sources/coverage.ts';
import { anError, aPage, withGraph } from '../support/graph-client.ts';
import type { TestGraph } from '../support/graph-client.ts';

const REQUEST = {
  source: 'roles',
  what: 'the things',
  path: '/v1.0/things',
  decode: ({ number }: Properties) => (typeof number === 'number' ? { number } : undefined),
} as const;

const things = (...numbers: readonly number[]) => numbers.map((number) => ({ number }));

/** Reads numbers, each once. */
function readNumbers({ reader }: TestGraph) {
  const taken = new Set<number>();
  const count = startCount();
  return readCollection(reader, REQUEST, count, ({ number }) => {
    if (taken.has(number)) return false;
    taken.add(number);
    return true;
  }).then(() => ({ count, taken: [...taken] }));
}

describe('readCollection', () => {
  it('reads from the beginning again where the page token runs out', async () => {
    let isExpired = false;

    await withGraph(
      (request, number) => {
        if (!request.url.includes('$skiptoken'))
          return aPage(things(1, 2), request, '/v1.0/things?$skiptoken=a');
        if (number > 2 && isExpired) return aPage(things(3));
        isExpired = true;
        return anError(400);
      },
      async (graph) => {
        const { count, taken } = await readNumbers(graph);

        expect(taken).toEqual([1, 2, 3]);
        expect(count).toEqual({ ...startCount(), rows: 3, pages: 3 });
        expect(graph.server.requests).toHaveLength(4);
      },
    );
  });

  it('gives up after two new beginnings', async () => {
    await withGraph(
      (request) =>
        request.url.includes('$skiptoken')
          ? anError(400)
          : aPage(things(1), request, '/v1.0/things?$skiptoken=a'),
      async (graph) => {
        await expect(readNumbers(graph)).rejects.toMatchObject({ code: 'graph_refused' });
        expect(graph.server.requests).toHaveLength(6);
      },
    );
  });

  it('does not ask again for what was refused at once', async () => {
    await withGraph(
      () => anError(400),
      async (graph) => {
        await expect(readNumbers(graph)).rejects.toMatchObject({ code: 'graph_refused' });
        expect(graph.server.requests).toHaveLength(1);
      },
    );
  });

  it('leaves a chain that brings the same rows under ever new links', async () => {
    await withGraph(
      (request, number) => aPage(things(1, 2), request, `/v1.0/things?$skiptoken=${number}`),
      async (graph) => {
        await expect(readNumbers(graph)).rejects.toMatchObject({ code: 'graph_unexpected' });
        expect(graph.server.requests).toHaveLength(22);
      },
    );
  });

  it('counts a row once though its page came twice', async () => {
    await withGraph(
      (request, number) =>
        aPage(things(1, 2), request, number < 3 ? `/v1.0/things?p=${number}` : undefined),
      async (graph) => {
        expect((await readNumbers(graph)).count).toEqual({ ...startCount(), rows: 2, pages: 3 });
      },
    );
  });

  it('tells how far it is after every page', async () => {
    await withGraph(
      (request, number) =>
        aPage(things(number), request, number < 3 ? `/v1.0/things?p=${number}` : undefined),
      async (graph) => {
        await readNumbers(graph);

        expect(graph.progress).toEqual([
          { source: 'roles', rows: 1, pages: 1 },
          { source: 'roles', rows: 2, pages: 2 },
          { source: 'roles', rows: 3, pages: 3 },
        ]);
      },
    );
  });

  it('counts the rows that it cannot tell apart, once though they are read again', async () => {
    let isExpired = false;

    await withGraph(
      (request) => {
        if (!request.url.includes('$skiptoken'))
          return aPage([{ number: 1 }, {}, null, 7], request, '/v1.0/things?$skiptoken=a');
        if (isExpired) return aPage(things(2));
        isExpired = true;
        return anError(400);
      },
      async (graph) => {
        const { count } = await readNumbers(graph);

        expect(count).toEqual({ rows: 2, pages: 3, lost: 3, wrong: 0, cut: 0 });
      },
    );
  });
});

describe('withTimeLimit', () => {
  it('gives up a Graph that hangs, and says so', async () => {
    await withGraph(
      () => 'hang',
      async ({ reader }) => {
        const asked = withTimeLimit(reader, 40, (limited) =>
          readCollection(limited, REQUEST, startCount(), () => true),
        );

        await expect(asked).rejects.toMatchObject({
          code: 'graph_unreachable',
          facts: { reason: 'not within 0.04 seconds' },
        });
      },
    );
  });

  it('ends with the run where that ends before', async () => {
    const ended = new AbortController();
    ended.abort(new Error('enough'));

    await withGraph(
      [],
      async ({ reader }) => {
        const asked = withTimeLimit(reader, 10_000, (limited) =>
          readCollection(limited, REQUEST, startCount(), () => true),
        );

        await expect(asked).rejects.toThrow('enough');
      },
      { signal: ended.signal },
    );
  });
});
