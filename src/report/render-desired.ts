import { Document, isMap, isScalar, isSeq, type Node as YamlNode } from 'yaml';
import type { Json, JsonObject } from '../base/json.js';
import { child } from '../base/json-pointer.js';
import { markNamed, markSecrets } from '../secrets/mark-secrets.js';
import { maskIn, maskSecrets } from '../secrets/mask.js';
import { ANYWHERE } from '../secrets/place.js';
import { MASK } from '../secrets/secret-text.js';
import type { SecretPlaces } from '../secrets/types.js';
import { positionAt } from '../syntax/source.js';
import type { Evaluated } from '../value/evaluated.js';
import { memberAt, type Origin, type OriginStep, type Plain, scalarText, toPlain, type Value } from '../value/value.js';

/** How an evaluated template is printed. */
export interface RenderDesiredOptions {
  types: SecretPlaces;
  format: 'yaml' | 'json';
  /** Whether each leaf says where it comes from: as a comment in YAML, as `origins` by path in JSON. */
  origins: boolean;
}

/**
 * Prints the evaluated desired state: conditions, resources that are part of the stack, outputs. Unresolved leaves stand
 * as `<unresolved: why>`, secrets as `****`.
 */
export function renderDesired(evaluated: Evaluated, options: RenderDesiredOptions): string {
  const origins = new Map<string, string>();
  const shown = shownTemplate(evaluated, options.types, origins);
  if (options.format === 'json') {
    const whole = options.origins ? { ...shown, origins: Object.fromEntries(origins) } : shown;
    return `${JSON.stringify(whole, null, 2)}\n`;
  }
  const document = new Document(shown, { aliasDuplicateObjects: false });
  if (options.origins && document.contents) comment(document.contents, '', origins);
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER });
}

function shownTemplate(evaluated: Evaluated, types: SecretPlaces, origins: Map<string, string>): JsonObject {
  const conditions = [...(evaluated.conditions ?? [])].map(([name, truth]): [string, Json] => [
    name,
    typeof truth === 'boolean' ? truth : `<unresolved: ${truth.message}>`,
  ]);
  const resources = [...evaluated.resources.values()].flatMap((resource): [string, Json][] => {
    if (resource.presence === 'absent') return [];
    const path = child(child('', 'Resources'), resource.logicalId);
    const owner = { types, ...resource };
    const marked = markSecrets(resource.properties, owner);
    const masked = maskSecrets(toPlain(marked) as JsonObject, owner);
    const properties = shownValue(marked, masked, child(path, 'Properties'), origins);
    const open = resource.presence === 'unknown' ? { Presence: `<unresolved: ${resource.reason ?? 'unknown'}>` } : {};
    return [[resource.logicalId, { Type: resource.type, ...open, Properties: properties }]];
  });
  const outputs = [...evaluated.outputs].map(([name, { value, exportName }]): [string, Json] => {
    const path = child(child('', 'Outputs'), name);
    const shown = (each: Value, key: string) =>
      shownValue(each, maskIn(toPlain(each), ANYWHERE), child(path, key), origins);
    return [
      name,
      { Value: shown(markNamed(name, value), 'Value'), ...(exportName ? { Export: shown(exportName, 'Export') } : {}) },
    ];
  });
  return {
    ...(conditions.length > 0 ? { Conditions: Object.fromEntries(conditions) } : {}),
    Resources: Object.fromEntries(resources),
    ...(outputs.length > 0 ? { Outputs: Object.fromEntries(outputs) } : {}),
  };
}

/** A value whose secrets are marked; `masked` is the same without those that only what is around them tells. */
function shownValue(value: Value, masked: Plain | undefined, path: string, origins: Map<string, string>): Json {
  if (value.kind === 'list') {
    return value.items.map((item, index) =>
      shownValue(item, memberAt(masked, String(index)), child(path, index), origins),
    );
  }
  if (value.kind === 'map') {
    return Object.fromEntries(
      [...value.entries].map(([key, each]) => [
        key,
        shownValue(each, memberAt(masked, key), child(path, key), origins),
      ]),
    );
  }
  origins.set(path, describeOrigin(value.origin));
  if (value.secret) return MASK;
  if (value.kind === 'unresolved') return `<unresolved: ${value.message}>`;
  // Numbers are shown as they are written: `1.10` is no `1.1` to a reader.
  const isRewritten = typeof value.value === 'number' && value.text !== undefined && masked === value.value;
  return isRewritten ? (scalarText(value) ?? '') : ((masked ?? MASK) as Json);
}

/** `templates/shop.yaml:12 via Ref Env (parameter default)`; values from outside stand where they are used. */
export function describeOrigin({ source, range, use, via }: Origin): string {
  const known = source && range ? { source, range } : use;
  const place = `${known.source.path}:${positionAt(known.source, known.range.start).line}`;
  const steps = via.map((step) => describeStep(step, use));
  return steps.length === 0 ? place : `${place} via ${steps.join(', ')}`.replaceAll(', (', ' (');
}

function describeStep({ role, kind, name, source }: OriginStep, use: Origin['use']): string {
  if (role !== 'parameter') return name === undefined ? kind : `${kind} ${name}`;
  if (source === undefined) return '(deployed parameter)';
  return source === use.source ? '(parameter default)' : '(parameter)';
}

function comment(node: YamlNode, path: string, origins: Map<string, string>): void {
  if (isMap(node)) {
    for (const pair of node.items)
      comment(pair.value as YamlNode, child(path, String((pair.key as { value: unknown }).value)), origins);
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) comment(item as YamlNode, child(path, index), origins);
  } else if (isScalar(node)) {
    const origin = origins.get(path);
    if (origin === undefined) return;
    node.comment = ` ${origin}`;
  }
}
