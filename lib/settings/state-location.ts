import type { Field } from './kinds.ts';

/** Where the memory is kept; `default` leaves it to whoever starts the run. */
export type StateLocation =
  | { readonly kind: 'blob' | 'none' | 'default' }
  | { readonly kind: 'folder'; readonly path: string };

/** `blob`, `none` or `folder:PATH`. */
export function stateLocation(
  setting: string,
  fallback: string,
  meaning: string,
): Field<StateLocation> {
  return {
    setting,
    kind: 'blob, folder:PATH, none',
    fallback,
    meaning,
    read(value) {
      const word = value.toLowerCase();
      if (word === '') return { value: { kind: 'default' } };
      if (word === 'blob' || word === 'none') return { value: { kind: word } };
      const path = word.startsWith('folder:') ? value.slice('folder:'.length).trim() : '';
      if (path !== '') return { value: { kind: 'folder', path } };
      return { problem: 'must be blob, none, or folder: followed by a path.' };
    },
  };
}
