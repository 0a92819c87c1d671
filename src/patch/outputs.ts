import type { Evaluated, EvaluatedOutput } from '../value/evaluated.js';
import { isKnown, type MapValue, toPlain, type Value, valuesOnWay } from '../value/value.js';
import type { Claim } from './claim.js';
import { isSame } from './intent.js';
import { placesIn } from './users.js';

/**
 * The outputs that follow what is claimed, and the first that changes otherwise. An output that is made of the very
 * literals that give a changed property its value reports that property: it says what is live when it follows.
 */
export function outputsAfter(
  before: Evaluated,
  after: Evaluated,
  claims: readonly Claim[],
): { following: string[]; other?: string } {
  const changed = [...new Set([...before.outputs.keys(), ...after.outputs.keys()])].filter((name) => {
    return !isSameOutput(before.outputs.get(name), after.outputs.get(name));
  });
  if (changed.length === 0) return { following: [] };
  const reporting = outputsOf(before, claims);
  const other = changed.find((name) => {
    const [was, is] = [before.outputs.get(name), after.outputs.get(name)];
    if (was === undefined || is === undefined || !isSameExport(was, is)) return true;
    return !isKnown(toPlain(is.value)) || !reporting.includes(name);
  });
  return { following: changed, ...(other === undefined ? {} : { other }) };
}

/** The outputs that are made of what is to change. */
export function outputsOf(template: Evaluated, claims: readonly Claim[]): string[] {
  if (template.outputs.size === 0) return [];
  const places = new Set(claims.flatMap((claim) => [...claimedPlaces(claim, template)]));
  return [...template.outputs].flatMap(([name, { value }]) =>
    [...placesIn(value)].some((place) => places.has(place)) ? [name] : [],
  );
}

function isSameOutput(one: EvaluatedOutput | undefined, other: EvaluatedOutput | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return isSame(toPlain(one.value), toPlain(other.value)) && isSameExport(one, other);
}

function isSameExport({ exportName: one }: EvaluatedOutput, { exportName: other }: EvaluatedOutput): boolean {
  if (one === undefined || other === undefined) return one === other;
  return isSame(toPlain(one), toPlain(other));
}

/** The literals that what is to change comes from. */
function claimedPlaces({ resource, change }: Claim, { resources }: Evaluated): Iterable<string> {
  const properties = resources.get(resource.logicalId)?.properties;
  return properties === undefined || change === undefined ? [] : placesIn(innermost(properties, change.intent.keys));
}

/** The value that keys lead to, or as far as they do. */
function innermost(properties: MapValue, keys: readonly string[]): Value {
  return valuesOnWay(properties, keys).at(-1) ?? properties;
}

/** What a reader should know of outputs that follow: those that are exported hold others fast. */
export function followingNote(names: readonly string[], { outputs }: Evaluated): string | undefined {
  if (names.length === 0) return undefined;
  const exports = names.flatMap((name) => {
    const exportName = outputs.get(name)?.exportName;
    const plain = exportName && toPlain(exportName);
    return typeof plain === 'string' ? [plain] : [];
  });
  const [noun, verb] = names.length === 1 ? ['output', 'follows'] : ['outputs', 'follow'];
  const told = `the ${noun} ${names.join(', ')} ${verb} it`;
  if (exports.length === 0) return told;
  return `${told}, exported as ${exports.join(', ')}: CloudFormation can't change that while another stack imports it`;
}
