import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import type { SnapshotResource, SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import { evaluateTemplate } from '../../src/iac/cloudformation/template/evaluate.js';
import { resolveParameters } from '../../src/iac/cloudformation/template/parameters.js';
import { parseTemplate } from '../../src/iac/cloudformation/template/parse.js';
import { createSource } from '../../src/syntax/source.js';
import { toPlain } from '../../src/value/value.js';
import { known } from './known.js';
import type { Files } from './repository.js';

/** A SAM template, and what the transform makes of it, or that it refuses it (`../shared/sam`). */
export interface SamPair {
  id: string;
  kind: 'ok' | 'error';
  input: string;
  output: JsonObject | undefined;
  parameters: Record<string, Json> | undefined;
}

/** A pair as it is deployed. */
export interface SamWorld {
  pair: SamPair;
  stack: SnapshotStack;
  /** Those that are nested in it. */
  children: SnapshotStack[];
}

export const REGION = 'us-east-1';
export const ACCOUNT = '111111111111';

/** The stack that a pair makes, with live state that is just as its processed template says. */
export function deployedPair(pair: SamPair): SamWorld {
  const name = pair.id.replace(/[^A-Za-z0-9]/g, '-');
  const output = pair.output ?? {};
  const resources = section(output, 'Resources');
  const parameters = parametersOf(output, pair.parameters ?? {});
  const made = parseTemplate({ ...createSource('processed.json', JSON.stringify(output)), isMade: true });
  const physicalIdOf = (logicalId: string) => {
    const type = section(resources, logicalId)['Type'];
    if (type === undefined) return undefined;
    return type === 'AWS::CloudFormation::Stack' ? stackArn(`${name}-${logicalId}`) : `${name}-${logicalId}-1A2B3C`;
  };
  const attribute = (id: string, key: string) => `arn:aws:service:${REGION}:${ACCOUNT}:${id}/${key}`;
  const evaluated = evaluateTemplate(made, {
    parameters: resolveParameters(made, {
      configured: new Map(),
      deployed: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, { value }])),
    }),
    environment: { region: REGION, stackName: name, accountId: ACCOUNT, stackId: stackArn(name) },
    resources: {
      physicalId: physicalIdOf,
      attribute: (id, key, isDeclared) =>
        !isDeclared && Object.hasOwn(resources, id) ? attribute(id, key) : undefined,
    },
    exports: {},
  });
  const asked = attributesIn(resources);
  const live = [...evaluated.resources.values()].flatMap(({ logicalId, type, presence, properties }) => {
    if (presence === 'absent') return [];
    const attributes = [...(asked.get(logicalId) ?? [])].map((key) => [key, attribute(logicalId, key)]);
    const own = known(toPlain(properties)) as JsonObject;
    const physicalId = physicalIdOf(logicalId) ?? null;
    return [{ logicalId, type, physicalId, properties: { ...Object.fromEntries(attributes), ...own } }];
  });
  const stack = {
    ...{ name, id: stackArn(name), status: 'CREATE_COMPLETE', template: pair.input, processedTemplate: output },
    ...{ parameters, resources: live },
  };
  return { pair, stack, children: live.flatMap((resource) => childOf(resource)) };
}

/** A repository with the templates of some worlds, and a configuration that names their stacks. */
export function filesOf(worlds: readonly SamWorld[], provider: 'aws' | 'snapshot'): Files {
  const stacks = worlds.map(
    ({ stack: { name } }) => `  - { name: ${name}, template: t/${name}.yaml, region: ${REGION} }`,
  );
  const from = provider === 'snapshot' ? ['snapshot: live.json'] : [];
  return {
    ...Object.fromEntries(worlds.map(({ pair, stack }) => [`t/${stack.name}.yaml`, pair.input])),
    'gitops-drift.yaml': ['version: 1', `provider: ${provider}`, ...from, 'stacks:', ...stacks, ''].join('\n'),
  };
}

function stackArn(name: string): string {
  return `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${name}/0a1b2c3d`;
}

function childOf({ type, physicalId, properties }: SnapshotResource): SnapshotStack[] {
  const name = /:stack\/([^/]+)\//.exec(physicalId ?? '')?.[1];
  if (type !== 'AWS::CloudFormation::Stack' || name === undefined) return [];
  const given = Object.keys(section(properties ?? {}, 'Parameters')).map((key) => [
    key,
    { Type: 'String', Default: '' },
  ]);
  const template = { Parameters: Object.fromEntries(given), Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };
  const topic = { logicalId: 'Topic', type: 'AWS::SNS::Topic', physicalId: `arn:aws:sns:${REGION}:${ACCOUNT}:topic` };
  return [
    { name, id: physicalId ?? '', status: 'CREATE_COMPLETE', template, resources: [{ ...topic, properties: {} }] },
  ];
}

function section(holder: JsonObject, key: string): JsonObject {
  const value = holder[key];
  return isObject(value) ? value : {};
}

/** A value for each parameter: the pair's, its default, else any that fits. */
function parametersOf(output: JsonObject, given: Record<string, Json>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(section(output, 'Parameters')).map((key) => {
      const declared = section(section(output, 'Parameters'), key);
      const [allowed] = Array.isArray(declared['AllowedValues']) ? declared['AllowedValues'] : [];
      const any =
        declared['Type'] === 'Number' ? 1024 : String(declared['Type']).includes('List') ? 'a,b' : `of-${key}`;
      return [key, String(given[key] ?? declared['Default'] ?? allowed ?? any)];
    }),
  );
}

/** The attributes of each resource that others ask for. */
function attributesIn(resources: JsonObject): Map<string, Set<string>> {
  const text = JSON.stringify(resources);
  const found = new Map<string, Set<string>>();
  const places = [
    ...text.matchAll(/"Fn::GetAtt":\["(\w+)","(\w+)"\]/g),
    ...text.matchAll(/"Fn::GetAtt":"(\w+)\.(\w+)"/g),
    ...text.matchAll(/\$\{(\w+)\.(\w+)\}/g),
  ];
  for (const [, id = '', key = ''] of places) found.set(id, new Set(found.get(id)).add(key));
  return found;
}
