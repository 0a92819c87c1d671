import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { looksLikeTemplate } from '../../../../src/iac/cloudformation/template/parse.js';
import { cloudFormationTypes } from '../../../../src/iac/cloudformation/types/types.js';
import { renderDesired } from '../../../../src/report/render-desired.js';
import { createSource } from '../../../../src/syntax/source.js';
import type { Value } from '../../../../src/value/value.js';
import { evaluateText, type Surroundings } from '../../../support/evaluate.js';

const FOLDER = fileURLToPath(new URL('../../../../fixtures/templates/', import.meta.url));
const names = readdirSync(FOLDER);

function given(name: string): Surroundings {
  return {
    path: `fixtures/templates/${name}`,
    deployed: name === 'database.template' ? { MasterPassword: { value: '****' } } : {},
    physicalIds: { Vpc: 'vpc-1', Table: 'table-1', Bucket: 'bucket-1' },
    availabilityZones: () => ({ zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] }),
    exports: { 'network-dev-PrivateSubnets': 'subnet-1,subnet-2' },
  };
}

function leaves(value: Value): Value[] {
  if (value.kind === 'list') return value.items.flatMap(leaves);
  return value.kind === 'map' ? [...value.entries.values()].flatMap(leaves) : [value];
}

describe.each(names)('fixtures/templates/%s', (name) => {
  const text = readFileSync(FOLDER + name, 'utf8');
  const evaluated = evaluateText(text, given(name));
  const all = [...evaluated.resources.values()].flatMap((resource) => leaves(resource.properties));

  test('is recognised as a template', () => {
    expect(looksLikeTemplate(createSource(name, text))).toBe(true);
  });

  test('explains every leaf that it does not know', () => {
    expect(all.length).toBeGreaterThan(0);
    for (const leaf of all) if (leaf.kind === 'unresolved') expect(leaf.message).toMatch(/\w{3}/);
    for (const { presence, reason } of evaluated.resources.values()) {
      if (presence === 'unknown') expect(reason).toMatch(/\w{3}/);
    }
  });

  test('gives every leaf an origin inside its source', () => {
    for (const { origin } of all) {
      const places = [
        origin.use,
        ...(origin.source && origin.range ? [{ source: origin.source, range: origin.range }] : []),
      ];
      for (const { source, range } of places) {
        expect(range.end).toBeGreaterThanOrEqual(range.start);
        expect(range.end).toBeLessThanOrEqual(source.text.length);
      }
    }
  });

  test('evaluates to', () => {
    expect(renderDesired(evaluated, { types: cloudFormationTypes, format: 'yaml', origins: true })).toMatchSnapshot();
  });
});
