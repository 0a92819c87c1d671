import type { Range, Source } from '../syntax/source.js';
import type { MapValue, Value } from './value.js';

/** What a program evaluates to. */
export interface Evaluated {
  source: Source;
  /** What its conditions come to, by name, or why that is not known; absent of a kind without such. */
  conditions?: ReadonlyMap<string, boolean | { message: string }>;
  resources: Map<string, EvaluatedResource>;
  outputs: Map<string, EvaluatedOutput>;
  /** All else that an edit must leave alone: by what one of a kind is called (`a condition`) what each is, by name. */
  others: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
}

/** A resource as the template declares it, evaluated. */
export interface EvaluatedResource {
  logicalId: string;
  /** The resource of the source that it was made of, where that is called otherwise. */
  sourceId?: string;
  type: string;
  /** Whether its condition makes it part of the stack; `reason` says why that is not known. */
  presence: 'present' | 'absent' | 'unknown';
  reason?: string;
  /** The condition's name, where it has one. */
  condition?: string;
  /** Empty where absent. */
  properties: MapValue;
  dependsOn: string[];
  source: Source;
  /** The whole resource, without its key. */
  range: Range;
  /** The logical ID in source. */
  keyRange: Range;
  /** The key in source of the part of that resource that it was made of, where it was made of one. */
  partRange?: Range;
}

export interface EvaluatedOutput {
  value: Value;
  exportName?: Value;
}
