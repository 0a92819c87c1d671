import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isObject, type JsonObject } from '../../src/base/json.js';
import type { Snapshot, SnapshotResource, SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import { readAssembly } from '../../src/iac/cloudformation/cdk/assembly.js';
import { assetOf, readAssets } from '../../src/iac/cloudformation/cdk/assets.js';
import type { AssemblyFiles } from '../../src/iac/cloudformation/cdk/model.js';
import { type EvaluatedTemplate, evaluateTemplate } from '../../src/iac/cloudformation/template/evaluate.js';
import { resolveParameters } from '../../src/iac/cloudformation/template/parameters.js';
import { parseTemplate } from '../../src/iac/cloudformation/template/parse.js';
import { createSource } from '../../src/syntax/source.js';
import { toPlain } from '../../src/value/value.js';
import { accountOf } from './estate.js';
import { known } from './known.js';
import type { Files } from './repository.js';

export const REGION = 'eu-west-1';
export const ACCOUNT = '123456789012';

const HOME = fileURLToPath(new URL('../../fixtures/cdk', import.meta.url));

/** The app of the fixtures, with the cloud assembly (and compiled code) of a variant; `at` is the folder that it is in. */
export function shopWith(variant: string, at = ''): Files {
  const own = { ...filesIn('shop'), ...filesIn(variant) };
  return Object.fromEntries(Object.entries(own).map(([path, text]) => [join(at, path), text]));
}

function filesIn(folder: string): Record<string, string> {
  const paths = readdirSync(join(HOME, folder), { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    paths.flatMap((each) => {
      if (!each.isFile()) return [];
      const path = join(each.parentPath, each.name);
      return [[relative(join(HOME, folder), path), readFileSync(path, 'utf8')] as const];
    }),
  );
}

/** Reads files in memory as an assembly's. */
export function assemblyFiles(files: Files): AssemblyFiles {
  return { read: async (path) => (Object.hasOwn(files, path) ? String(files[path]) : undefined) };
}

/** An account with the stacks of a cloud assembly, deployed and live just as it says. */
export async function deployedAssembly(files: Files, out = 'cdk.out'): Promise<Snapshot> {
  const reader = assemblyFiles(files);
  const { stacks } = await readAssembly(reader, out);
  const exports: Record<string, string> = {};
  const made: SnapshotStack[] = [];
  // A stack may import what a later one exports.
  for (let turn = 0; turn < 2; turn += 1) {
    made.length = 0;
    for (const stack of stacks) {
      const assets = await readAssets(reader, stack);
      made.push(...deployed(stack.name, String(files[stack.template]), { exports, files, assets }, {}));
    }
  }
  return accountOf(ACCOUNT, { [REGION]: made });
}

interface World {
  exports: Record<string, string>;
  files: Files;
  assets: ReadonlyMap<string, string>;
}

/** A stack, and those nested in it. */
function deployed(name: string, text: string, world: World, given: Record<string, string>): SnapshotStack[] {
  const template = parseTemplate(createSource(`${name}.json`, text));
  const raw = JSON.parse(text) as JsonObject;
  const parameters = { ...defaultsOf(raw), ...given };
  const physicalIdOf = (logicalId: string) =>
    template.resourceTypes.get(logicalId) === 'AWS::CloudFormation::Stack'
      ? stackArn(`${name}-${logicalId}`)
      : `${name}-${logicalId}-1A2B3C`;
  const attribute = (id: string, key: string) => `arn:aws:service:${REGION}:${ACCOUNT}:${name}-${id}/${key}`;
  const evaluated = evaluateTemplate(template, {
    parameters: resolveParameters(template, {
      configured: new Map(),
      deployed: Object.fromEntries(
        Object.entries(parameters).map(([key, value]) => [key, { value, resolvedValue: '21' }]),
      ),
    }),
    environment: { region: REGION, stackName: name, accountId: ACCOUNT, stackId: stackArn(name) },
    resources: {
      physicalId: (id) => (template.resourceTypes.has(id) ? physicalIdOf(id) : undefined),
      attribute: (id, key, isDeclared) => (isDeclared ? undefined : attribute(id, key)),
    },
    exports: world.exports,
  });
  const asked = attributesIn(text);
  const resources = [...evaluated.resources.values()].map(({ logicalId, type, properties }): SnapshotResource => {
    const attributes = [...(asked.get(logicalId) ?? [])].map((key) => [key, attribute(logicalId, key)]);
    const own = known(toPlain(properties)) as JsonObject;
    return {
      logicalId,
      type,
      physicalId: physicalIdOf(logicalId),
      properties: { ...Object.fromEntries(attributes), ...own },
    };
  });
  const exports = exportsOf(evaluated);
  Object.assign(world.exports, exports);
  const stack: SnapshotStack = {
    ...{ name, id: stackArn(name), status: 'CREATE_COMPLETE', template: text, resources, exports },
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, value]) =>
        key === 'BootstrapVersion' ? [key, { value, resolvedValue: '21' }] : [key, value],
      ),
    ),
  };
  return [stack, ...resources.flatMap((resource) => nested(resource, world))];
}

function nested({ type, physicalId, properties }: SnapshotResource, world: World): SnapshotStack[] {
  const name = /:stack\/([^/]+)\//.exec(physicalId ?? '')?.[1];
  if (type !== 'AWS::CloudFormation::Stack' || name === undefined) return [];
  const path = assetOf(String(properties?.['TemplateURL']), world.assets);
  if (path === undefined) throw new Error(`no template for ${name}`);
  const given = properties?.['Parameters'];
  const parameters = isObject(given) ? Object.entries(given).map(([key, value]) => [key, String(value)] as const) : [];
  return deployed(name, String(world.files[path]), world, Object.fromEntries(parameters));
}

function stackArn(name: string): string {
  return `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${name}/0a1b2c3d`;
}

function defaultsOf({ Parameters: declared }: JsonObject): Record<string, string> {
  const all = isObject(declared) ? Object.entries(declared) : [];
  return Object.fromEntries(
    all.map(([key, value]) => [key, isObject(value) ? String(value['Default'] ?? `of-${key}`) : '']),
  );
}

function exportsOf({ outputs }: EvaluatedTemplate): Record<string, string> {
  return Object.fromEntries(
    [...outputs.values()].flatMap(({ value, exportName }) =>
      exportName?.kind === 'scalar' && value.kind === 'scalar' ? [[String(exportName.value), String(value.value)]] : [],
    ),
  );
}

/** The attributes of each resource that others ask for. */
function attributesIn(text: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [, id = '', key = ''] of text.matchAll(/"Fn::GetAtt":\s*\[\s*"(\w+)",\s*"([\w.]+)"\]/g)) {
    found.set(id, new Set(found.get(id)).add(key));
  }
  return found;
}
