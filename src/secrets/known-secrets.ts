import { get, type MapNode, textOf } from '../syntax/node.js';
import type { Range, Source } from '../syntax/source.js';
import type { MapValue } from '../value/value.js';
import { secretTexts } from './mask.js';
import { noEchoEntries } from './mask-template.js';

/** A stack, as far as it tells of secrets. */
export interface SecretHolder {
  template: { root: MapNode };
  /** What gives it its parameters. */
  target: { parameters: ReadonlyMap<string, { value: string; source: Source; range: Range }> };
  evaluated: { resources: ReadonlyMap<string, { properties: MapValue }> };
}

/** What a scan knows of the secrets of some stacks. */
export interface KnownSecrets {
  /** Values of NoEcho parameters, and of properties that are made of them. */
  texts: string[];
  /** Where such values are given, by file: in parameter files, the configuration or the template that nests a stack. */
  ranges: ReadonlyMap<string, readonly Range[]>;
}

/** Gathers them, of stacks and those nested in them: that a parameter is secret only the nested template says. */
export function knownSecrets(stacks: readonly SecretHolder[]): KnownSecrets {
  const texts = new Set<string>();
  const ranges = new Map<string, Range[]>();
  for (const { template, target, evaluated } of stacks) {
    for (const { key, value } of noEchoEntries(template.root)) {
      const preset = textOf(get(value, 'Default'));
      if (preset) texts.add(preset);
      const given = target.parameters.get(key);
      if (given === undefined) continue;
      texts.add(given.value);
      ranges.set(given.source.path, [...(ranges.get(given.source.path) ?? []), given.range]);
    }
    for (const { properties } of evaluated.resources.values())
      for (const text of secretTexts(properties)) texts.add(text);
  }
  return { texts: [...texts].filter((text) => text !== ''), ranges };
}
