import { effectiveEntries, get, type MapNode, type Node, section, stringOf } from './node.js';
import type { Template } from './parse.js';

/** The types of all resources that a template writes out, those in the bodies of loops included; sorted. */
export function declaredTypes(template: Template): string[] {
  return [...new Set(declaredResources(template).flatMap((resource) => stringOf(get(resource, 'Type')) ?? []))].sort();
}

/** All resources that a template writes out, those in the bodies of loops included, unevaluated. */
export function declaredResources({ root }: Pick<Template, 'root'>): Node[] {
  return resourcesIn(section(root, 'Resources'));
}

/** A loop is `Fn::ForEach::Name: [Variable, Collection, {Key: resource}]`; a type can't be computed. */
function resourcesIn(resources: MapNode): Node[] {
  return effectiveEntries(resources).flatMap(({ key, value }) => {
    if (!key.startsWith('Fn::ForEach::')) return [value];
    const body = value.kind === 'list' ? value.items[2] : undefined;
    return body?.kind === 'map' ? resourcesIn(body) : [];
  });
}
