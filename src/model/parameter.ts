import type { Range, Source } from '../syntax/source.js';

/** A value given in the configuration or a parameter file, and where it stands there. */
export interface ConfiguredParameter {
  value: string;
  source: Source;
  range: Range;
}
