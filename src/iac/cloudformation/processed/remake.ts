import pLimit from 'p-limit';
import { isObject, type Json } from '../../../base/json.js';
import { child } from '../../../base/json-pointer.js';
import type { ConfiguredParameter } from '../../../model/parameter.js';
import type { Remade } from '../../../patch/ports.js';
import { jsonOf } from '../../../syntax/node.js';
import type { Template } from '../template/parse.js';
import { isLocalArtifact } from './artifacts.js';
import { transformed } from './samtranslator.js';

/** Each keeps a processor busy. */
const inTurn = pLimit(2);

/** A template that stacks share is made anew once. */
const known = new WeakMap<Template, Map<string, Promise<Remade>>>();

/** What SAM's own translator makes of a version of a source: every value by its place. Throws a `DriftError`. */
export function remadeOf(
  template: Template,
  parameters: ReadonlyMap<string, Pick<ConfiguredParameter, 'value'>>,
  region: string,
): Promise<Remade> {
  const given = Object.fromEntries([...parameters].map(([name, { value }]) => [name, value]));
  const key = JSON.stringify([region, given]);
  const versions = known.get(template) ?? new Map<string, Promise<Remade>>();
  known.set(template, versions);
  const before = versions.get(key);
  if (before !== undefined) return before;
  const asked = { template: packaged(jsonOf(template.root)), parameters: given, region };
  const made = inTurn(() => transformed(asked)).then(leavesOf);
  versions.set(key, made);
  return made;
}

/** As packaging leaves it, and as YAML's short forms are read: the translator takes no paths, and attributes as lists. */
function packaged(value: Json, key = ''): Json {
  if (isLocalArtifact(key, value)) return 's3://bucket/key';
  if (key === 'Fn::GetAtt' && typeof value === 'string') {
    const [id = '', ...attribute] = value.split('.');
    return [id, attribute.join('.')];
  }
  if (Array.isArray(value)) return value.map((item) => packaged(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, packaged(item, name)]));
}

/** Every value of the resources of a template, by its place. */
export function leavesOf(made: Json): Remade {
  const leaves = new Map<string, string>();
  function walk(value: Json, path: string): void {
    const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    if (members.length === 0) leaves.set(path, JSON.stringify(value));
    for (const [key, member] of members) walk(member, child(path, key));
  }
  walk(isObject(made) ? (made['Resources'] ?? {}) : {}, '');
  return leaves;
}
