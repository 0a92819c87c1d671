import type { Json, JsonObject } from '../base/json.js';
import type { Plain } from '../value/value.js';
import type { UnseenClass } from './unseen.js';

/** One difference between the desired and the live properties of a resource. */
export interface Difference {
  /** Pointer into the desired properties; for an element that only the live list has, the next free indices. */
  path: string;
  /** Like `path`, but with list elements named by their key or content, so that it survives reordering: `/Tags/Key=Env/Value`. */
  stablePath: string;
  /** Absent when only the live side has it. */
  desired?: Plain;
  /** Absent when only the desired side has it. */
  live?: Json;
  /** Of an element that only the live list has, where order matters: the desired index that it stands before. */
  insertAt?: number;
  /** Of a JSON document that the template holds as one text: what differs inside, by paths into the document. */
  inner?: Difference[];
}

export interface Unverifiable {
  path: string;
  reason: string;
  class: UnseenClass;
}

/** A pair of unlike values that mean the same, and the rule that says so (for `--explain`). */
export interface EqualByRule {
  path: string;
  stablePath: string;
  desired: Json;
  live: Json;
  equivalence: string;
}

/** The outcome of comparing one resource's declared properties with its live model. */
export interface Comparison {
  differences: Difference[];
  unverifiable: Unverifiable[];
  equal: EqualByRule[];
  /** How many declared leaves were compared (verified). */
  compared: number;
  /** What resources of other stacks put into lists of this one. */
  owned?: OwnedElement[];
  /** What is live beside the declared properties; absent where the live model has the declared ones only. */
  rest?: UndeclaredValue[];
}

/** A live value that is not declared: as a whole, where the declared properties end. */
export interface UndeclaredValue {
  /** Pointer into the desired properties, at which nothing is declared. */
  path: string;
  stablePath: string;
  live: Json;
}

/** An element of a list that a resource of another stack declares. */
export interface OwnedElement {
  /** The list. */
  path: string;
  stack: string;
  logicalId: string;
  type: string;
}

/** What CloudFormation's drift detection says of a resource: the template as deployed against the cloud. */
export interface AwsVerdict {
  /** The declared properties as deployed, evaluated by AWS. */
  expected: JsonObject;
  differences: AwsDifference[];
}

/** One property that AWS says differs; values that are texts may stand for numbers and booleans. */
export interface AwsDifference {
  /** A JSON Pointer; list indices are the expected list's, for what was added the actual list's. */
  path: string;
  /** Absent for what was added. */
  expected?: Json;
  /** Absent for what was removed. */
  actual?: Json;
}
