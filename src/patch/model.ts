import type { Json } from '../base/json.js';
import type { Comparison, Difference } from '../model/comparison.js';
import type { Finding } from '../model/report.js';
import type { SecretTypes } from '../secrets/types.js';
import type { Source } from '../syntax/source.js';
import type { MapValue } from '../value/value.js';
import type { Editor, Parsed, Program, StackFacts } from './ports.js';

/** A scanned stack, as far as patching needs it. */
export interface PatchStack extends StackFacts {
  types: SecretTypes;
  /** What it is made from; `template` as it was scanned. */
  program: Program;
  template: Parsed;
  /** The files of code in which its resources were created, by path. */
  code?: ReadonlyMap<string, Source>;
  drifted: DriftedResource[];
  /** The lines of a file, by their text, that hold secrets. */
  hiddenLines?(path: string): ReadonlySet<string>;
  /** Of a nested stack: the stack that gives it its parameters, and as which resource. */
  parent?: { stack: PatchStack; logicalId: string };
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
  editor: Editor;
  /** Whether edits of what something is made of are proven by making that anew as well. */
  remakes?: boolean;
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
