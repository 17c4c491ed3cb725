import { describe, expect, it } from '@jest/globals';
import { caniemail } from 'caniemail';
import { HtmlValidate } from 'html-validate';
import { renderSample } from './render-sample.ts';
import { sampleReports } from './sample-reports.ts';
import { extentOf } from '../support/extent.ts';

const SAMPLES = Object.entries(sampleReports());

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Outlook needs them, and Gmail takes styles away that are not inline.
    'no-conditional-comment': 'off',
    'no-inline-style': 'off',
    'no-deprecated-attr': 'off',
    'prefer-tbody': 'off',
    'prefer-native-element': 'off',
    'presentation-role-style': 'off',
    // The title is the subject.
    'long-title': 'off',
    'doctype-style': 'off',
  },
});

/** What Outlook, Gmail and Apple Mail do not all support, and why the mail is whole without it. */
const ACCEPTED: Readonly<Record<string, string>> = {
  '@media': 'Outlook for Windows shows the desktop layout in light colours.',
  '!important keyword': 'Only inside @media.',
  'Chaining selectors': 'Only in what MJML writes for Outlook.',
  'Class selector': 'What decides size, colour and place stands in each element too.',
  'Descendant combinator': 'As for the class selector.',
  'ID selector': 'Only in what MJML writes for Outlook.',
  'Local anchors': 'Where they lead nowhere, the section is further down all the same.',
  'Type selector': 'As for the class selector.',
  '<style> element': 'As for the class selector.',
  '<body> element': 'The page colour stands on an inner element too.',
  '<ul>, <ol> and <dl>': 'Indents differ by a few pixels.',
  'color-scheme CSS property': 'Without it a client darkens the mail by itself.',
  'color-scheme meta tag': 'As for the property.',
  'align attribute': 'MJML centres the card by margins too.',
  'aria-label attribute': 'Only the name of the whole mail.',
  'dir attribute': 'A right-to-left name then takes the direction of its letters.',
  'role attribute': 'A screen reader then names layout tables.',
  background: 'Only plain colours are used.',
  border: 'Only on cells, where Outlook draws it.',
  direction: 'Left to right is what they do without it.',
  display: 'Outlook for Windows shows the desktop layout.',
  'display:none': 'The preheader is also one pixel high and as pale as the page.',
  'font-size': 'Only in pixels.',
  'font-weight': 'Semibold becomes bold.',
  'height attribute': 'Only on the bars, where Outlook obeys it.',
  'height property': 'Only in what MJML writes.',
  'line-height': 'Rows are a little wider apart.',
  margin: 'Spacing that matters is padding of cells.',
  'max-height property': 'Only on the preheader.',
  'max-width': 'Outlook for Windows has the width from its own table.',
  opacity: 'Only on the preheader.',
  outline: 'Only in what MJML writes for images, of which there are none.',
  overflow: 'Only on the preheader.',
  'overflow-wrap': 'word-break does the same.',
  padding: 'Only on cells, where Outlook obeys it.',
  'table-layout': 'Only in what MJML writes.',
  'text-align': 'Only left, which is what they do without it.',
  'text-decoration': 'A name is then underlined, as links are.',
  'width attribute': 'Only on cells.',
  'width property': 'Only in what MJML writes.',
  'word-break': 'overflow-wrap does the same.',
  'word-spacing': 'MJML writes the default.',
};

describe('the HTML of the mail', () => {
  it.each(extentOf(SAMPLES))('is valid on a %s day', async (_, report) => {
    const { html } = await renderSample(report);

    const { results } = await validator.validateString(html);

    expect(results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
  });

  it('uses nothing that a mail program lacks, but for what is accepted with a reason', async () => {
    const { html } = await renderSample(sampleReports()['normal']!);

    const { issues } = caniemail({ clients: ['outlook.*', 'gmail.*', 'apple-mail.*'], html });

    const found = [...issues.errors.values(), ...issues.warnings.values()].flat();
    const titles = new Set(found.map(({ title }) => title));
    expect([...titles].filter((title) => !(title in ACCEPTED))).toEqual([]);
    expect(Object.keys(ACCEPTED).filter((title) => !titles.has(title))).toEqual([]);
  });

  it.each(extentOf(SAMPLES))(
    'refers to nothing that would be fetched on a %s day',
    async (_, report) => {
      const { html } = await renderSample(report);

      expect(html).not.toMatch(
        /<(?:img|link|script|iframe|object|form|video|audio|base)\b|url\(|@import|@font-face/iu,
      );
      expect(html).not.toMatch(/\bon\w+=|javascript:|mailto:/iu);
    },
  );
});
