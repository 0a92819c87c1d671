import type { Range, Source } from '../syntax/source.js';
import type { ConfiguredParameter } from './parameter.js';

/** A stack to scan: which one, against which template, with which configured parameters. */
export interface Target {
  /** The deployed stack. */
  name: string;
  /** What reports call a nested stack: the path of logical IDs from the root stack, `shop-prod/Network`. */
  path?: string;
  /** Templates of the stacks that it is nested in, the root's first. */
  ancestors?: readonly string[];
  region: string;
  account?: string;
  roleArn?: string;
  /**
   * The path of its template in the repository. Null for a nested stack that is deployed from elsewhere: it is the template
   * that matches what is deployed, or else the deployed one itself.
   */
  template: string | null;
  /** Where a nested stack was deployed from, as its parent says. */
  templateUrl?: string;
  parameters: Map<string, ConfiguredParameter>;
  /** Where parameters are given, so that they can be read again from edited files. */
  parameterSources?: ParameterSources;
}

/** A stack that is scanned by itself, so that its template is known from the start. */
export interface RootTarget extends Target {
  template: string;
  /** The configuration that it is scanned by, where there is one: that of its folder, or the root's. */
  configuration?: string;
}

/** The files that give a stack its parameters. */
export interface ParameterSources {
  /** The parameter file. */
  file?: Source;
  /** The `parameters` of the stack's entry in the configuration. */
  config?: {
    source: Source;
    range: Range;
    index: number;
    /** Where they stand when the configuration was edited. */
    rangeIn?(edited: Source): Range | undefined;
  };
}
