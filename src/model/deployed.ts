/** A parameter's value in a deployed stack. */
export interface DeployedParameter {
  /** As CloudFormation tells it: lists comma-joined, NoEcho as `****`. */
  value: string;
  /** What an SSM-typed parameter resolved to. */
  resolvedValue?: string;
}

/** The availability zones of a region that an account can use, or why they are not known. */
export type ZonesAnswer = { zones: string[] } | { reason: string };
