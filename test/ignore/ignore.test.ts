import { describe, expect, test } from '@jest/globals';
import { DEFAULT_IAC } from '../../src/iac/registry.js';
import { ignoreInConfig } from '../../src/ignore/in-config.js';
import { ignoreInTemplate } from '../../src/ignore/in-template.js';
import type { IgnoreChange } from '../../src/ignore/request.js';
import type { Finding, Report } from '../../src/model/report.js';
import { scan } from '../../src/scan/scan.js';
import { createSource } from '../../src/syntax/source.js';
import { makeScenario, REGION, type Scenario } from '../support/patching.js';
import { writeFiles } from '../support/repository.js';

const TODAY = '2026-11-29';
const TEMPLATE = `Parameters:
  Stage: { Type: String }
Resources:
  # Orders come in here.
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      DelaySeconds: 5
      Tags:
        - { Key: "a b", Value: x }
  Jobs: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 5 } }
`;
const SHOP: Scenario = {
  name: 'shop',
  template: TEMPLATE,
  stacks: { shop: { Stage: 'prod' } },
  drift: [
    ['set', 'Orders/VisibilityTimeout', 90],
    ['set', 'Orders/DelaySeconds', 9],
    ['set', 'Jobs/DelaySeconds', 7],
  ],
};
const ENTRY = `stacks: [{ name: shop, template: templates/shop.yaml, region: ${REGION} }]`;
const CONFIG = `version: 1 # ours\nprovider: snapshot\n${ENTRY}\n`;

interface Made {
  report: Report;
  rescan: (change: IgnoreChange) => Promise<Report>;
  find: (place: string, of?: Partial<Finding>) => Finding;
}

async function made(scenario: Scenario = SHOP): Promise<Made> {
  const { repository, snapshot } = makeScenario(scenario);
  const { report } = await scan({ repository, snapshot });
  return {
    report,
    async rescan({ path, after }) {
      writeFiles(repository, { [path]: after });
      const again = await scan({ repository, snapshot });
      expect(again.warnings.filter(({ code }) => code !== 'git-not-committed' && code !== 'ignore-unused')).toEqual([]);
      return again.report;
    },
    find(place, of = {}) {
      const found = report.findings.find((each) => {
        const own = Object.entries(of).every(([key, value]) => each[key as keyof Finding] === value);
        return own && each.logicalId + each.path === place;
      });
      if (found === undefined) throw new Error(`no finding at ${place}`);
      return found;
    },
  };
}

const idsOf = ({ findings }: Report, isSuppressed: boolean) =>
  findings.filter(({ suppressed }) => (suppressed !== undefined) === isSuppressed).map(({ id }) => id);

const request = (finding: Finding, more: { reason?: string; until?: string } = {}) => ({
  finding,
  reason: 'tuned by hand',
  today: TODAY,
  ...more,
});

const inConfig = (finding: Finding, { findings }: Report, text: string | undefined, more = {}) =>
  ignoreInConfig(
    request(finding, more),
    findings,
    text === undefined ? undefined : createSource('gitops-drift.yaml', text),
    DEFAULT_IAC,
  );

const inTemplate = (
  finding: Finding,
  { findings, stacks }: Report,
  text = TEMPLATE,
  path = 'templates/shop.yaml',
  more = {},
) => ignoreInTemplate(request(finding, more), findings, { source: createSource(path, text), stacks }, DEFAULT_IAC);

describe('a rule in the configuration', () => {
  test.each([
    [
      'a list of its own',
      CONFIG,
      `${CONFIG}ignore: [{ stack: shop, logicalId: Orders, path: /DelaySeconds, reason: tuned by hand }]\n`,
    ],
    [
      'the list that is there, in its style',
      `${CONFIG}ignore:\n  # central\n  - { type: "AWS::Logs::*", reason: central }\nfailOn: high\n`,
      '\n  - { reason: tuned by hand, stack: shop, logicalId: Orders, path: /DelaySeconds }\nfailOn: high\n',
    ],
    ['an empty list', `${CONFIG}ignore: []\n`, 'ignore:\n  - { stack: shop, '],
  ])('goes to %s, and suppresses that finding alone', async (_, text, expected) => {
    const { report, rescan, find } = await made({ ...SHOP, files: { 'gitops-drift.yaml': text } });
    const finding = find('Orders/DelaySeconds');
    const change = await inConfig(finding, report, text);
    expect(change.after).toContain(expected);
    // Nothing else is touched.
    for (const line of text.split('\n')) if (!line.startsWith('ignore')) expect(change.after).toContain(line);
    const after = await rescan(change);
    expect(idsOf(after, true)).toEqual([finding.id]);
    expect(after.findings.find(({ id }) => id === finding.id)?.suppressed).toMatchObject({
      reason: 'tuned by hand',
      line: change.line,
    });
  });

  test('makes the file where there is none', async () => {
    const { report, find } = await made();
    const change = await inConfig(find('Orders/DelaySeconds'), report, undefined, { until: '2026-12-31' });
    expect(change).toMatchObject({ path: 'gitops-drift.yaml', line: 3 });
    expect(change).not.toHaveProperty('before');
    expect(change.after).toMatch(/^version: 1\nignore:\n {2}- stack: shop\n/);
    expect(change.after).toContain('until: "2026-12-31"');
  });

  test('says where, if a stack of the same name is in another region', async () => {
    const { report, find } = await made();
    const own = find('Orders/DelaySeconds');
    const twin = { ...own, id: 'f'.repeat(16), region: 'us-east-1' };
    const change = await inConfig(own, { ...report, findings: [...report.findings, twin] }, CONFIG);
    expect(change.after).toContain(`region: ${REGION}`);
    expect(change.after).not.toContain('account:');
    const other = { ...own, id: 'e'.repeat(16), account: '222222222222' };
    const both = await inConfig(own, { ...report, findings: [...report.findings, twin, other] }, CONFIG);
    expect(both.after).toMatch(/account: ["']111111111111["']/);
  });

  test('is refused where it would cover another finding, too', async () => {
    const { report, find } = await made();
    const own = find('Orders/DelaySeconds');
    const below = { ...own, id: 'f'.repeat(16), path: '/DelaySeconds/Below' };
    await expect(inConfig(own, { ...report, findings: [...report.findings, below] }, CONFIG)).rejects.toThrow(
      /no rule is written: it would also cover f{16} \(shop eu-west-1 Orders \/DelaySeconds\/Below\)/,
    );
  });
});

describe('a comment in the template', () => {
  test('stands above the resource, and suppresses that finding alone', async () => {
    const { report, rescan, find } = await made();
    const finding = find('Orders/DelaySeconds');
    const change = inTemplate(finding, report, TEMPLATE, 'templates/shop.yaml', { until: '2099-01-31' });
    const line = '  # gitops-drift:ignore /DelaySeconds until 2099-01-31: tuned by hand\n';
    expect(change).toMatchObject({ after: TEMPLATE.replace('  Orders:\n', `${line}  Orders:\n`), line: 5 });
    const after = await rescan(change);
    expect(idsOf(after, true)).toEqual([finding.id]);
    expect(idsOf(after, false)).toHaveLength(report.findings.length - 1);
  });

  test('keeps the line breaks of the file', async () => {
    const { report, find } = await made();
    const text = TEMPLATE.replaceAll('\n', '\r\n');
    const { after } = inTemplate(find('Orders/DelaySeconds'), report, text);
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  });

  test('is refused where none can stand, or where it would cover more', async () => {
    const { report, find } = await made();
    const shown = find('Orders/DelaySeconds');
    const json = JSON.stringify({ Resources: { Orders: { Type: 'AWS::SQS::Queue' } } });
    expect(() => inTemplate(shown, report, json, 'templates/shop.json')).toThrow('JSON has no comments');
    const flow = 'Resources: { Orders: { Type: "AWS::SQS::Queue" } }\n';
    expect(() => inTemplate(shown, report, flow)).toThrow('it shares its line with something else');
    expect(() => inTemplate(shown, report, 'Resources:\n  Jobs: { Type: "AWS::SQS::Queue" }\n')).toThrow(
      'the resource does not stand in it',
    );
    const [stack] = report.stacks;
    const twins = {
      ...report,
      stacks: [...report.stacks, { ...stack, name: 'shop-2' }] as Report['stacks'],
      findings: [...report.findings, { ...shown, id: 'f'.repeat(16), stack: 'shop-2' }],
    };
    expect(() => inTemplate(shown, twins)).toThrow(/it would also cover f{16} \(shop-2 /);
  });

  test('is refused where a path can not be written in one', async () => {
    const { report, find } = await made();
    const odd = { ...find('Orders/DelaySeconds'), path: '/Tags/a b' };
    expect(() => inTemplate(odd, { ...report, findings: [odd] })).toThrow('it would not cover the finding');
  });
});

describe('nothing is written', () => {
  test.each([
    ['an empty reason', { reason: '  ' }, '--reason: it is empty'],
    ['a reason of two lines', { reason: 'a\nb' }, '--reason: it has line breaks'],
    ['a secret in the reason', { reason: 'password=hunter2hunter2' }, '--reason: it seems to hold a secret'],
    ['what is no day', { until: 'tomorrow' }, '--until: "tomorrow" is no day'],
    ['a day that is over', { until: '2026-11-28' }, '--until: 2026-11-28 is over'],
  ])('for %s', async (_, more, message) => {
    const { report, find } = await made();
    const shown = find('Orders/DelaySeconds');
    await expect(inConfig(shown, report, CONFIG, more)).rejects.toThrow(message);
    expect(() => inTemplate(shown, report, TEMPLATE, 'templates/shop.yaml', more)).toThrow(message);
  });

  test('but today is a day', async () => {
    const { report, find } = await made();
    expect((await inConfig(find('Orders/DelaySeconds'), report, CONFIG, { until: TODAY })).after).toContain(TODAY);
  });

  test('for what is suppressed already, and for what no template declares', async () => {
    const { report, find } = await made();
    const shown = find('Orders/DelaySeconds');
    const suppressed = { ...shown, suppressed: { reason: 'known', file: 'gitops-drift.yaml', line: 4 } };
    await expect(inConfig(suppressed, report, CONFIG)).rejects.toThrow(
      'suppressed already (known, gitops-drift.yaml:4)',
    );
    const unmanaged = { ...shown, kind: 'unmanaged' as const };
    await expect(inConfig(unmanaged, report, CONFIG)).rejects.toThrow('no rule can name one resource');
  });
});
