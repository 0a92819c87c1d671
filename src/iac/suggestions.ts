import type { Problem } from '../base/errors.js';
import type { Place } from '../cloud/place.js';

/** How sure it is that a stack is deployed from a template, and why, in words. */
export interface Certainty {
  level: 'sure' | 'likely' | 'unsure';
  why: string;
}

/** A stack as it is to stand in the configuration. */
export interface SuggestedStack {
  name: string;
  template: string;
  region: string;
  account: string | undefined;
  certainty: Certainty;
  parametersFile?: string;
  parameters?: ReadonlyMap<string, string>;
  /** What could not be settled, for a person to decide. */
  remarks: readonly string[];
}

/** The stacks of a configuration, and what is left over. */
export interface SuggestedContent {
  stacks: readonly SuggestedStack[];
  /** Folders that programs make templates of stacks into. */
  apps: readonly string[];
  /** Stacks and templates that belong to nothing sure, in sentences. */
  leftovers: readonly string[];
  /** Paths of templates without a stack. */
  templates: readonly string[];
  /** Paths of templates that others nest, and these. */
  nested: readonly { path: string; parents: readonly string[] }[];
}

/** What a configuration can be written from, with where stacks were looked for, and what a person should know. */
export interface Suggested extends SuggestedContent {
  places: readonly Place[];
  warnings: Problem[];
}
