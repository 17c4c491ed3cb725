import { describe, expect, it } from '@jest/globals';
import { releaseNotes } from '../../lib/packaging/release-notes.ts';

const CHANGELOG = `# Changelog

## [Unreleased]

- Not yet.

## [1.2.0] - 2026-12-01

### Added

- A button.

## [1.1.0] - 2026-11-01

- Long ago.
`;
const URI = 'https://raw.example/azuredeploy/v1.2.0/azuredeploy.json';

describe('releaseNotes', () => {
  it('say what changed in this version, and nothing of any other', () => {
    const notes = releaseNotes(CHANGELOG, '1.2.0', URI);

    expect(notes).toContain('- A button.');
    expect(notes).not.toMatch(/Not yet|Long ago/);
  });

  it('open the portal with the template of this release', () => {
    const [, template] = /#create\/Microsoft\.Template\/uri\/([^)]+)\)/.exec(
      releaseNotes(CHANGELOG, '1.2.0', URI),
    )!;

    expect(decodeURIComponent(template!)).toBe(URI);
  });

  it('refuse a version that the changelog does not know', () => {
    expect(() => releaseNotes(CHANGELOG, '1.3.0', URI)).toThrow('[1.3.0]');
  });
});
