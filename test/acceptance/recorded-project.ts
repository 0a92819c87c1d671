import { Document, isCollection, isPair, isScalar, visit } from 'yaml';
import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import type { Snapshot, SnapshotResource, SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import type { Files } from '../support/repository.js';
import type { RecordedCase } from './recorded-cases.js';
import { type ThroughFunctions, throughFunctions } from './through-functions.js';

/** A recorded case as a deployed stack: its name, how its template is written, and what the cloud now has. */
export interface RecordedStack {
  name: string;
  one: RecordedCase;
  style: TemplateStyle;
  live: JsonObject;
  /** Whether values are given through functions, parameters and mappings; else literally. */
  functions: boolean;
}

/** How a template is written. */
export interface TemplateStyle {
  name: string;
  extension: 'yaml' | 'json';
  write(template: JsonObject): string;
}

/** The styles that people write templates in. */
export const STYLES: TemplateStyle[] = [
  { name: 'YAML, 2 spaces', extension: 'yaml', write: (template) => yaml(template, { indent: 2 }) },
  { name: 'JSON, 2 spaces', extension: 'json', write: (template) => `${JSON.stringify(template, null, 2)}\n` },
  { name: 'YAML, leaves in brackets', extension: 'yaml', write: (template) => yaml(template, { flow: 'leaves' }) },
  { name: 'JSON, tabs', extension: 'json', write: (template) => `${JSON.stringify(template, null, '\t')}\n` },
  {
    name: 'YAML, 4 spaces, lists not indented',
    extension: 'yaml',
    write: (template) => yaml(template, { indent: 4, indentSeq: false }),
  },
  { name: 'JSON on one line', extension: 'json', write: (template) => JSON.stringify(template) },
  {
    name: 'YAML, properties in brackets',
    extension: 'yaml',
    write: (template) => yaml(template, { flow: 'properties' }),
  },
  { name: 'JSON, 4 spaces', extension: 'json', write: (template) => JSON.stringify(template, null, 4) },
];

/** A repository's files and the snapshot of the cloud that its stacks are deployed to. */
export function recordedProject(stacks: readonly RecordedStack[]): { files: Files; snapshot: Snapshot } {
  const config = ['version: 1\nprovider: snapshot\nstacks:\n'];
  const files: Files = {};
  const regions: Snapshot['regions'] = {};
  for (const stack of stacks) {
    const { one, name, style } = stack;
    const { region, accountId } = one.context;
    const path = templatePath(name, style);
    const { template, parameters } = templateOf(stack);
    const given = Object.keys(parameters).length === 0 ? '' : `, parameters: ${JSON.stringify(parameters)}`;
    config.push(`  - { name: ${name}, template: ${path}, region: ${region}, account: "${accountId}"${given} }\n`);
    files[path] = style.write(template);
    const { stacks: others } = regions[region] ?? { stacks: [] };
    regions[region] = { stacks: [...others, deployedStack(stack, parameters)] };
  }
  files['gitops-drift.yaml'] = config.join('');
  return { files, snapshot: { snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: null, regions } };
}

export function templatePath(name: string, { extension }: TemplateStyle): string {
  return `templates/${name}.${extension}`;
}

function templateOf({ one, functions }: RecordedStack): { template: JsonObject; parameters: Record<string, string> } {
  const declared = withParameter(one.declared) as JsonObject;
  const literal: ThroughFunctions = { properties: declared, sections: {}, parameters: {} };
  const { properties, sections, parameters } = functions ? throughFunctions({ ...one, declared }) : literal;
  const unknown = holdsUnresolved(one.declared) ? { Unknown: { Type: 'String', NoEcho: true } } : {};
  const siblings = siblingsOf(one).map(({ logicalId, type, properties: live }) => [
    logicalId,
    { Type: type, Properties: live ?? {} },
  ]);
  const { Parameters = {}, ...others } = sections;
  const all = { ...(Parameters as JsonObject), ...unknown };
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    ...(Object.keys(all).length === 0 ? {} : { Parameters: all }),
    ...others,
    Resources: {
      [one.logicalId]: { Type: one.type, Properties: properties },
      ...(Object.fromEntries(siblings) as JsonObject),
    },
  };
  return { template, parameters };
}

function deployedStack({ name, one, live }: RecordedStack, parameters: Record<string, string>): SnapshotStack {
  const { type, logicalId, physicalId, context } = one;
  return {
    name,
    account: context.accountId,
    template: null,
    parameters: { ...parameters, ...(holdsUnresolved(one.declared) ? { Unknown: '****' } : {}) },
    tags: context.stackTags ?? {},
    resources: [{ logicalId, type, physicalId, properties: live }, ...siblingsOf(one)],
  };
}

/** What the context tells of other resources, as resources of the same stack. */
function siblingsOf({ context }: RecordedCase): SnapshotResource[] {
  const rules = Object.entries(context.siblingSgRules ?? {}).flatMap(([groupId, { ingress, egress }]) => [
    ...ingress.map((rule) => ({ type: 'AWS::EC2::SecurityGroupIngress', properties: { ...rule, GroupId: groupId } })),
    ...egress.map((rule) => ({ type: 'AWS::EC2::SecurityGroupEgress', properties: { ...rule, GroupId: groupId } })),
  ]);
  const aliases = Object.entries(context.kmsAliasTargets ?? {}).map(([name, key]) => ({
    type: 'AWS::KMS::Alias',
    properties: { AliasName: name, TargetKeyId: key },
  }));
  return [...rules, ...aliases].map((each, index) => {
    const logicalId = `Sibling${index}`;
    return { logicalId, physicalId: `sibling-${index}`, ...each };
  });
}

function holdsUnresolved(value: Json): boolean {
  if (Array.isArray(value)) return value.some(holdsUnresolved);
  return isObject(value) && (value['$unresolved'] === true || Object.values(value).some(holdsUnresolved));
}

function withParameter(value: Json): Json {
  if (Array.isArray(value)) return value.map(withParameter);
  if (!isObject(value)) return value;
  if (value['$unresolved'] === true) return { Ref: 'Unknown' };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withParameter(each)]));
}

interface YamlStyle {
  indent?: number;
  indentSeq?: boolean;
  flow?: 'leaves' | 'properties';
}

function yaml(template: JsonObject, { indent = 2, indentSeq = true, flow }: YamlStyle): string {
  const document = new Document(template, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, {
    Collection(_, node) {
      const isLeaf = node.items.every((item) => !isCollection(isPair(item) ? item.value : item));
      if (flow === 'leaves' && isLeaf) node.flow = true;
    },
    Pair(_, { key, value }) {
      if (flow === 'properties' && isScalar(key) && key.value === 'Properties' && isCollection(value))
        value.flow = true;
    },
  });
  return document.toString({ indent, indentSeq, lineWidth: 0 });
}
