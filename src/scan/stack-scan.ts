import type { AcceptedResource } from '../baseline/update.js';
import type { RootStack } from '../iac/root-stack.js';
import type { CrossCheckReport, Finding, ResourceReport, StackReport } from '../model/report.js';
import type { Target } from '../model/target.js';
import type { DriftedFacts } from './who.js';

/** What scanning one stack came to. */
export interface StackScan {
  stack: StackReport;
  resources: ResourceReport[];
  /** With `who`: what telling who changed its drifted resources takes, by logical ID. */
  drifted?: ReadonlyMap<string, DriftedFacts>;
  /** As they were found: what is worked out of them afterwards is kept beside them. */
  findings: readonly Finding[];
  compared: number;
  /** What a baseline is to hold of its resources, where that is asked for. */
  accepted?: AcceptedResource[];
  /** Which version of the deployed stack was judged, where that is known. */
  judged?: { target: Target; version: string };
  crossCheck?: CrossCheckReport;
  /** The deployed stack that it is, or is nested in; absent where that could not be read. */
  root?: RootStack;
}

/** What a report says of a stack that is none of how it went. */
export function stackPlace({ name, path = name, region, template }: Target, account: string | null) {
  return { name: path, ...(path === name ? {} : { deployedAs: name }), region, account, template };
}
