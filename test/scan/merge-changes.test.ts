import { describe, expect, test } from '@jest/globals';
import type { Target } from '../../src/model/target.js';
import { mergeChanges } from '../../src/scan/merge-changes.js';
import { createSource } from '../../src/syntax/source.js';

const CONFIG = `version: 1
stacks:
  # the shop
  - name: shop
    template: shop.yaml
    parameters:
      Timeout: 60 # seconds
  # what pays for it
  - name: bank
    template: bank.yaml
    parameters: { Stage: prod }
ignore: []
`;
const PATH = 'gitops-drift.yaml';

function target(name: string, index: number): Target {
  const config = { source: createSource(PATH, CONFIG), range: { start: 0, end: 0 }, index };
  return { name, region: 'eu-west-1', template: `${name}.yaml`, parameters: new Map(), parameterSources: { config } };
}

describe('changes of several groups of stacks', () => {
  const shop = CONFIG.replace('Timeout: 60 # seconds', 'Timeout: 90 # seconds\n      Size: "4"');
  const bank = CONFIG.replace('{ Stage: prod }', '{ Stage: prod, Limit: "5" }');

  test('are one change of the configuration, each in its own entries', () => {
    const [change, ...others] = mergeChanges([
      { targets: [target('bank', 1)], files: [{ path: PATH, before: CONFIG, after: bank }] },
      { targets: [target('shop', 0)], files: [{ path: PATH, before: CONFIG, after: shop }] },
    ]);
    expect(others).toEqual([]);
    expect(change).toEqual({
      path: PATH,
      before: CONFIG,
      after: shop.replace('{ Stage: prod }', '{ Stage: prod, Limit: "5" }'),
    });
  });

  test('are as they are where only one group edited a file, sorted by path', () => {
    const changes = mergeChanges([
      { targets: [target('shop', 0)], files: [{ path: 'shop.yaml', before: 'a', after: 'b' }] },
      { targets: [target('bank', 1)], files: [{ path: PATH, before: CONFIG, after: bank }] },
      { targets: [], files: [] },
    ]);
    expect(changes.map(({ path, after }) => [path, after])).toEqual([
      [PATH, bank],
      ['shop.yaml', 'b'],
    ]);
  });
});
