import { DriftError } from '../../../src/base/errors.js';
import type { Template } from '../../../src/iac/state.js';
import type { Program } from '../../../src/patch/ports.js';
import type { Dialect } from '../../../src/syntax/dialect.js';
import { effectiveEntries, get, type Node, section, stringOf } from '../../../src/syntax/node.js';
import { parseNode } from '../../../src/syntax/parse.js';
import { problemAt } from '../../../src/syntax/problem.js';
import type { Source } from '../../../src/syntax/source.js';
import type { Evaluated, EvaluatedResource } from '../../../src/value/evaluated.js';
import type { MapValue, Origin, Value } from '../../../src/value/value.js';

/**
 * `names: {size: 10}` gives values a name, and `things: {box: {kind: toy.box, size: $size}}` are resources whose
 * properties are written out, or named.
 */
export const TOY: Dialect = {
  tags: new Map(),
  isCall: () => false,
  shortArgument: (_, argument) => argument,
  owner: 'the toy',
  longest: 'the toy takes any length',
};

export function parse(source: Source): Template {
  const root = parseNode(source, 'template', TOY);
  if (root.kind !== 'map') throw bad(source, root, 'there are no things in it');
  const things = effectiveEntries(section(root, 'things'));
  return { source, root, resourceTypes: new Map(things.map(({ key, value }) => [key, kindOf(value)])) };
}

export function evaluate({ source, root }: Template): Evaluated {
  const resources = effectiveEntries(section(root, 'things')).map(({ key, keyRange, value }): EvaluatedResource => {
    const { entries, ...properties } = read(value) as MapValue;
    entries.delete('kind');
    const place = { source, range: value.range, keyRange, properties: { ...properties, entries } };
    return { logicalId: key, type: kindOf(value), presence: 'present', dependsOn: [], ...place };
  });
  const byName = new Map(resources.map((each) => [each.logicalId, each]));
  return { source, resources: byName, outputs: new Map(), others: new Map() };

  function read(node: Node, named?: { node: Node; name: string }): Value {
    const use = { source, range: (named?.node ?? node).range };
    const via: Origin['via'] = named
      ? [{ role: 'table', kind: 'name', name: named.name, source, range: node.range }]
      : [];
    const origin: Origin = { source, range: node.range, use, via };
    if (node.kind === 'list') return { kind: 'list', items: node.items.map((item) => read(item)), origin };
    if (node.kind === 'map') {
      const entries = new Map(effectiveEntries(node).map(({ key, value }) => [key, read(value)]));
      return { kind: 'map', entries, origin };
    }
    const name = stringOf(node)?.match(/^\$(\w+)$/)?.[1];
    if (name === undefined || named) return { kind: 'scalar', value: node.value ?? '', origin };
    const target = get(section(root, 'names'), name);
    if (target === undefined) throw bad(source, node, `there is no name ${name}`);
    return read(target, { node, name });
  }
}

export function programOf(template: Template): Program {
  return {
    files: [template.source],
    template,
    inputs: new Map(),
    evaluate: () => evaluate(template),
    inputsOf: () => new Map(),
    with(edited) {
      const source = edited.get(template.source.path);
      return source === undefined || source === template.source ? this : programOf(parse(source));
    },
  };
}

function kindOf(thing: Node): string {
  return stringOf(get(thing, 'kind')) ?? '';
}

function bad(source: Source, node: Node, message: string): DriftError {
  return new DriftError('template', [problemAt('template-invalid', source, node.range.start, message)]);
}
