import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
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

const CASES = Object.keys(sampleReports()).flatMap((day) =>
  SCREENS.map(([screen, width, scheme]) => [day, screen, width, scheme] as const),
);

if (!hasChromium) {
  process.stderr.write(
    `Left out, because there is no ${CHROMIUM} (Debian package chromium): contrast and accessibility, width on a phone and network requests of the mail, on ${CASES.length} screens.\n`,
  );
}

const describeOnScreen = hasChromium ? describe : describe.skip;

describeOnScreen('the mail on a screen', () => {
  let browser: Browser;

  beforeAll(async () => {
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
  });

  afterAll(async () => {
    await browser.close();
  });

  it.each(CASES)(
    'of a %s day, %s: is accessible, no wider than the screen, and fetches nothing',
    async (day, _, width, colorScheme) => {
      const { html } = await renderSample(sampleReports()[day]!);
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      const page = await context.newPage();
      const requests: string[] = [];
      await page.route('**/*', async (route) => {
        requests.push(route.request().url());
        await route.abort();
      });

      await page.setContent(html);

      expect(requests).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(await findViolations(page)).toEqual([]);
      await context.close();
    },
  );
});

async function findViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const { violations } = (await page.evaluate(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })`,
  )) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
