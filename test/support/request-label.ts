import type { WatchedRequest } from './watched-line.ts';

/** Says what a request is for, the same for every run: no tenant, no container, no day. */
export function labelOf({ method, url, headers, body }: WatchedRequest): string {
  const { pathname, searchParams } = new URL(url, 'http://line.example');
  const graph = /^\/(?:v1\.0|beta|msi)\/(.*)$/.exec(pathname)?.[1];
  if (graph !== undefined) return `${method} ${plain(graph)}`;
  // The account, the container, then the name.
  const name = plain(pathname.split('/').slice(3).join('/'));
  const prefix = searchParams.get('prefix');
  if (prefix !== null) return `LIST ${plain(prefix)}`;
  const step = name === 'runs/claim.json' && method === 'PUT' ? stepIn(body) : undefined;
  const details = [headers['x-ms-lease-action'], step].filter((word) => word !== undefined);
  return [method, name || 'container', ...details].join(' ');
}

function plain(path: string): string {
  return path
    .replaceAll(/\/?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=[/.]|$)/g, '')
    .replaceAll(/\/\d{4}-\d\d-\d\d(T[\d-]+\.\d{3}Z)?(?=[/.]|$)/g, '')
    .replace(/users\/[^/]+/, 'users')
    .replace(/^\//, '');
}

function stepIn(body: Buffer): string {
  return (JSON.parse(body.toString()) as { readonly step: string }).step;
}
