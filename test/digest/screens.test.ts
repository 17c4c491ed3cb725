import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { MORNINGS } from './mornings.ts';
import { renderSample } from './render-sample.ts';
import { sampleReports } from './sample-reports.ts';

const CHROMIUM = '/usr/bin/chromium';
const hasChromium = existsSync(CHROMIUM);
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const SCREENS = [
  ['light', 760, 'light'],
  ['dark', 760, 'dark'],
  ['phone', 375, 'light'],
  ['dark phone', 375, 'dark'],
] as const;

/** Sample days on every screen; mornings of the simulated tenant, which take a run each, on the two that differ most. */
const CASES = [
  ...Object.keys(sampleReports()).flatMap((day) =>
    SCREENS.map(([screen, width, scheme]) => [day, screen, width, scheme] as const),
  ),
  ...Object.keys(MORNINGS).flatMap((day) =>
    [SCREENS[0], SCREENS[3]].map(
      ([screen, width, scheme]) => [day, screen, width, scheme] as const,
    ),
  ),
];

const IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches";

const rendered = new Map<string, Promise<string>>();

/** The HTML of a day, made once. */
function htmlOf(day: string): Promise<string> {
  const html = rendered.get(day) ?? makeHtml(day);
  rendered.set(day, html);
  return html;
}

async function makeHtml(day: string): Promise<string> {
  const report = sampleReports()[day];
  if (report !== undefined) return (await renderSample(report)).html;
  return (await MORNINGS[day]?.())?.mail?.html ?? '';
}

if (!hasChromium) {
  process.stderr.write(
    `Left out, because there is no ${CHROMIUM} (Debian package chromium): contrast and accessibility, width on a phone and network requests of the mail, on ${CASES.length} screens.\n`,
  );
}

const describeOnScreen = hasChromium ? describe : describe.skip;

let browser: Browser;
/** The page on which every mail is written in its turn, and what it asked for since then. */
let page: Page;
const requests: string[] = [];

beforeAll(async () => {
  if (!hasChromium) return;
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  page = await browser.newPage();
  await page.route('**/*', async (route) => {
    requests.push(route.request().url());
    await route.abort();
  });
  await page.evaluate(await readFile(AXE, 'utf8'));
});
afterAll(async () => {
  if (hasChromium) await browser.close();
});

describeOnScreen('the mail on a screen', () => {
  it.each(CASES)(
    'of a %s day, %s: is accessible, no wider than the screen, and fetches nothing',
    async (day, _, width, colorScheme) => {
      const html = await htmlOf(day);
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      requests.length = 0;

      await page.setContent(html);

      expect(requests).toEqual([]);
      expect(await page.evaluate(IS_DARK)).toBe(colorScheme === 'dark');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(await findViolations()).toEqual([]);
    },
  );
});

describeOnScreen('the mail in a program that drops its style sheet', () => {
  it.each([...Object.keys(sampleReports()), 'usual', 'no nonInteractiveSignIns'])(
    'keeps its form on a %s day: no lines overlap, everything is left-aligned, bars are to scale',
    async (day) => {
      const html = await htmlOf(day);
      await page.setViewportSize({ width: 640, height: 800 });
      await page.emulateMedia({ colorScheme: 'light' });

      await page.setContent(html.replaceAll(/<style[\s\S]*?<\/style>/gu, ''));
      const seen = (await page.evaluate(MEASURE)) as Measures;

      expect(seen.overlapping).toEqual([]);
      expect(seen.notLeft).toEqual([]);
      expect(seen.width).toBe(640);
      expect(seen.bars).toEqual(seen.wanted);
    },
  );
});

interface Measures {
  readonly overlapping: readonly string[];
  readonly notLeft: readonly string[];
  readonly width: number;
  readonly bars: readonly number[];
  readonly wanted: readonly number[];
}

/** Headings and figures whose lines are lower than their letters; cells of people that are not at the left; bars. */
const MEASURE = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const style = (element) => getComputedStyle(element);
  return {
    overlapping: all('h1, h2, p, td').filter((element) => {
      const { fontSize, lineHeight } = style(element);
      return parseFloat(fontSize) > 1 && parseFloat(lineHeight) < parseFloat(fontSize);
    }).map(({ className, textContent }) => className + textContent.slice(0, 20)),
    notLeft: all('.rows td, h1, h2, li').filter((element) => !/^(start|left|-webkit-left)$/.test(style(element).textAlign)).map(({ textContent }) => textContent.slice(0, 20)),
    width: document.documentElement.scrollWidth,
    bars: all('.o, .w').map((bar) => Math.round(bar.getBoundingClientRect().height)),
    wanted: all('.o, .w').map((bar) => Number(bar.getAttribute('height'))),
  };
})()`;

async function findViolations(): Promise<readonly string[]> {
  const { violations } = (await page.evaluate(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'], preload: false })`,
  )) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
