import { describe, expect, it } from '@jest/globals';
import { stateLocation } from '../../lib/settings/kinds.ts';

describe('stateLocation', () => {
  it.each([
    ['', { kind: 'default' }],
    ['blob', { kind: 'blob' }],
    ['None', { kind: 'none' }],
    ['folder:/var/state', { kind: 'folder', path: '/var/state' }],
    ['Folder: ./State', { kind: 'folder', path: './State' }],
  ])('reads %j as %j', (given, value) => {
    expect(stateLocation('STATE_LOCATION', '', '').read(given)).toEqual({ value });
  });

  it.each(['folder:', 'folder: ', 'table', '/var/state', 'blobs'])('refuses %j', (given) => {
    expect(stateLocation('STATE_LOCATION', '', '').read(given)).toEqual({
      problem: 'must be blob, none, or folder: followed by a path.',
    });
  });
});
