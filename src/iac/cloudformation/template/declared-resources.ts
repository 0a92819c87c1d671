import { effectiveEntries, get, type MapEntry, type Node, section, stringOf } from '../../../syntax/node.js';
import type { Template } from './parse.js';

/** The types of all resources that a template writes out, those in the bodies of loops included; sorted. */
export function declaredTypes(template: Template): string[] {
  return [...new Set(declaredResources(template).flatMap((resource) => stringOf(get(resource, 'Type')) ?? []))].sort();
}

/** All resources that a template writes out, those in the bodies of loops included, unevaluated. */
export function declaredResources(template: Pick<Template, 'root'>): Node[] {
  return resourceEntries(template).map(({ value }) => value);
}

/** The same with their keys. */
export function resourceEntries({ root }: Pick<Template, 'root'>): MapEntry[] {
  return effectiveEntries(section(root, 'Resources')).flatMap(writtenOut);
}

export function isLoop({ key }: MapEntry): boolean {
  return key.startsWith('Fn::ForEach::');
}

/** The entries in the body of a loop, `Fn::ForEach::Name: [Variable, Collection, {Key: …}]`. */
export function loopBody({ value }: MapEntry): MapEntry[] {
  const body = value.kind === 'list' ? value.items[2] : undefined;
  return body?.kind === 'map' ? effectiveEntries(body) : [];
}

/** The entry itself, or those that a loop has in its body and in the loops in there. */
export function writtenOut(each: MapEntry): MapEntry[] {
  return isLoop(each) ? loopBody(each).flatMap(writtenOut) : [each];
}
