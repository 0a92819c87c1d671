import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { fullReport } from '../report/full-report.js';
import { hostileReport } from '../report/hostile.js';
import { reportOf, resource, richReport } from '../report/sample.js';
import { describeInBrowser } from './support/browser.js';
import { faintTexts } from './support/contrast.js';

const shown = (page: Page) => page.locator('.finding:visible');
const toggles = (page: Page) => shown(page).getByRole('button', { expanded: false });

const statusOf = (page: Page) => page.getByRole('status').first();

/** The names of the findings that are shown. */
async function names(page: Page): Promise<string[]> {
  return shown(page).getByRole('heading', { level: 3 }).allTextContents();
}

/** Opens every finding that is shown. */
async function openAll(page: Page): Promise<void> {
  await toggles(page).evaluateAll((all) => {
    for (const button of all) (button as HTMLElement).click();
  });
  expect(await toggles(page).count()).toBe(0);
}

describeInBrowser('the page of a report', (open) => {
  test('shows what came out, how much of it, and asks for nothing', async () => {
    const { page, offences } = await open(fullReport());
    await openAll(page);
    expect(await page.title()).toBe('Incomplete: 1 of 5 stacks could not be scanned – shop – gitops-drift');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.getByRole('banner').textContent()).toContain('Drift: 18 differences');
    expect(await statusOf(page).textContent()).toBe('21 findings');
    expect(offences).toEqual([]);
  });

  test.each<[string, (page: Page) => Promise<unknown>, RegExp, string]>([
    ['severity', (page) => page.getByRole('checkbox', { name: 'critical' }).check(), /WebSecurityGroup/, '1 of 21'],
    ['kind', (page) => page.getByRole('checkbox', { name: 'deleted' }).check(), /CheckoutErrorsAlarm/, '1 of 21'],
    ['kinds of both sides', (page) => page.getByRole('checkbox', { name: 'adopted' }).check(), /Visibility/, '1 of 21'],
    [
      'what no template has',
      (page) => page.getByRole('checkbox', { name: 'undeclared' }).check(),
      /^(?:WorkerRole|Orders)/,
      '4 of 21',
    ],
    ['what no stack has', (page) => page.getByRole('checkbox', { name: 'unmanaged' }).check(), /^i-0123/, '1 of 21'],
    ['stack', (page) => page.getByLabel('Stack', { exact: true }).selectOption('shop-app/Workers'), /^Pool/, '1 of 21'],
    ['baseline', (page) => page.getByRole('checkbox', { name: 'known' }).check(), /^Pool/, '1 of 21'],
    ['text', (page) => page.getByLabel('Text').fill('0.0.0.0 jane'), /WebSecurityGroup/, '1 of 21'],
    ['a value in capitals', (page) => page.getByLabel('Text').fill('GRÖSSE'), /./, '0 of 21'],
    ['an id', (page) => page.getByLabel('Text').fill('shop-app-Jobs-/DelaySeconds'), /Delay/, '1 of 21'],
  ])('filters by %s', async (_, filter, name, count) => {
    const { page, offences } = await open(fullReport());
    await filter(page);
    expect(await statusOf(page).textContent()).toBe(`${count} findings`);
    for (const each of await names(page)) expect(each).toMatch(name);
    expect(await names(page)).toHaveLength(Number(count.split(' ')[0]));
    expect(await page.getByText('No finding matches').isVisible()).toBe(count.startsWith('0'));
    expect(offences).toEqual([]);
  });

  test('filters narrow each other, values of one widen it, and reset takes all back', async () => {
    const { page } = await open(fullReport());
    const status = statusOf(page);
    await page.getByRole('checkbox', { name: 'critical' }).check();
    await page.getByRole('checkbox', { name: 'high' }).check();
    expect(await status.textContent()).toBe('3 of 21 findings');
    await page.getByLabel('Stack', { exact: true }).selectOption('shop-app');
    expect(await status.textContent()).toBe('2 of 21 findings');
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    expect(await status.textContent()).toBe('21 findings');
    expect(new URL(page.url()).hash).toBe('');
  });

  test('suppressed ones are shown on demand, with the reason', async () => {
    const { page } = await open(fullReport());
    expect(await page.getByRole('button', { name: /WebService/ }).count()).toBe(0);
    await page.getByRole('checkbox', { name: 'show 2 suppressed' }).check();
    expect(await statusOf(page).textContent()).toBe('23 findings');
    await page.getByRole('button', { name: /WebService/ }).click();
    expect(await page.getByText('autoscaling owns it, until 2027-01-31').isVisible()).toBe(true);
  });

  test('the address carries the filters', async () => {
    const first = await open(fullReport());
    await first.page.getByRole('checkbox', { name: 'high' }).check();
    await first.page.getByRole('checkbox', { name: 'low' }).check();
    await first.page.getByRole('checkbox', { name: /suppressed/ }).check();
    await first.page.getByLabel('Stack', { exact: true }).selectOption('shop-app');
    await first.page.getByLabel('Text').fill('shop & co=#');
    await first.page.getByLabel('Text').fill('shop');
    await first.page.waitForFunction(() => location.hash.includes('q=shop&'));
    const hash = await first.page.evaluate(() => location.hash);
    const second = await open(fullReport(), { hash });
    expect(await names(second.page)).toEqual(await names(first.page));
    expect(await second.page.getByLabel('Text').inputValue()).toBe('shop');
    expect(await second.page.getByRole('checkbox', { name: 'low' }).isChecked()).toBe(true);
    await second.page.evaluate(() => {
      location.hash = '#kind=deleted&stack=nowhere&severity=grave';
    });
    expect(await statusOf(second.page).textContent()).toBe('1 of 21 findings');
    expect([...first.offences, ...second.offences]).toEqual([]);
  });

  test('the address of a finding opens it, suppressed or not', async () => {
    const { page } = await open(fullReport(), { hash: '#finding=shop-app-WebService-%2FDesiredCount' });
    expect(await shown(page).getByRole('button', { expanded: true }).textContent()).toMatch(/WebService/);
    const hash = await page.getByRole('link', { name: 'Link to this finding' }).getAttribute('href');
    expect(hash).toBe('#finding=shop-app-WebService-%2FDesiredCount');
  });

  test('a finding opens and closes by mouse', async () => {
    const { page } = await open(fullReport());
    const row = shown(page).first();
    await row.getByText('0.0.0.0/0').first().click();
    expect(await row.getByRole('columnheader').allTextContents()).toEqual(['Git', 'Live']);
    expect(await row.locator('td mark').allTextContents()).toEqual(['10.20', '16', '0.0', '0']);
    expect(await row.getByRole('region', { name: 'templates/shop-network.yaml' }).textContent()).toContain(
      '<here> & "there"',
    );
    for (const part of ['Ingress from anywhere', 'Jane Doe', 'Close the shop', 'sg-0a1b2c3d4e5f60718', '111111111111'])
      expect(await row.locator('.body').textContent()).toContain(part);
    await row.getByRole('button', { expanded: true }).click();
    expect(await row.locator('.body').isVisible()).toBe(false);
  });

  test('all of it by keyboard', async () => {
    const { page } = await open(fullReport());
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the findings');
    await page.keyboard.press('/');
    await page.keyboard.type('jobs/');
    expect(await page.getByLabel('Text').inputValue()).toBe('jobs/');
    await page.getByLabel('Text').fill('Jobs');
    await toggles(page).first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const opened = shown(page).getByRole('button', { expanded: true });
    expect(await opened.count()).toBe(1);
    expect(await opened.textContent()).toBe((await names(page))[1]);
    const outline = await opened.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline).toBe('solid');
    await page.keyboard.press('Space');
    expect(await opened.count()).toBe(0);
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Jobs');
  });

  test('a command is copied as it is', async () => {
    const { page } = await open(fullReport(), { permissions: ['clipboard-read', 'clipboard-write'] });
    await toggles(page).first().click();
    await page.getByRole('button', { name: 'Copy the command of: Adopt' }).click();
    await page.getByText('Copied').first().waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'gitops-drift patch --stack shop-network --finding shop-network-WebSecurityGroup-/SecurityGroupIngress/0/CidrIp --apply',
    );
  });

  test('every control has a name, every part its heading, headings leave no level out', async () => {
    const { page } = await open(fullReport());
    await openAll(page);
    const tree = await page.locator('body').ariaSnapshot();
    const unnamed = tree
      .split('\n')
      .filter((line) => /- (?:button|link|checkbox|combobox|searchbox|region)\s*(?:\[|:|$)/.test(line));
    expect(unnamed).toEqual([]);
    for (const role of ['banner', 'main', 'search', 'contentinfo'] as const)
      expect(await page.getByRole(role).count()).toBe(1);
    const levels = await page.getByRole('heading').evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    const jumps = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
    expect([levels[0], jumps]).toEqual([1, []]);
    expect(
      await page
        .getByRole('listitem')
        .filter({ has: page.getByRole('heading', { level: 3 }) })
        .count(),
    ).toBe(21);
    const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('%s and %d pixels wide it can be read, and nothing is out of sight', async (colorScheme, width) => {
    for (const report of [fullReport(), hostileReport()]) {
      const { page, offences } = await open(report, { colorScheme, viewport: { width, height: 800 } });
      await page.locator('details:not([open]) > summary').evaluateAll((all) => {
        for (const summary of all) (summary as HTMLElement).click();
      });
      await openAll(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await faintTexts(page)).toEqual([]);
      expect(offences).toEqual([]);
    }
  });

  test('hostile values run nothing and stay text', async () => {
    const { page, offences } = await open(hostileReport());
    await page.getByRole('checkbox', { name: /suppressed/ }).check();
    await openAll(page);
    await page.getByLabel('Text').fill('<script>alert(1)');
    expect(await shown(page).count()).toBe(23);
    expect(await page.locator('img, script:not([type]), iframe').count()).toBe(0);
    expect(
      await page.locator('a').evaluateAll((all) => all.every((a) => a.getAttribute('href')?.startsWith('#'))),
    ).toBe(true);
    expect(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}]/u.test(await page.content())).toBe(false);
    expect(offences).toEqual([]);
  });

  test('a script that is not the page’s own does not run', async () => {
    const { page, offences } = await open(richReport());
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "owned"';
      document.body.append(script);
    });
    expect(await page.title()).not.toBe('owned');
    expect(offences.join()).toMatch(/Content Security Policy/);
  });

  test('without a script all findings are listed', async () => {
    const { page } = await open(fullReport(), { javaScriptEnabled: false });
    expect(await page.locator('.finding:visible').count()).toBe(23);
    expect(await page.locator('noscript p').isVisible()).toBe(true);
    expect(await page.locator('#filters').isVisible()).toBe(false);
  });

  test('on paper there are findings, and no controls', async () => {
    const { page } = await open(fullReport());
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.locator('#filters').isVisible()).toBe(false);
    expect(await page.locator('.finding:visible').count()).toBe(21);
    expect(await faintTexts(page)).toEqual([]);
  });

  test('nothing found is said, not filtered', async () => {
    const bucket = resource('shop', 'Assets', 'AWS::S3::Bucket');
    const { page, offences } = await open(reportOf({ resources: [bucket], compared: 3 }));
    expect(await page.getByRole('search').count()).toBe(0);
    expect(await page.getByText('There are none.').isVisible()).toBe(true);
    expect(offences).toEqual([]);
  });

  test('5,000 findings are all there and can be narrowed to one', async () => {
    const { page, offences } = await open(largeReport(5000));
    expect(await page.locator('#count').textContent()).toBe('5000 findings');
    await page.locator('#q').fill('Queue4711 ');
    expect(await page.locator('#count').textContent()).toBe('1 of 5000 findings');
    await page.locator('.finding:not([hidden]) button').click();
    expect(await page.locator('.body').textContent()).toContain('finding-4711');
    expect(offences).toEqual([]);
  });
});

function largeReport(size: number) {
  const [one] = fullReport().findings;
  if (one === undefined) throw new Error('there is none');
  const findings = Array.from({ length: size }, (_, index) => ({
    ...one,
    id: `finding-${index}`,
    logicalId: `Queue${index}`,
  }));
  return { ...fullReport(), findings };
}
