import { effectiveEntries, get, type MapNode, section, stringOf } from './node.js';
import type { Template } from './parse.js';

/** The types of all resources that a template writes out, those in the bodies of loops included; sorted. */
export function declaredTypes({ root }: Template): string[] {
  return [...new Set(typesIn(section(root, 'Resources')))].sort();
}

/** A loop is `Fn::ForEach::Name: [Variable, Collection, {Key: resource}]`; a type can't be computed. */
function typesIn(resources: MapNode): string[] {
  return effectiveEntries(resources).flatMap(({ key, value }) => {
    if (key.startsWith('Fn::ForEach::')) {
      const body = value.kind === 'list' ? value.items[2] : undefined;
      return body?.kind === 'map' ? typesIn(body) : [];
    }
    return stringOf(get(value, 'Type')) ?? [];
  });
}
