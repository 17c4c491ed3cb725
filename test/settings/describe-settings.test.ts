import { describe, expect, it } from '@jest/globals';
import {
  settingsAsExample,
  settingsAsMarkdown,
  settingsAsText,
  withSettings,
} from '../../lib/settings/describe-settings.ts';
import { readSettings } from '../../lib/settings/read-settings.ts';

describe('settingsAsText', () => {
  it('gives a setting its default and keeps to the width', () => {
    const lines = settingsAsText(60).split('\n');

    expect(lines).toContain('  SEND_WHEN = hits');
    expect(lines).toContain('  EMAIL_TO');
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
  });
});

describe('settingsAsMarkdown', () => {
  it('gives every row as many cells as the head', () => {
    const widths = settingsAsMarkdown()
      .split('\n')
      .map((row) => row.split('|').length);

    expect(new Set(widths)).toEqual(new Set([6]));
  });
});

describe('settingsAsExample', () => {
  it('holds settings that a preview runs with', () => {
    const { Values: values } = JSON.parse(settingsAsExample()) as {
      readonly Values: Readonly<Record<string, string>>;
    };

    expect(() => readSettings(values, { isSending: false })).not.toThrow();
  });
});

describe('withSettings', () => {
  it('replaces what stands between the markers and nothing else', () => {
    const readme = '# Before\n<!-- settings:begin -->(earlier)<!-- settings:end -->\nAfter\n';

    const written = withSettings(readme);

    expect(written).toMatch(/^# Before\n<!-- settings:begin -->\n/);
    expect(written).toMatch(/<!-- settings:end -->\nAfter\n$/);
    expect(written).not.toContain('(earlier)');
    expect(withSettings(written)).toBe(written);
  });

  it('refuses a text without markers', () => {
    expect(() => withSettings('# A README')).toThrow(RangeError);
  });
});
