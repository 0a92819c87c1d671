import type { Notice } from '../base/errors.js';
import type { Json } from '../base/json.js';
import type { Location } from '../syntax/location.js';
import type { OwnedElement } from './comparison.js';
import type { Coverage } from './coverage.js';
import type { Accepted, UnseenClass } from './unseen.js';

/** The report: one value from which table, JSON and exit code are all derived. The contract is `schemas/report.schema.json`. */
export interface Report {
  schemaVersion: 1;
  /** `ids`: how findings are named; reports of the first version have none. */
  tool: { name: string; version: string; ids?: number };
  scan: ScanInfo;
  summary: Summary;
  /** Absent in reports of older versions. */
  coverage?: Coverage;
  stacks: StackReport[];
  resources: ResourceReport[];
  findings: Finding[];
  /** What could not be looked at, besides the stacks that say so themselves; absent where there is no such place. */
  errors?: PlaceError[];
  /** With `--cross-check`. */
  crossCheck?: CrossCheckReport;
  /** The severity rules that findings name, each once. */
  rules?: RuleReport[];
  /** What is no finding, but for a person to fix: suppressions that are expired, unused or misspelt, and the like. */
  warnings?: Notice[];
}

/** Why a finding has its severity, in words for people. */
export interface RuleReport {
  id: string;
  severity: Severity;
  title: string;
  /** Why it matters. */
  why: string;
  /** What to do about it. */
  help: string;
  /** The way that it advises to go first, where one is better than the others. */
  first?: 'revert';
}

/** How AWS's own drift detection judges the same resources. */
export interface CrossCheckReport {
  /** Stacks that both have judged. */
  stacks: number;
  disagreements: Disagreement[];
  /** Stacks that AWS could not judge. */
  errors: { stack: string; region: string; account: string | null; error: string }[];
}

/** A place where the two judges disagree, and why. */
export interface Disagreement {
  stack: string;
  region: string;
  account: string | null;
  logicalId: string;
  type: string;
  /** A JSON Pointer into the desired properties; empty for the whole resource. */
  path: string;
  own: ResourceStatus | 'unverifiable';
  aws: ResourceStatus | 'unverifiable';
  reason: string;
  desired?: Json;
  live?: Json;
}

/** An account and region that could not be looked at: for stacks, or for resources that no stack owns. */
export interface PlaceError {
  region: string;
  account: string | null;
  error: string;
}

export interface ScanInfo {
  /** ISO 8601. */
  startedAt: string;
  durationMs: number;
  provider: string;
  /** The repository's path, or its origin's URL without credentials. */
  repository: string;
  /** What was asked for with `--ref`; null for the work tree. */
  ref: string | null;
  /** Null in a repository without commits. */
  commit: string | null;
  dirty: boolean;
  /** The part of all stacks that was scanned: `2/8`; of several merged ones where some are missing: `1,2,4/8`. */
  shard?: string;
}

export type Severity = 'critical' | 'high' | 'medium' | 'low';
export type FindingKind = 'modified' | 'deleted' | 'unmanaged';
export type Verdict = 'drift' | 'undeployed' | 'adopted' | 'conflict';
export type ResourceStatus =
  | 'inSync'
  | 'modified'
  | 'deleted'
  | 'unmanaged'
  | 'undeployed'
  | 'unreadable'
  | 'unsupported';

/** Whether somebody changed something that Git does not have; all else is Git ahead of the stack. */
export function isDrift(verdict: Verdict): boolean {
  return verdict === 'drift' || verdict === 'conflict';
}

/** Whether a finding counts as drift: neither suppressed nor merely a change in Git that waits for its deployment. */
export function isCounted({ suppressed, verdict }: Pick<Finding, 'suppressed' | 'verdict'>): boolean {
  return suppressed === undefined && isDrift(verdict);
}

/** Why the exit code is what it is: one word for machines, a sentence for people. */
export interface ExitReason {
  code:
    | 'inSync'
    | 'belowFailOn'
    | 'pendingOnly'
    | 'accepted'
    | 'drift'
    | 'undeclared'
    | 'stackError'
    | 'nothingRead'
    | 'nothingMatched'
    | 'notRead'
    | 'unverified';
  text: string;
}

export interface Summary {
  stacks: number;
  resources: { total: number } & Record<ResourceStatus, number>;
  findings: Record<Severity, number>;
  suppressed: number;
  properties: { compared: number; unverifiable: number };
  /** Findings about what no template declares, and how resources were looked at for it; absent in older reports. */
  undeclared?: { findings: number } & Record<UndeclaredSeen, number>;
  /** With `--new-since`: findings (without suppressed ones) that the earlier report does not have, has, and had alone. */
  baseline?: { new: number; known: number; gone: number };
  /** How many findings have a proven edit, and how many were refused one; absent where none was looked for. */
  patches?: { patchable: number; refused: number };
  exitCode: number;
  /** Absent in reports of older versions, like `gate`. */
  exitReason?: ExitReason;
  /** What the exit code was asked for. */
  gate?: { failOn: Severity | 'never'; strict: boolean };
}

export interface StackReport {
  /** Of a nested stack the path of logical IDs from its root stack: `shop-prod/Network`. */
  name: string;
  /** The deployed stack's own name, where that is another. */
  deployedAs?: string;
  region: string;
  account: string | null;
  /** Null where Git has none for this nested stack, or which one it is could not be found out. */
  template: string | null;
  /** The kind of infrastructure as code that its template is of; absent in reports of older versions: `cloudformation`. */
  iac?: string;
  /** What stands for Git's side: the template in Git, or where it has none for a nested stack, the deployed one. */
  source?: 'git' | 'deployed';
  /** `scanned`, or `error` with the reason why it could not be. */
  status: 'scanned' | 'error';
  /** Another text after each change of the deployed stack; absent where it is not known. */
  version?: string;
  error?: string;
  /** Of an error: the rule by which it does not fail the scan. */
  accepted?: Accepted;
  /** The least severity of its findings that fails the scan, where its folder's configuration says another than the gate. */
  failOn?: Severity | 'never';
}

export interface ResourceReport {
  stack: string;
  region: string;
  account: string | null;
  logicalId: string;
  /** The resource of the source that it was made of, where that is called otherwise; of code, its construct. */
  sourceId?: string;
  type: string;
  physicalId: string | null;
  status: ResourceStatus;
  /** Why it is unreadable, unsupported or undeployed. */
  reason?: string;
  /** Of one that was not judged: how it goes unseen. Reports of older versions have none. */
  class?: UnseenClass;
  /** `internal`: an unexpected failure of this tool is why it is unreadable. */
  failure?: 'internal';
  accepted?: Accepted;
  unverifiable: UnverifiableReport[];
  /** What resources of other stacks put into its lists; absent where nothing was. */
  owned?: OwnedElement[];
  /** What came of what is live and in no template; absent of what was not judged, and in reports of older versions. */
  undeclared?: UndeclaredSeen;
  /** With `--explain`: values that are unlike but mean the same, and the equivalence that says so. */
  equivalent?: { path: string; desired: Json; live: Json; equivalence: string }[];
  /** With `--explain`: undeclared values that are open, and no findings since AWS itself sets them. */
  openByDefault?: OpenByDefault[];
}

/**
 * Whether undeclared values were compared with what the baseline accepts of the resource (`baselined`), were judged by
 * themselves alone (`withoutBaseline`), or could not all be seen (`notVisible`).
 */
export type UndeclaredSeen = 'baselined' | 'withoutBaseline' | 'notVisible';

/** An undeclared value that is open by itself, as AWS leaves it; `rule`: the severity rule that says so. */
export interface OpenByDefault {
  path: string;
  live: Json;
  rule: string;
}

export interface UnverifiableReport {
  path: string;
  reason: string;
  /** Absent in reports of older versions. */
  class?: UnseenClass;
  accepted?: Accepted;
}

export interface Finding {
  readonly id: string;
  readonly stack: string;
  readonly region: string;
  readonly account: string | null;
  readonly logicalId: string;
  /** The resource of the source that it was made of, where that is called otherwise; of code, its construct. */
  readonly sourceId?: string;
  readonly type: string;
  readonly physicalId: string | null;
  readonly kind: FindingKind;
  /** Of an unmanaged resource: whose orphan it is, and what is not certain. */
  readonly reason?: string;
  readonly verdict: Verdict;
  readonly path: string;
  readonly desired?: Json;
  readonly deployed?: Json;
  readonly live?: Json;
  /** It is about a value that no template declares. */
  readonly undeclared?: true;
  /** Of an undeclared value: the one in the baseline. */
  readonly accepted?: Json;
  /** Of an undeclared value, where the baseline has the resource: how it is other than was accepted. */
  readonly change?: UndeclaredChange;
  readonly severity: Severity;
  /** The id of the rule that gives the severity, one of the report's `rules`. */
  readonly rule?: string;
  readonly location?: Location;
  readonly suppressed?: Suppressed;
  /** With `--new-since`: whether the earlier report has it, too; absent where it is suppressed. */
  readonly baseline?: 'new' | 'known';
  /** It is counted and judged, but `--severity`, `--max-severity`, `--type` or `--path` leave it out of what is shown. */
  readonly hidden?: true;
  /** How to resolve it; absent where there is nothing to be done but what the patch's reason says. */
  readonly remedies?: readonly Remedy[];
  readonly patch: Patch;
  /** With `--who`: who made the change in the cloud, and when. */
  readonly who?: Who;
}

/**
 * Who changed something in the cloud. `exact`: a call holds the property with its live value, or made or removed the
 * resource; `probable`: a call of the right kind came after the last deployment; `possible`: some call wrote to the
 * resource; only the first two name somebody.
 */
export interface Who {
  readonly grade: 'exact' | 'probable' | 'possible' | 'unknown';
  /** The caller's ARN, or a service of the cloud. */
  readonly principal?: string;
  /** ISO 8601. */
  readonly time?: string;
  /** The operation that was called. */
  readonly event?: string;
  /** By what means: `console`, `AWS service`, a program. */
  readonly via?: string;
  readonly sourceIp?: string;
  readonly eventId?: string;
  /** Why there is no more to tell. */
  readonly reason?: string;
}

export type UndeclaredChange = 'appeared' | 'changed' | 'disappeared';

/** What a rule says of a finding. */
export type Rated = Required<Pick<Finding, 'severity' | 'rule'>>;

/** Why a finding does not count. */
export interface Suppressed {
  reason: string;
  /** The last day on which that holds, `2027-01-31`. */
  until?: string;
  /** Where that is said: a rule of the configuration, or a comment or metadata in the template. */
  by?: 'configuration' | 'template';
  /** The place where it is said. */
  file?: string;
  line?: number;
}

/**
 * A way out of a finding, with the command that goes it: `adopt` brings the live value into Git, `revert` puts back what
 * was deployed, `accept` takes it into the baseline, `ignore` writes a rule of the configuration, `deploy` brings Git's
 * pending change into the cloud, `import` takes a resource into a stack, `delete` removes it.
 */
export interface Remedy {
  readonly way: 'adopt' | 'revert' | 'accept' | 'ignore' | 'deploy' | 'import' | 'delete';
  /** For a POSIX shell, in the repository; absent where the way is one for an editor. */
  readonly command?: string;
  /** The commands that follow, in their order, each after a look at what the one before has said. */
  readonly next?: readonly string[];
  /** In reports of older versions: YAML to paste into the configuration. */
  readonly lines?: string;
  /** What to know before going it. */
  readonly note?: string;
}

/**
 * What Git would have to say to adopt the live value: a proven edit, or why there is none. `none`: no edit was looked for,
 * for the reason given.
 */
export interface Patch {
  readonly status: 'none' | 'patchable' | 'refused';
  readonly reason?: string;
  /** The edit in one line, for people. */
  readonly summary?: string;
  /** What to know of the edit: where it is narrower than one might expect. */
  readonly note?: string;
  /** There is no edit because the resource is gone, and `--include-deletions` has a proven one that takes it out. */
  readonly includeDeletions?: true;
  /** Whether the edits can't be made beside those of other findings in the same file, only by themselves. */
  readonly alone?: boolean;
  /** How it was proven, where templates are made of what is edited: by the rules of that, or by making them again. */
  readonly proof?: 'rules' | 'transform';
  /** Relative to the files as they were scanned. */
  readonly edits?: readonly PatchEdit[];
}

/** Replaces a region of a file by a text. */
export interface PatchEdit extends Omit<Location, 'origin' | 'construct' | 'lastChange' | 'excerpt'> {
  /** Git's object id of the file's content as scanned. */
  readonly blob: string;
  readonly text: string;
}
