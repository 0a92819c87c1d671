import { describe, expect, test } from '@jest/globals';
import type { Log } from 'sarif';
import { type Format, formatNames, renderReport } from '../../src/report/formats.js';
import {
  gitlabProblems,
  htmlElements,
  junitProblems,
  markdownHtml,
  proseOf,
  sarifProblems,
} from '../support/validate.js';
import { readLog } from '../support/workflow-commands.js';
import { fullReport } from './full-report.js';
import { EVIL, hostile } from './hostile.js';

/** What moves the cursor, hides or reorders text, or is no character at all. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** What a file of each format has to be, whatever is in it. A format without an entry is held to the rest only. */
const SOUND: Partial<Record<Format, (text: string) => unknown>> & Record<string, (text: string) => unknown> = {
  json: (text) => JSON.parse(text),
  sarif(text) {
    expect(sarifProblems(text)).toEqual([]);
    expect(sound((JSON.parse(text) as Log).runs[0]?.results?.map(({ message }) => message.text))).toBe(true);
  },
  async junit(text) {
    expect(await junitProblems(text)).toEqual([]);
  },
  gitlab(text) {
    expect(gitlabProblems(text)).toEqual([]);
    expect(sound(JSON.parse(text))).toBe(true);
  },
  github(text) {
    const { commands, lines } = readLog(text);
    expect(new Set(commands.map(({ name }) => name))).toEqual(new Set(['error', 'warning', 'notice']));
    expect(commands.every(({ message }) => sound(message))).toBe(true);
    expect(lines.every((line) => line === '' || line.startsWith('gitops-drift: '))).toBe(true);
  },
  markdown(text) {
    const html = markdownHtml(text);
    const known = [
      'h3',
      'p',
      'strong',
      'code',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'details',
      'summary',
      'pre',
      'ul',
      'li',
    ];
    for (const { name, attributes } of htmlElements(html)) {
      expect(known).toContain(name);
      expect(Object.keys(attributes).filter((key) => key !== 'class')).toEqual([]);
    }
    expect(htmlElements(html).filter(({ name }) => name === 'td').length % 5).toBe(0);
    expect(proseOf(html)).not.toMatch(/octocat|example|#12|GH-12|evil|alert/);
  },
  html(text) {
    const elements = htmlElements(text);
    expect(elements.filter(({ name, attributes }) => name === 'x-evil' || 'onload' in attributes)).toEqual([]);
    expect(elements.filter(({ name, text: own }) => name === 'script' && own.startsWith('alert'))).toEqual([]);
  },
};

/** Whether no text in a value has anything unsafe in it. */
function sound(value: unknown): boolean {
  if (typeof value === 'string') return !UNSAFE.test(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(sound);
}

describe.each(formatNames)('%s', (format) => {
  const render = (report: Parameters<typeof renderReport>[0]) =>
    renderReport(report, format, { color: false, explain: true, verbose: true });

  test('is sound and readable, whatever stands in names, values and reasons', async () => {
    const text = await render(hostile(fullReport(), EVIL));
    expect(UNSAFE.exec(text)?.[0]).toBeUndefined();
    await SOUND[format]?.(text);
  });

  test('is sound with a megabyte in every text, and not much longer for it', async () => {
    const { rules, stacks, resources, findings, ...rest } = fullReport();
    const few = {
      stacks: stacks.slice(3),
      resources: resources.slice(-3),
      findings: findings.slice(-3),
      rules: rules?.slice(0, 1) ?? [],
    };
    const report = hostile({ ...rest, ...few }, 'x|<`'.repeat(250_000));
    const text = await render(report);
    await SOUND[format]?.(text);
    // JSON is the whole report by contract.
    if (format !== 'json') expect(text.length).toBeLessThan(2_000_000);
  });

  test('is the same for the same report, and ends with a newline', async () => {
    const text = await render(fullReport());
    expect(await render(fullReport())).toBe(text);
    expect(text.endsWith('\n')).toBe(true);
  });
});
