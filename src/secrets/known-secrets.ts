import type { MapNode } from '../syntax/node.js';
import type { Range, Source } from '../syntax/source.js';
import { holdsSecret, type MapValue, type Value } from '../value/value.js';
import { isTelling, markNamed, markSecrets, secretTexts } from './mark-secrets.js';
import type { SecretTypes } from './types.js';

/** What evaluating a template told. */
export interface EvaluatedSecrets {
  resources: ReadonlyMap<string, { type: string; logicalId: string; properties: MapValue }>;
  outputs: ReadonlyMap<string, { value: Value; exportName?: Value }>;
}

/** A stack, as far as it tells of secrets. */
export interface SecretHolder {
  types: SecretTypes;
  template: { root: MapNode };
  /** What gives it its parameters. */
  target: { parameters: ReadonlyMap<string, { value: string; source: Source; range: Range }> };
  evaluated: EvaluatedSecrets;
}

/** What a scan knows of the secrets of some stacks. */
export interface KnownSecrets {
  /** Values of NoEcho parameters, of properties that are made of them, and of properties that hold secrets. */
  texts: string[];
  /** Where such values are given, by file: in parameter files, the configuration or the template that nests a stack. */
  ranges: ReadonlyMap<string, readonly Range[]>;
}

/** Gathers them, of stacks and those nested in them: that a parameter is secret only the nested template says. */
export function knownSecrets(stacks: readonly SecretHolder[]): KnownSecrets {
  const texts = new Set<string>();
  const ranges = new Map<string, Range[]>();
  for (const { types, template, target, evaluated } of stacks) {
    for (const { name, preset, isDeclared } of types.declaredSecrets(template.root)) {
      const given = target.parameters.get(name);
      for (const text of [preset, given?.value]) if (text && (isDeclared || isTelling(text))) texts.add(text);
      if (given !== undefined) ranges.set(given.source.path, [...(ranges.get(given.source.path) ?? []), given.range]);
    }
    for (const text of evaluatedSecrets(evaluated, types)) texts.add(text);
  }
  return { texts: [...texts], ranges };
}

const found = new WeakMap<EvaluatedSecrets, ReadonlySet<string>>();

/** The texts of secrets that an evaluated template holds, and that are worth looking for elsewhere. */
export function evaluatedSecrets(evaluated: EvaluatedSecrets, types: SecretTypes): ReadonlySet<string> {
  const texts = found.get(evaluated) ?? findSecrets(evaluated, types);
  found.set(evaluated, texts);
  return texts;
}

function findSecrets({ resources, outputs }: EvaluatedSecrets, types: SecretTypes): Set<string> {
  const declared: Value[] = [...[...resources.values()].map(({ properties }) => properties)];
  const marked: Value[] = [...resources.values()].map((resource) =>
    markSecrets(resource.properties, { types, ...resource }),
  );
  for (const [name, { value }] of outputs) {
    declared.push(value);
    marked.push(markNamed(name, value));
  }
  const texts = [...declared.flatMap(secretTexts), ...marked.flatMap(secretTexts).filter(isTelling)];
  return new Set(texts.filter((text) => text !== ''));
}

/** The names of outputs whose values are secrets, and of the exports that they are. */
export function secretOutputs({ outputs }: EvaluatedSecrets): Set<string> {
  const names = new Set<string>();
  for (const [name, { value, exportName }] of outputs) {
    if (!holdsSecret(markNamed(name, value))) continue;
    names.add(name);
    if (exportName?.kind === 'scalar') names.add(String(exportName.value));
  }
  return names;
}
