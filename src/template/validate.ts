import type { Problem } from '../errors.js';
import { child } from '../json-pointer.js';
import { effectiveEntries, get, type MapEntry, type MapNode, type Node } from './node.js';
import { problemAt } from './problem.js';
import type { Source } from './source.js';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
const RESOURCE_KEYS = new Set(
  ['Type', 'Properties', 'Condition', 'DependsOn', 'Metadata', 'CreationPolicy', 'DeletionPolicy'].concat([
    'UpdatePolicy',
    'UpdateReplacePolicy',
    'Connectors',
    'IgnoreGlobals',
  ]),
);

type Report = (node: { range: { start: number } }, message: string) => void;

/** Checks a template's structure as CloudFormation does, in its wording (recorded from AWS); gives all problems. */
export function validateTemplate(source: Source, root: MapNode): Problem[] {
  const problems: Problem[] = [];
  function report(node: { range: { start: number } }, message: string): void {
    problems.push(problemAt(source, node.range.start, message));
  }
  validateResources(root, report);
  validateParameters(get(root, 'Parameters'), report);
  validateMappings(get(root, 'Mappings'), report);
  validateOutputs(get(root, 'Outputs'), report);
  validateTransform(get(root, 'Transform'), report);
  return problems;
}

function validateResources(root: MapNode, report: Report): void {
  const resources = get(root, 'Resources');
  if (resources === undefined)
    return report(root, 'Template format error: At least one Resources member must be defined.');
  if (resources.kind !== 'map')
    return report(resources, 'Template format error: Any Resources member must be an object.');
  rejectNulls(resources, '/Resources', report);
  for (const each of plainEntries(resources)) {
    if (!isAlphanumeric(each.key)) {
      report(at(each), `Template format error: Resource name ${each.key} is non alphanumeric.`);
    } else if (each.value.kind !== 'map') {
      report(at(each), 'Template format error: Any Resources member must be an object.');
    } else {
      validateResource(each.key, each.value, report);
    }
  }
}

function validateResource(name: string, resource: MapNode, report: Report): void {
  if (get(resource, 'Type') === undefined && get(resource, 'Fn::Transform') === undefined) {
    report(resource, `Template format error: [/Resources/${name}] Every Resources object must contain a Type member.`);
  }
  for (const each of plainEntries(resource)) {
    const known = RESOURCE_KEYS.has(each.key) || each.key === 'Fn::Transform';
    if (!known) report(at(each), `Invalid template resource property '${each.key}'`);
  }
  const properties = get(resource, 'Properties');
  if (properties && properties.kind !== 'map') {
    report(properties, `[/Resources/${name}/Properties] Properties must be an object`);
  }
}

function validateParameters(parameters: Node | undefined, report: Report): void {
  if (parameters === undefined) return;
  if (parameters.kind !== 'map') return report(parameters, 'Template format error: Parameters must be an object.');
  for (const each of plainEntries(parameters)) {
    if (!isAlphanumeric(each.key))
      report(at(each), `Template format error: Parameter name ${each.key} is non alphanumeric.`);
    else if (get(each.value, 'Type') === undefined) {
      report(at(each), `Template format error: Every Parameters object must contain a Type member. (${each.key})`);
    }
  }
}

function validateMappings(mappings: Node | undefined, report: Report): void {
  if (mappings?.kind !== 'map') return;
  for (const { value: map } of plainEntries(mappings)) {
    for (const { key, keyRange, value: top } of map.kind === 'map' ? plainEntries(map) : []) {
      if (top.kind !== 'map')
        report({ range: keyRange }, `Template format error: Every Mappings member ${key} must be a map`);
      for (const second of top.kind === 'map' ? plainEntries(top) : []) {
        const wrong = second.value.kind === 'map' && !second.key.startsWith('Fn::');
        if (wrong) report(at(second), 'Template format error: Every Mappings attribute must be a String or a List.');
      }
    }
  }
}

function validateOutputs(outputs: Node | undefined, report: Report): void {
  if (outputs === undefined) return;
  if (outputs.kind !== 'map') return report(outputs, 'Template format error: Any Outputs member must be an object.');
  rejectNulls(outputs, '/Outputs', report);
  for (const each of plainEntries(outputs)) {
    if (get(each.value, 'Value') !== undefined) continue;
    report(at(each), 'Template format error: Every Outputs member must contain a Value object');
  }
}

function validateTransform(transform: Node | undefined, report: Report): void {
  const items = transform?.kind === 'list' ? transform.items : [];
  for (const item of items) {
    const name = get(item, 'Name');
    if (name && name.kind !== 'scalar') report(name, 'Key Name of transform definition must be a string.');
  }
}

function rejectNulls(node: Node, path: string, report: Report): void {
  if (node.kind === 'scalar' && node.value === null)
    report(node, `[${path}] 'null' values are not allowed in templates`);
  if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) rejectNulls(item, child(path, index), report);
  }
  if (node.kind === 'map') for (const { key, value } of node.entries) rejectNulls(value, child(path, key), report);
}

/** Entries that are no loops and no macro calls. */
function plainEntries(node: MapNode): MapEntry[] {
  return effectiveEntries(node).filter(({ key }) => !key.startsWith('Fn::'));
}

function at(each: MapEntry): { range: { start: number } } {
  return { range: each.keyRange };
}

function isAlphanumeric(name: string): boolean {
  return /^[A-Za-z0-9]+$/.test(name);
}
