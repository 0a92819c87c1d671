import { entry, get, type MapEntry, type MapNode } from '../../../../syntax/node.js';
import type { OriginStep, Value } from '../../../../value/value.js';
import { holdsMacro } from '../made-elsewhere.js';
import { failure } from '../outside.js';
import { evaluateNode } from '../scope.js';
import { step } from '../step.js';
import { chosen, nameText, through, unknown } from '../values.js';
import type { Call } from './intrinsic.js';

/** `Fn::FindInMap`: `[Map, Top, Second]`, with the language extensions also `{DefaultValue: …}` and any function in them. */
export function findInMap(call: Call): Value | undefined {
  const { node, argument, scope } = call;
  const items = argument.kind === 'list' ? argument.items : [];
  const fallback = get(items[3], 'DefaultValue');
  const keys = items.slice(0, 3).map((item) => evaluateNode(item, scope));
  for (const key of keys) if (key?.kind === 'unresolved') return key;
  const names = keys.flatMap((key) => nameText(key) ?? []);
  const { root, source, transforms } = scope.evaluation.template;
  const mayFallBack = fallback !== undefined && transforms.includes('AWS::LanguageExtensions');
  if (names.length !== 3 || items.length !== (mayFallBack ? 4 : 3)) {
    const rule = 'requires three parameters, the map name, map key and the attribute for return value';
    return failure(call, `Template error: every Fn::FindInMap object ${rule}`, keys);
  }
  const { found, hasMacro } = lookUp(names, root);
  if (found) {
    const value = evaluateNode(found.value, { ...scope, loop: new Map(), via: [] });
    const entry: OriginStep = { ...step('Mapping', names.join('/')), source, range: found.keyRange };
    return value && through(scope, node, step('Fn::FindInMap'), passed(value, entry));
  }
  if (hasMacro) return unknown(scope, node, 'macro', `a macro (Fn::Transform) may make the mapping ${names[0]}`);
  const value = mayFallBack ? evaluateNode(fallback, scope) : undefined;
  if (mayFallBack) return value && chosen(call, value);
  return failure(call, `Template error: Unable to get mapping for ${names.join('::')}`, keys);
}

/** `hasMacro`: there is no such entry, unless a macro on the way to it makes it. */
function lookUp(names: readonly string[], root: MapNode): { found: MapEntry | undefined; hasMacro: boolean } {
  let found = entry(root, 'Mappings');
  let hasMacro = false;
  for (const name of names) {
    hasMacro ||= holdsMacro(found?.value);
    found = found && entry(found.value, name);
  }
  return { found, hasMacro };
}

function passed(value: Value, by: OriginStep): Value {
  const origin = { ...value.origin, via: [by, ...value.origin.via] };
  return value.kind === 'list'
    ? { ...value, items: value.items.map((item) => passed(item, by)), origin }
    : { ...value, origin };
}
