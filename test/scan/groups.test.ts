import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import { loadConfig } from '../../src/config/load.js';
import { selectTargets } from '../../src/config/targets.js';
import type { Checkout } from '../../src/git/repository.js';
import { failedTargets, groupTargets, type TargetGroup } from '../../src/scan/groups.js';
import type { Plan } from '../../src/scan/plan.js';
import { createSource } from '../../src/syntax/source.js';

const PATH = 'gitops-drift.yaml';

/** The groups of the stacks of a configuration, of which those with these names are scanned (default: all). */
async function grouped(
  stacks: string[],
  { scanned, unscanned = [] }: { scanned?: string[]; unscanned?: Plan['unscanned'] } = {},
) {
  const files: Record<string, string> = { 'p.json': '{"Parameters": {"Size": "5"}}', 'q.json': '{"Parameters": {}}' };
  const links: Record<string, string> = { 'link.yaml': 'a.yaml' };
  const checkout: Pick<Checkout, 'read' | 'exists' | 'realPath'> = {
    read: async (path) => createSource(path, files[path] ?? ''),
    exists: async () => true,
    async realPath(path) {
      if (path === 'gone.yaml') throw new DriftError('git', [{ code: 'git-no-file', message: 'gone' }]);
      return links[path] ?? path;
    },
  };
  const text = `version: 1\nregion: eu-west-1\nstacks:\n${stacks.map((stack) => `  - { ${stack} }\n`).join('')}`;
  const config = await loadConfig(createSource(PATH, text));
  const filter = { stackGlobs: scanned ?? [], regions: [], defaultRegion: undefined };
  const targets = await selectTargets(config, checkout as Checkout, filter);
  const groups = await groupTargets({ targets, config, unscanned, checkout } as unknown as Plan);
  return { groups, config, text };
}

function namesOf(groups: TargetGroup[]): string[] {
  return groups.map(({ targets }) => targets.map(({ name }) => name).join(' ')).sort();
}

describe('stacks that have to be proven together', () => {
  test.each<[string, string[], string[]]>([
    ['none', ['name: a, template: a.yaml', 'name: b, template: b.yaml'], ['a', 'b']],
    [
      'with one template',
      ['name: a, template: a.yaml', 'name: b, template: b.yaml', 'name: c, template: a.yaml'],
      ['a c', 'b'],
    ],
    ['with one template by two names', ['name: a, template: a.yaml', 'name: b, template: link.yaml'], ['a b']],
    [
      'with one parameter file',
      ['name: a, template: a.yaml, parametersFile: p.json', 'name: b, template: b.yaml, parametersFile: p.json'],
      ['a b'],
    ],
    [
      'with two parameter files',
      ['name: a, template: a.yaml, parametersFile: p.json', 'name: b, template: b.yaml, parametersFile: q.json'],
      ['a', 'b'],
    ],
    [
      'with parameters of their own in the configuration',
      ['name: a, template: a.yaml, parameters: { X: 1 }', 'name: b, template: b.yaml, parameters: { X: 1 }'],
      ['a', 'b'],
    ],
    [
      'with parameters that are anchored there',
      [
        'name: a, template: a.yaml, parameters: &x { X: 1 }',
        'name: b, template: b.yaml, parameters: *x',
        'name: c, template: c.yaml',
      ],
      ['a b', 'c'],
    ],
    [
      'by way of a third one',
      [
        'name: a, template: a.yaml, parametersFile: p.json',
        'name: b, template: b.yaml, parametersFile: q.json',
        'name: d, template: d.yaml',
        'name: c, template: a.yaml, parametersFile: q.json',
      ],
      ['a b c', 'd'],
    ],
    ['whose file is not there', ['name: a, template: gone.yaml', 'name: b, template: gone.yaml'], ['a b']],
  ])('%s', async (_, stacks, expected) => {
    expect(namesOf((await grouped(stacks)).groups)).toEqual(expected);
  });
});

describe('stacks that are not scanned', () => {
  const edited = (...paths: string[]) => new Map(paths.map((path) => [path, createSource(path, 'edited')]));

  test('stand in the way of an edit of their template, or of their parameter file', async () => {
    const stacks = ['name: a, template: a.yaml', 'name: b, template: link.yaml, parametersFile: p.json'];
    const { groups } = await grouped(stacks, { scanned: ['a'] });
    const [other, ...more] = groups[0]?.unscanned ?? [];
    expect(more).toEqual([]);
    expect(other).toMatchObject({ name: 'stack b', reason: 'was not part of this scan: scan both together' });
    expect(
      ['a.yaml', 'p.json', 'b.yaml', PATH].map((path) => path !== PATH && other?.isConcerned(edited(path))),
    ).toEqual([true, true, false, false]);
  });

  test('or of their own parameters in the configuration, not of those of others', async () => {
    const stacks = [
      'name: a, template: a.yaml, parameters: { X: 1 }',
      'name: b, template: b.yaml, parameters: { X: 1 }',
    ];
    const { groups, text } = await grouped(stacks, { scanned: ['a'] });
    const [other] = groups[0]?.unscanned ?? [];
    const concerns = (after: string) => other?.isConcerned(new Map([[PATH, createSource(PATH, after)]]));
    expect(concerns(text.replace('a.yaml, parameters: { X: 1 }', 'a.yaml, parameters: { X: 2 }'))).toBe(false);
    expect(concerns(text.replace('b.yaml, parameters: { X: 1 }', 'b.yaml, parameters: { X: 2 }'))).toBe(true);
    expect(concerns(text.replace('b.yaml, parameters: { X: 1 }', 'b.yaml, parameters: { Y: 1 }'))).toBe(true);
    expect(concerns(text.replace('b.yaml, parameters: { X: 1 }', 'b.yaml, parameters: { X:   "1" }'))).toBe(false);
  });

  test('found without a configuration stand in the way by their template', async () => {
    const unscanned = [{ name: 'old', template: 'link.yaml' }];
    const { groups } = await grouped(['name: a, template: a.yaml'], { unscanned });
    const [other] = groups[0]?.unscanned ?? [];
    expect(other?.name).toBe('stack old');
    expect(other?.isConcerned(edited('a.yaml'))).toBe(true);
    expect(other?.isConcerned(edited('b.yaml'))).toBe(false);
  });

  test('are none where all that are configured are scanned', async () => {
    expect((await grouped(['name: a, template: a.yaml', 'name: b, template: b.yaml'])).groups[0]?.unscanned).toEqual(
      [],
    );
  });

  test('that failed stand in the way, too', async () => {
    const { groups } = await grouped(['name: a, template: link.yaml, parametersFile: p.json, parameters: { X: 1 }']);
    const [group] = groups;
    if (!group) throw new Error('no group');
    const [failed] = failedTargets(group.targets, group);
    expect(failed).toMatchObject({ name: 'stack a', reason: 'could not be scanned' });
    expect(['a.yaml', 'p.json', 'link.yaml'].map((path) => failed?.isConcerned(edited(path)))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('a stack in several regions or accounts', () => {
  const accounts = 'accounts:\n  - { id: "111111111111", regions: [eu-west-1, us-east-1] }\n';
  const plan = async (scanned: [region: string, account?: string][]) => {
    const text = `version: 1\n${accounts}stacks:\n  - { name: a, template: a.yaml, account: "111111111111" }\n`;
    const config = await loadConfig(createSource(PATH, text));
    const checkout: Pick<Checkout, 'realPath'> = { realPath: async (path) => path };
    const targets = scanned.map(([region, account]) => ({
      name: 'a',
      region,
      template: 'a.yaml',
      parameters: new Map(),
      ...(account ? { account } : {}),
    }));
    return groupTargets({ targets, config, unscanned: [], checkout } as unknown as Plan);
  };

  test.each<[string, [region: string, account?: string][], number]>([
    [
      'scanned in all',
      [
        ['eu-west-1', '111111111111'],
        ['us-east-1', '111111111111'],
      ],
      0,
    ],
    ['scanned in one', [['eu-west-1', '111111111111']], 1],
    [
      'scanned in another account',
      [
        ['eu-west-1', '222222222222'],
        ['us-east-1', '222222222222'],
      ],
      1,
    ],
  ])('%s: %j, %i not scanned', async (_, scanned, count) => {
    expect((await plan(scanned))[0]?.unscanned).toHaveLength(count);
  });
});
