import type { Problem } from '../base/errors.js';

/** What a template asks of those who read its stacks, as far as that stands in it. */
export interface TemplateSurvey {
  path: string;
  /** Types of all resources that it writes out, those in the bodies of loops included; sorted. */
  types: readonly string[];
  usesImports: boolean;
  usesZones: boolean;
  /** Whether it makes stacks that are nested in its own. */
  nests: boolean;
  /** Whether it makes stacks in any accounts and regions. */
  spreads: boolean;
  /** Whether some of the stacks that it makes are deployed from elsewhere than the repository. */
  isOpen: boolean;
}

/** Templates by path, each with those that it nests from the repository, to any depth. */
export type TemplateTrees = Map<string, TemplateSurvey[]>;

/** What was surveyed, and what is wrong with the rest. */
export interface Surveyed {
  trees: TemplateTrees;
  broken: readonly Problem[];
}
