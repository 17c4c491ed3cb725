import { resolve } from 'node:path';

/** Opens a file that was written; where no browser can be started the person is told, and the file is there. */
export async function openInBrowser(path: string): Promise<void> {
  try {
    const { default: open } = await import('open');
    await open(resolve(path));
  } catch {
    console.error(`No browser could be started: open ${path} yourself.`);
  }
}
