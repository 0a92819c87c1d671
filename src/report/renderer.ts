import type { Report } from '../model/report.js';
export interface RenderOptions {
  /** Whether escape codes for colour may be written. */
  color: boolean;
  /** Terminal columns; 80 when not known. */
  width?: number;
  /** Also list values that are unlike but equal by a rule. */
  explain?: boolean;
  /** Also list what could not be verified and what is suppressed. */
  verbose?: boolean;
}

export type Renderer = (report: Report, options: RenderOptions) => string;
