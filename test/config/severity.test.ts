import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import type { JsonObject } from '../../src/base/json.js';
import { loadConfig } from '../../src/config/load.js';
import { shippedRules } from '../../src/iac/cloudformation/types/severity-rules.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { severityRules } from '../../src/severity/rules.js';
import { createSource } from '../../src/syntax/source.js';
import { ratedPlaces, ratedWhole } from '../severity/rating.js';

async function rulesOf(list: string) {
  return severityRules(
    cloudFormationTypes,
    (await loadConfig(createSource('gitops-drift.yaml', `version: 1\nseverity:\n${list}`))).severity,
  );
}

async function mistakes(list: string): Promise<string[]> {
  const error = await rulesOf(list).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DriftError);
  return (error as DriftError).message.split('\n').map((line) => line.replace(/^gitops-drift\.yaml:/, ''));
}

async function rated(list: string, type: string, desired: JsonObject, live: JsonObject): Promise<string[]> {
  const places = await ratedPlaces(type, desired, live, await rulesOf(list));
  return places.map(({ severity, rule }) => `${severity} ${rule}`);
}

const MEMORY = ['AWS::Lambda::Function', { MemorySize: 128 }, { MemorySize: 512 }] as const;

describe('what a configuration says of severities', () => {
  test('goes before the shipped rules, in its order', async () => {
    const list = `  - { id: memory, severity: high, type: "AWS::Lambda::*", path: /MemorySize }
  - { id: never, severity: low, path: [/MemorySize, /Timeout] }
`;
    expect(await rated(list, ...MEMORY)).toEqual(['high memory']);
    expect(await rated(list, 'AWS::Lambda::Function', { Timeout: 3 }, { Timeout: 9 })).toEqual(['low never']);
    expect(await rated(list, 'AWS::SQS::Queue', { DelaySeconds: 3 }, { DelaySeconds: 9 })).toEqual([
      'medium configuration',
    ]);
  });

  test('changes the severity of shipped rules', async () => {
    const list = '  - { rule: configuration, severity: critical }\n  - { rule: pending, severity: medium }\n';
    expect(await rated(list, ...MEMORY)).toEqual(['critical configuration']);
    const rules = await rulesOf(list);
    expect(ratedWhole('AWS::SQS::Queue', { kind: 'modified', verdict: 'undeployed' }, rules).severity).toBe('medium');
    expect(rules.namedBy([{ rule: 'configuration' } as never])).toMatchObject([
      { id: 'configuration', severity: 'critical', title: 'Configuration changed' },
    ]);
  });

  test('needs no more than a severity and a condition', async () => {
    const rules = await rulesOf('  - { severity: low, kind: deleted }\n');
    expect(ratedWhole('AWS::SQS::Queue', { kind: 'deleted' }, rules)).toEqual({
      severity: 'low',
      rule: 'configuration-1',
    });
    expect(rules.namedBy([{ rule: 'deleted' }, { rule: 'configuration-1' }] as never)).toMatchObject([
      {
        id: 'configuration-1',
        title: 'Rule 1 of the configuration',
        why: 'The configuration gives such changes this severity (gitops-drift.yaml:3).',
      },
      { id: 'deleted' },
    ]);
  });

  test.each([
    ['new: { above: 256 }', true],
    ['new: { above: 512 }', false],
    ['old: { equals: "128" }, new: { below: 1000 }', true],
    ['old: { in: [64, 128] }', true],
    ['old: { match: "12?" }', true],
    ['old: { exists: false }', false],
    ['change: raised', true],
    ['change: [lowered, removed]', false],
    ['path: /*Size, except: /MemorySize', false],
    ['stack: shop-*, logicalId: Thi?g', true],
    ['stack: other-*', false],
    ['verdict: [drift, conflict], kind: modified', true],
    ['any: [{ path: /Timeout }, { new: { equals: 512 } }]', true],
    ['any: [{ path: /Timeout }, { change: turned-off }]', false],
    ['opens: [admin-granted, tls-weakened]', false],
  ])('conditions: %s', async (conditions, holds) => {
    expect(await rated(`  - { severity: low, ${conditions} }\n`, ...MEMORY)).toEqual([
      holds ? 'low configuration-1' : 'medium configuration',
    ]);
  });

  test('knows what lies inside of a value that is gone as a whole', async () => {
    const list = '  - { severity: low, path: /Environment/Variables/LEVEL, change: removed }\n';
    const desired = { Environment: { Variables: { LEVEL: 'info', MODE: 'a' } } };
    expect(await rated(list, 'AWS::Lambda::Function', desired, { MemorySize: 1 })).toEqual(['low configuration-1']);
    const own = '  - { severity: low, path: /Environment/Variables/LEVEL }\n';
    expect(await rated(own, 'AWS::Lambda::Function', desired, { MemorySize: 1 })).toEqual(['medium variables']);
  });
});

test('mistakes are told with their line and key', async () => {
  expect(
    await mistakes(`  - severity: grave
    path: Tags
    tpye: AWS::*
  - rule: ingress-from-anywere
    severity: low
  - rule: tags
    severity: medium
    path: /Tags
  - rule: tags
    severity: high
  - id: deleted
    severity: low
    kind: removed
  - id: Mine
    severity: low
    change: [off]
    opens: everything
  - { id: own, severity: low, old: { equal: 1 } }
  - { id: own, severity: low, new: {}, any: [] }
  - severity: low
  - path: /Tags
  - { severity: low, any: [{ pth: /Tags }], title: " " }
`),
  ).toMatchInlineSnapshot(`
[
  "3:5: severity[0].severity: must be one of critical, high, medium, low, not "grave"",
  "4:5: severity[0].path: must be a JSON Pointer, such as /Tags/*/Value, or a list of them, not "Tags"",
  "5:5: severity[0]: unknown key "tpye"",
  "  did you mean "type"?",
  "6:11: there is no shipped rule "ingress-from-anywere"",
  "  did you mean "ingress-from-anywhere"?",
  "10:5: severity[2]: "path" can't be changed in a shipped rule",
  "  leave out "rule" to write a rule of your own; it is asked before the shipped ones",
  "11:11: the rule tags is listed in line 8 already",
  "13:9: a shipped rule has the id "deleted" already",
  "  give it another id; "rule: deleted" changes the severity of the shipped one",
  "15:5: severity[4].kind: must be modified, deleted or unmanaged, or a list of them, not "removed"",
  "16:5: severity[5].id: must be an id: a small letter, then small letters, digits and hyphens, 64 at most, not "Mine"",
  "18:14: severity[5].change[0]: must be one of added, removed, turned-on, turned-off, raised, lowered, not false",
  "19:5: severity[5].opens: must be ingress-to-world, policy-to-everyone, another-account, trust-widened, admin-granted, deny-weakened or tls-weakened, or a list of them, not "everything"",
  "20:38: severity[6].old: unknown key "equal"",
  "  did you mean "equals"?",
  "21:11: the rule own is listed in line 20 already",
  "21:31: severity[7].new: must be a condition on a value, such as { equals: true }, not a map",
  "21:40: severity[7].any: must be a list of conditions, not an empty list",
  "22:5: severity[8]: needs at least one of rule, type, stack, logicalId, kind, verdict, path, except, old, new, change, opens, declared, undeclared, any",
  "23:5: severity[9]: the key "severity" is missing",
  "24:30: severity[10].any[0]: unknown key "pth"",
  "  did you mean "path"?",
  "24:45: severity[10].title: must be a text, not " "",
]
`);
});

test('a rule that there is nothing like tells which ones there are', async () => {
  expect((await mistakes('  - { rule: x, severity: low }\n'))[1]).toMatch(
    /^ {2}shipped rules: pending, variables, tags, /,
  );
});

test('the shipped rules are written in the language of the configuration', async () => {
  const text = readFileSync(new URL('../../data/severity-rules.yaml', import.meta.url), 'utf8');
  // With ids of their own, since those of shipped rules are taken.
  const list = text.replaceAll(/^- id: /gm, '- id: my-');
  const catchAll = /- id: my-configuration\n[\s\S]*$/;
  const config = await loadConfig(createSource('rules.yaml', `version: 1\nseverity:\n${list.replace(catchAll, '')}`));
  expect(config.severity).toEqual(
    shippedRules()
      .slice(0, -1)
      .map((rule) => ({ ...rule, id: `my-${rule.id}` })),
  );
  expect(Object.keys(shippedRules().at(-1) ?? {})).toEqual(['id', 'severity', 'title', 'why', 'help']);
});
