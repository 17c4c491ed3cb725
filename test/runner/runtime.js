import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { setGlobals } from './globals.js';

const require = createRequire(import.meta.url);
const GLOBALS = new URL('globals.js', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: GLOBALS, shortCircuit: true } : next(specifier, context),
});

/** How often each file was run by this process; a watching jest runs them again and again. */
const runs = new Map();

/**
 * Runs test files in Node as it is, where jest would load every module anew for each file: the files that a worker
 * runs share its modules. All that jest knows of tests stays jest's own: limits, hooks, snapshots, rejections.
 */
export default class SharedRuntime {
  #mocker;

  constructor(_config, { moduleMocker }) {
    this.#mocker = moduleMocker;
  }

  /** Jest's framework, which keeps the tests of one file, is the only module that each file gets anew. */
  requireInternalModule(path) {
    delete require.cache[path];
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    return require(path);
  }

  setGlobalsForRuntime(globals) {
    const spyOn = this.#mocker.spyOn.bind(this.#mocker);
    const restoreAllMocks = this.#mocker.restoreAllMocks.bind(this.#mocker);
    setGlobals({ ...globals, jest: { spyOn, restoreAllMocks } });
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    const run = (runs.get(path) ?? 0) + 1;
    runs.set(path, run);
    nameFilesByPath();
    await import(`${pathToFileURL(path).href}${run === 1 ? '' : `?run=${run}`}`);
  }

  requireModule(path) {
    return require(path);
  }

  getSourceMaps() {
    return new Map();
  }

  getAllCoverageInfoCopy() {}

  enterTestCode() {}

  leaveTestCode() {}

  teardown() {}
}

/** Node strips types without moving anything, so a stack needs no source map: only paths, and nothing of `globals.js`. */
function nameFilesByPath() {
  Error.prepareStackTrace = (error, frames) => {
    const places = frames.filter((frame) => frame.getFileName() !== GLOBALS);
    return [error, ...places.map((frame) => `    at ${frame}`)]
      .join('\n')
      .replaceAll('file://', '');
  };
}
