import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, test } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Report } from '../../../src/model/report.js';
import { renderReport } from '../../../src/report/formats.js';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** A page of a report in the browser, and what it did that it must not do. */
export interface Opened {
  page: Page;
  /** Where it is, without a fragment. */
  url: string;
  /** Errors of the console and of scripts, dialogs, violations of the policy, and requests for anything but the page. */
  offences: string[];
}

export type Open = (report: Report, options?: BrowserContextOptions & { hash?: string }) => Promise<Opened>;

/** A suite with Debian's chromium; where that is not installed it is skipped and says so. */
export function describeInBrowser(name: string, suite: (open: Open) => void): void {
  if (!existsSync(CHROMIUM)) {
    console.warn(`skipped: ${name} (chromium is not installed)`);
    test.skip(name, () => {});
    return;
  }
  describe(name, () => {
    let browser: Browser;
    let folder: string;
    let files = 0;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
      folder = await mkdtemp(join(tmpdir(), 'gitops-drift-page-'));
    });
    afterEach(async () => {
      for (const context of browser.contexts()) await context.close();
    });
    afterAll(async () => {
      await browser.close();
      await rm(folder, { recursive: true });
    });
    suite(async (report, { hash = '', ...options } = {}) => {
      files += 1;
      const file = join(folder, `report-${files}.html`);
      await writeFile(file, await renderReport(report, 'html', { color: false }));
      const url = pathToFileURL(file).href;
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      const offences: string[] = [];
      page.on('console', (message) => offences.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => offences.push(`error: ${error.message}`));
      page.on('dialog', (dialog) => {
        offences.push(`dialog: ${dialog.message()}`);
        return dialog.dismiss();
      });
      page.on('request', (request) => {
        const isOwn = request.url().split('#')[0] === url || request.url().startsWith('data:');
        if (!isOwn) offences.push(`request: ${request.url()}`);
      });
      await page.goto(url + hash);
      return { page, url, offences };
    });
  });
}
