import type { Problem } from '../base/errors.js';
import type { Baseline } from '../baseline/baseline.js';
import type { FileChange } from '../git/file-change.js';
import type { Allowed } from '../iac/synthesis.js';
import type { Finding, Report, Severity } from '../model/report.js';

/** What a scan is asked to do. Only `repository` is required. */
export interface ScanRequest {
  /** A directory in a Git work tree, or a bare repository. */
  repository: string;
  /** Read templates and configuration at this commit instead of from the work tree. */
  ref?: string | undefined;
  /**
   * The configuration, a path in the file system; of a bare repository, relative to its root. Default: the `gitops-drift.yaml`
   * in `repository` or in the nearest folder above it, up to the root of the work tree.
   */
  config?: string | undefined;
  /** Names of stacks to scan, as globs; default all. */
  stacks?: readonly string[] | undefined;
  /** Regions to scan; with a configuration a filter, without one where to look for stacks. */
  regions?: readonly string[] | undefined;
  /** Scan only a part of the stacks: `2/8` is a stable eighth of them. */
  shard?: string | undefined;
  /** A provider's name, over the configuration's. */
  provider?: string | undefined;
  /** A snapshot's path in the file system; implies the provider `snapshot`. */
  snapshot?: string | undefined;
  /** Most requests to the cloud at a time. */
  concurrency?: number | undefined;
  /** How long to wait for one answer of the cloud to come in as a whole, in ms; default 30,000. */
  timeoutMs?: number | undefined;
  /** In a region with more stacks than this nobody looks for what other stacks put into resources; default 500. */
  ownerLimit?: number | undefined;
  /** Over the configuration's `failOn`; default `low`, which is any finding. */
  failOn?: Severity | 'never' | undefined;
  /** Whether anything that could not be verified sets exit code 3. */
  strict?: boolean | undefined;
  /** An earlier report: what it has, too, does not fail the gate. */
  newSince?: Report | undefined;
  /** Whether resources list the values that are unlike but mean the same. */
  explain?: boolean | undefined;
  /** Whether to ask for AWS's own judgement, too, and to tell where the two disagree. */
  crossCheck?: boolean | undefined;
  /** Whether to look for resources that no stack owns, too. */
  unmanaged?: boolean | undefined;
  /** Whether to look for who made the changes, in the cloud's own record of calls. */
  who?: boolean | undefined;
  /** Most requests for that to a region of an account; default 240, which take two minutes. */
  whoBudget?: number | undefined;
  /** Whether to gather what a baseline would accept; of undeclared values, the findings are then only those that it would not. */
  recordBaseline?: boolean | undefined;
  /** Whether, and for which findings, to look for the edits that bring live values into Git; default: not at all. */
  patch?: PatchRequest | undefined;
  /**
   * Which programs of the configuration may be run to make templates (`cdk: { app }`): all of them, or those for which it
   * says `run: true`. Default: none. They are code of the repository.
   */
  synthesis?: Allowed | undefined;
  /** Told what such programs print, line by line, without what looks like a secret; must not throw. */
  onOutput?: ((text: string) => void) | undefined;
  /** Told as the scan goes on; must not throw. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Stops the scan: it rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** How far a scan is. */
export interface Progress {
  /** Reading and comparing stacks, looking for resources that no stack owns, or for who made the changes. */
  phase: 'stacks' | 'unmanaged' | 'who';
  /** The stack that was begun last and is still under way. */
  stack?: string;
  /** `total` is 0 while stacks are still looked for. */
  stacks: { done: number; total: number };
  /** `total`: found so far; `expected`: of all stacks, as far as those that were looked into tell. */
  resources: { done: number; total: number; expected: number };
}

/** A scan's result: the report, and what a person should know that is no finding (unused rules, unmatched templates …). */
export interface ScanResult {
  report: Report;
  warnings: Problem[];
  /** With `recordBaseline`: what the baseline would hold now, and where it is, relative to the repository's root. */
  baseline?: { path: string; now: Baseline; before?: Baseline };
  /** The files with all suggested edits made; empty where none was asked for or found. */
  patched: FileChange[];
}

/** Which findings to look for edits for. */
export interface PatchRequest {
  /** Default: all that are not suppressed. */
  wants?: ((finding: Finding) => boolean) | undefined;
  /** Whether edits of what templates are made of are proven by making those anew as well. */
  remakes?: boolean | undefined;
  /** Whether to offer taking resources that are gone out of their templates. */
  includeDeletions?: boolean | undefined;
}
