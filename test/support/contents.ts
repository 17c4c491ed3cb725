import { createHash } from 'node:crypto';
import type { ContainerClient } from '@azure/storage-blob';

/** What a container holds, by name. */
export type Contents = ReadonlyMap<string, Buffer>;

/** By their MD5, as the storage works it out: stages hold much the same, and nothing is fetched twice. */
const known = new Map<string, Buffer>();

export async function readContents(container: ContainerClient): Promise<Contents> {
  const contents = new Map<string, Buffer>();
  for await (const { name, properties } of container.listBlobsFlat()) {
    const md5 = Buffer.from(properties.contentMD5 ?? '').toString('hex');
    let bytes = known.get(md5);
    if (bytes === undefined) {
      bytes = await container.getBlobClient(name).downloadToBuffer();
      known.set(md5Of(bytes), bytes);
    }
    contents.set(name, bytes);
  }
  return contents;
}

export async function fillContainer(container: ContainerClient, contents: Contents): Promise<void> {
  await container.createIfNotExists();
  for (const [name, bytes] of contents) {
    known.set(md5Of(bytes), bytes);
    await container.getBlockBlobClient(name).upload(bytes, bytes.length);
  }
}

function md5Of(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('hex');
}
