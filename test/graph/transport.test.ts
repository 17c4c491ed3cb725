import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { createTransport } from '../../lib/graph/transport.ts';
import type { GraphResponse } from '../../lib/graph/transport.ts';
import { packedBlanks } from '../support/packed-blanks.ts';
import { withScript } from '../support/scripted-server.ts';
import type { Script, ServedRequest } from '../support/scripted-server.ts';

const MEGABYTE = 1024 * 1024;

async function exchange(
  script: Script,
  about: { readonly body?: string; readonly signal?: AbortSignal } = {},
): Promise<{ response: GraphResponse; request: ServedRequest | undefined }> {
  const transport = createTransport();
  try {
    return await withScript(script, async ({ origin, requests }) => {
      const response = await transport.send({
        method: about.body === undefined ? 'GET' : 'POST',
        url: new URL('/v1.0/things', origin),
        headers: { authorization: 'Bearer t' },
        signal: new AbortController().signal,
        isRepeated: false,
        ...about,
      });
      return { response, request: requests[0] };
    });
  } finally {
    transport.close();
  }
}

describe('the transport', () => {
  it('gives status, headers and the whole body, whatever the status', async () => {
    const { response } = await exchange([{ status: 418, headers: { 'x-y': 'z' }, body: 'Zoë' }]);

    expect(response.status).toBe(418);
    expect(response.headers['x-y']).toBe('z');
    expect(response.body.toString()).toBe('Zoë');
  });

  it('sends the body of a post as it is', async () => {
    const { request } = await exchange([{ status: 202 }], { body: 'é=1' });

    expect(request).toMatchObject({ method: 'POST', body: 'é=1' });
    expect(request?.headers['content-length']).toBe('4');
  });

  it('posts over a connection of its own, which nobody can just have given up', async () => {
    const transport = createTransport();
    try {
      await withScript(
        () => ({}),
        async ({ origin, requests }) => {
          for (const method of ['GET', 'GET', 'POST']) {
            await transport.send({
              method,
              url: new URL('/v1.0/things', origin),
              headers: {},
              signal: new AbortController().signal,
              isRepeated: false,
            });
          }
          const [first, second, post] = requests.map(({ port }) => port);
          expect(second).toBe(first);
          expect(post).not.toBe(first);
        },
      );
    } finally {
      transport.close();
    }
  });

  it('unpacks an answer that came compressed', async () => {
    const headers = { 'content-encoding': 'gzip' };

    const { response } = await exchange([{ headers, body: gzipSync('{"value":[]}') }]);

    expect(response.body.toString()).toBe('{"value":[]}');
  });

  it.each([
    ['compressed', { 'content-encoding': 'gzip' }, () => packedBlanks(200)],
    ['as it is', {}, () => Buffer.alloc(65 * MEGABYTE, 32)],
  ])('S06: does not read a page of more than 64 MB that came %s', async (_, headers, body) => {
    await expect(exchange([{ headers, body: body() }])).rejects.toMatchObject({
      code: 'graph_unexpected',
      message: expect.stringContaining('longer than 64 MB'),
    });
  });

  it.each([
    ['compressed', { 'content-encoding': 'gzip' }, () => packedBlanks(9)],
    ['as it is', {}, () => Buffer.alloc(9 * MEGABYTE, 32)],
  ])(
    'S06: takes the status of an error of more than 1 MB that came %s',
    async (_, headers, body) => {
      const { response } = await exchange([{ status: 403, headers, body: body() }]);

      expect(response.status).toBe(403);
      expect(response.body).toHaveLength(0);
    },
  );

  it('reads a page of 60 MB', async () => {
    const { response } = await exchange([{ body: Buffer.alloc(60 * MEGABYTE, 32) }]);

    expect(response.body).toHaveLength(60 * MEGABYTE);
  });

  it('keeps a body as it is until it is released', async () => {
    const transport = createTransport();
    try {
      await withScript(
        (_, number) => ({ body: `${number}`.repeat(number) }),
        async ({ origin }) => {
          const get = () =>
            transport.send({
              method: 'GET',
              url: new URL('/v1.0/things', origin),
              headers: {},
              signal: new AbortController().signal,
              isRepeated: false,
            });
          const first = await get();
          const second = await get();
          first.release?.();
          const third = await get();

          expect(second.body.toString()).toBe('22');
          expect(third.body.toString()).toBe('333');
        },
      );
    } finally {
      transport.close();
    }
  });

  it.each<[string, Script]>([
    ['is compressed and damaged', [{ headers: { 'content-encoding': 'gzip' }, body: 'no gzip' }]],
    ['is cut short', ['half']],
    ['never begins', ['reset']],
  ])('is unreachable where the answer %s', async (_, script) => {
    await expect(exchange(script)).rejects.toMatchObject({
      code: 'graph_unreachable',
      facts: { hasLeft: true },
    });
  });

  it('ends with the reason of the signal', async () => {
    const enough = new Error('enough');
    const controller = new AbortController();

    const asking = exchange(
      () => {
        controller.abort(enough);
        return 'hang';
      },
      { signal: controller.signal },
    );

    await expect(asking).rejects.toBe(enough);
  });

  it('asks nothing under a signal that is aborted already', async () => {
    const enough = new Error('enough');

    await withScript([], async ({ origin, requests }) => {
      const transport = createTransport();

      const asking = transport.send({
        method: 'GET',
        url: new URL(origin),
        headers: {},
        signal: AbortSignal.abort(enough),
        isRepeated: false,
      });

      await expect(asking).rejects.toBe(enough);
      expect(requests).toEqual([]);
    });
  });
});
