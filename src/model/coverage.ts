import type { Accepted } from './unseen.js';

/** What was looked at, and what was not: everything that was left out is named or counted. */
export interface Coverage {
  templates: TemplateCoverage & { more?: number };
  stacks: { looked: number; notLooked: UnseenStack[]; more?: number };
  /** Each counted once, but for `accepted`, which tells how many of the others an `accept:` rule covers. */
  resources: { looked: number; inPart: number; notLooked: number; never: number; accepted: number };
  /** The same in one line. */
  text: string;
}

/** Of the files that are, or may be, templates: how many there are, how many belong to a stack, and what was left out. */
export interface TemplateCoverage {
  found: number;
  matched: number;
  skipped: SkippedTemplate[];
}

/** A file that may be a template and was not looked at. */
export interface SkippedTemplate {
  file: string;
  reason: string;
}

/** A deployed stack that was not looked at: one that could not be scanned, a child elsewhere, a StackSet's instance. */
export interface UnseenStack {
  name: string;
  region: string;
  account: string | null;
  reason: string;
  accepted?: Accepted;
}
