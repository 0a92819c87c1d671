import { evaluateNode } from '../evaluate-node.js';
import { get, type Node } from '../node.js';
import { mistake, type Scope } from '../scope.js';
import type { Value } from '../value.js';
import { scalarText, through } from '../values.js';
import type { Call } from './intrinsic.js';

/** `Fn::FindInMap`: `[Map, Top, Second]`, with the language extensions also `{DefaultValue: …}` and any function in them. */
export function findInMap({ node, argument, scope }: Call): Value | undefined {
  const items = argument.kind === 'list' ? argument.items : [];
  const fallback = get(items[3], 'DefaultValue');
  const keys = items.slice(0, 3).map((item) => evaluateNode(item, scope));
  for (const key of keys) if (key?.kind === 'unresolved') return key;
  const names = keys.flatMap((key) => (key && scalarText(key)) ?? []);
  if (names.length !== 3 || items.length > 4 || (items.length === 4 && fallback === undefined)) {
    const rule = 'requires three parameters, the map name, map key and the attribute for return value';
    return mistake(scope, node, `Template error: every Fn::FindInMap object ${rule}`);
  }
  const found = lookUp(names, scope);
  if (found) {
    const value = evaluateNode(found, scope);
    return value && through(scope, node, { kind: 'Mapping', name: names.join('/') }, value);
  }
  if (fallback) return evaluateNode(fallback, scope);
  return mistake(scope, node, `Template error: Unable to get mapping for ${names.join('::')}`);
}

function lookUp(names: readonly string[], scope: Scope): Node | undefined {
  const mappings = get(scope.evaluation.template.root, 'Mappings');
  return names.reduce<Node | undefined>((node, name) => get(node, name), mappings);
}
