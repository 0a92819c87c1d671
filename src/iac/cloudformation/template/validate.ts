import type { Problem } from '../../../base/errors.js';
import { pointerOf } from '../../../base/json-pointer.js';
import {
  effectiveEntries,
  get,
  type MapEntry,
  type MapNode,
  type Node,
  section,
  stringOf,
} from '../../../syntax/node.js';
import { problemAt } from '../../../syntax/problem.js';
import type { Source } from '../../../syntax/source.js';
import { MAX_PARAMETERS, MAX_RESOURCES } from './limits.js';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
const RESOURCE_KEYS = new Set([
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'Description',
  'Metadata',
  'CreationPolicy',
  'DeletionPolicy',
  'UpdatePolicy',
  'UpdateReplacePolicy',
  'Version',
]);

type Report = (place: { range: { start: number } }, message: string) => void;

/**
 * Checks a template's structure as CloudFormation does, in its wording (recorded from AWS); gives all problems.
 * Where macros rewrite the template first, only what they need to run is checked.
 */
export function validateTemplate(source: Source, root: MapNode, macros: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  function report(place: { range: { start: number } }, message: string): void {
    problems.push(problemAt('template-invalid', source, place.range.start, message));
  }
  rejectTooMany(root, 'Parameters', MAX_PARAMETERS, report);
  rejectTooMany(root, 'Resources', MAX_RESOURCES, report);
  if (problems.length > 0) return problems;
  validateParameters(get(root, 'Parameters'), report);
  validateTransform(get(root, 'Transform'), report);
  const resources = get(root, 'Resources');
  if (resources === undefined) {
    // AWS::Include and other macros may bring the section.
    if (macros.length === 0) report(root, 'Template format error: At least one Resources member must be defined.');
    return problems;
  }
  if (resources.kind !== 'map') {
    report(resources, 'Template format error: Any Resources member must be an object.');
    return problems;
  }
  if (macros.length > 0) return problems;
  validateResources(resources, report);
  validateMappings(section(root, 'Mappings'), report);
  validateOutputs(get(root, 'Outputs'), report);
  return problems;
}

/** CloudFormation would not take them either, and judging each with each takes too long. */
function rejectTooMany(root: MapNode, name: string, most: number, report: Report): void {
  const node = get(root, name);
  const first = node?.kind === 'map' ? effectiveEntries(node)[most] : undefined;
  if (first) report(at(first), `${name} has more than ${most} members`);
}

function validateResources(resources: MapNode, report: Report): void {
  rejectNulls(resources, ['Resources'], report);
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
  if (get(resource, 'Fn::Transform')) return;
  if (get(resource, 'Type') === undefined) {
    report(resource, `Template format error: [/Resources/${name}] Every Resources object must contain a Type member.`);
  }
  for (const each of plainEntries(resource)) {
    if (!RESOURCE_KEYS.has(each.key)) report(at(each), `Invalid template resource property '${each.key}'`);
  }
  const properties = get(resource, 'Properties');
  if (properties?.kind === 'list' || (properties?.kind === 'scalar' && properties.value !== null)) {
    report(properties, `Template format error: [/Resources/${name}] Properties must be an object`);
  }
}

function validateParameters(parameters: Node | undefined, report: Report): void {
  if (parameters === undefined) return;
  if (parameters.kind !== 'map') {
    report(parameters, 'Template format error: Parameters must be an object.');
    return;
  }
  for (const each of plainEntries(parameters)) {
    if (!isAlphanumeric(each.key)) {
      report(at(each), `Template format error: Parameter name ${each.key} is non alphanumeric.`);
    } else if (stringOf(get(each.value, 'Type')) === undefined) {
      report(at(each), `Template format error: Every Parameters object must contain a Type member. (${each.key})`);
    }
  }
}

function validateMappings(mappings: MapNode, report: Report): void {
  for (const { key, value: map } of plainEntries(mappings)) {
    if (map.kind !== 'map') report(map, `Template format error: Every Mappings member ${key} must be a map`);
    for (const top of map.kind === 'map' ? plainEntries(map) : []) {
      if (top.value.kind !== 'map') {
        report(top.value, `Template format error: Every Mappings member ${top.key} must be a map`);
        continue;
      }
      for (const second of plainEntries(top.value)) {
        if (second.value.kind !== 'map') continue;
        report(at(second), 'Template format error: Every Mappings attribute must be a String or a List.');
      }
    }
  }
}

function validateOutputs(outputs: Node | undefined, report: Report): void {
  if (outputs === undefined) return;
  if (outputs.kind !== 'map') {
    report(outputs, 'Template format error: Any Outputs member must be an object.');
    return;
  }
  rejectNulls(outputs, ['Outputs'], report);
  for (const each of plainEntries(outputs)) {
    if (get(each.value, 'Value') !== undefined) continue;
    report(at(each), 'Template format error: Every Outputs member must contain a Value object');
  }
}

function validateTransform(transform: Node | undefined, report: Report): void {
  for (const item of transform?.kind === 'list' ? transform.items : transform ? [transform] : []) {
    const name = get(item, 'Name');
    if (name && name.kind !== 'scalar') report(name, 'Key Name of transform definition must be a string.');
  }
}

/** `path` is where the node stands: keys, joined only where there is something to report. */
function rejectNulls(node: Node, path: (string | number)[], report: Report): void {
  if (node.kind === 'scalar' && node.value === null) {
    report(
      { range: node.alias?.range ?? node.range },
      `[${pointerOf(path)}] 'null' values are not allowed in templates`,
    );
  }
  const members: Iterable<[string | number, Node]> =
    node.kind === 'list'
      ? node.items.entries()
      : node.kind === 'map'
        ? node.entries.map(({ key, value }): [string, Node] => [key, value])
        : [];
  for (const [key, member] of members) {
    path.push(key);
    rejectNulls(member, path, report);
    path.pop();
  }
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
