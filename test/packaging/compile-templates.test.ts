import { describe, expect, it } from '@jest/globals';
import { compileDigestTemplate, findProblem } from '../../lib/packaging/compile-templates.ts';

describe('compileDigestTemplate', () => {
  it('compiles the template without losing a placeholder', async () => {
    const { html, moduleText } = await compileDigestTemplate();

    expect(html).toContain('{{headline}}');
    expect(moduleText).toMatch(/^export const digestTemplate = /u);
  });

  it('fetches nothing: no address but those of the values', async () => {
    const { html } = await compileDigestTemplate();

    expect(html.replaceAll(/xmlns(?::\w)?="[^"]*"/gu, '')).not.toMatch(
      /https?:|url\(|@import|src=|<link/u,
    );
  });
});

describe('findProblem', () => {
  it.each([
    ['{{#if a}}{{/if}}', '{{#if a}}', '{{/if}} got lost on the way.'],
    ['{{{a}}}', '{{{a}}}', 'a triple-stash would not be escaped.'],
    ['', '<!-- mj-include denied -->', 'an include was denied.'],
  ])('sees what became of %j', (source, html, problem) => {
    expect(findProblem(source, html)).toBe(problem);
  });
});
