import type { Range, Source } from '../syntax/source.js';

/** A value given in the configuration or a parameter file, and where it stands there. */
export interface ConfiguredParameter {
  value: string;
  source: Source;
  range: Range;
}

/** A parameter's value in a deployed stack. */
export interface DeployedParameter {
  /** As the stack tells it: lists comma-joined, secret ones as `****`. */
  value: string;
  /** What a parameter that names a value kept elsewhere resolved to. */
  resolvedValue?: string;
}
