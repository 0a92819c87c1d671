import type { OriginRole, OriginStep } from '../../../value/value.js';

/** What a value comes through in a template: an intrinsic by its long name, or a construct. */
export type StepKind =
  | 'Ref'
  | 'Condition'
  | 'Parameter'
  | 'Mapping'
  | 'ForEach'
  | 'Import'
  | 'Attribute'
  | 'Alias'
  | `Fn::${string}`;

/** Any other function is a call. */
const ROLES: ReadonlyMap<string, OriginRole> = new Map([
  ['Ref', 'reference'],
  ['Attribute', 'reference'],
  ['Condition', 'choice'],
  ['Fn::If', 'choice'],
  ['Parameter', 'parameter'],
  ['Mapping', 'table'],
  ['ForEach', 'loop'],
  ['Alias', 'alias'],
  ['Import', 'outside'],
  ['Fn::GetAZs', 'outside'],
]);

/** A step of an origin, without its place. */
export function step(kind: StepKind, name?: string): OriginStep {
  return { role: ROLES.get(kind) ?? 'call', kind, ...(name === undefined ? {} : { name }) };
}

/** The kind of step that a call of a function is. */
export function stepKind(name: string): StepKind {
  return name.startsWith('Fn::') ? `Fn::${name.slice(4)}` : 'Ref';
}
