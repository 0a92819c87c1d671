import type { Json, JsonObject } from '../base/json.js';
import type { EvaluatedTemplate } from '../iac/cloudformation/template/evaluate.js';
import type { Template } from '../iac/cloudformation/template/parse.js';
import type { Comparison, Difference } from '../model/comparison.js';
import type { ConfiguredParameter } from '../model/parameter.js';
import type { Finding } from '../model/report.js';
import type { Target } from '../model/target.js';
import type { SecretTypes } from '../secrets/types.js';
import type { Source } from '../syntax/source.js';
import type { MapValue } from '../value/value.js';

/** A scanned stack, as far as patching needs it. */
export interface PatchStack {
  types: SecretTypes;
  target: Target;
  template: Template;
  /** What Git says now. */
  evaluated: EvaluatedTemplate;
  /**
   * Evaluates another version of the template or of its configured parameters with all else as it was scanned.
   * Throws a `DriftError` where CloudFormation would reject it.
   */
  evaluate(template: Template, configured: Map<string, ConfiguredParameter>): EvaluatedTemplate;
  /** Its configured parameters when some files are other than they were, by path; throws a `DriftError` where they are wrong. */
  configured(edited: ReadonlyMap<string, Source>): Map<string, ConfiguredParameter>;
  environment: { region: string; accountId: string | undefined };
  /** What the stack's deployed resources are called and what their attributes are, by logical ID. */
  known: Map<string, KnownResource>;
  drifted: DriftedResource[];
  /** The lines of a file, by their text, that hold secrets. */
  hiddenLines?(path: string): ReadonlySet<string>;
  /** Of a nested stack: the stack that gives it its parameters, and as which resource. */
  parent?: { stack: PatchStack; logicalId: string };
}

/** What is certain of a deployed resource, so that live values can be told to be it. */
export interface KnownResource {
  physicalId: string;
  /** Its live model, where it was read. */
  model: JsonObject | undefined;
  /** Pointers of properties that only AWS sets: those that `Fn::GetAtt` gives. */
  attributes: readonly string[];
  /** Pointers of properties that can't be set later without replacing the resource. */
  createOnly: readonly string[];
}

/** A resource with findings. */
export interface DriftedResource {
  logicalId: string;
  wanted: Wanted[];
  /** Compares other desired properties with the same live state. */
  compare(properties: MapValue): Promise<Comparison>;
}

/** A finding that Git is to adopt. */
export interface Wanted {
  finding: Finding;
  /** As compared, values not masked; absent for a deleted resource. */
  difference?: Difference;
  /** Of an undeclared value in a list, document or map that is not declared either: that as a whole. */
  whole?: Whole;
}

/** What is compared as a whole, so that it is to be declared as a whole. */
export interface Whole {
  /** How many keys of the difference's path lead to it. */
  depth: number;
  /** All that it holds, but for what is AWS's own or other stacks'. */
  live: Json;
  /** Whether a part of it is a secret. */
  holdsSecret: boolean;
}

/** Stacks whose templates or parameter files are the same files: an edit may concern them all. */
export interface PatchGroup {
  stacks: PatchStack[];
  /** Stacks that were not scanned: nothing can be proven for those that edited files, by path, concern. */
  unproven: { name: string; reason: string; isConcerned(edited: ReadonlyMap<string, Source>): boolean }[];
}

/** Why an edit is no good, and what a person can do about it. */
export interface Failure {
  reason: string;
  advice?: string;
}

/** What to patch, and how far to go. */
export interface PatchOptions {
  /** Whether resources that are gone may be taken out of their template. */
  includeDeletions: boolean;
}
