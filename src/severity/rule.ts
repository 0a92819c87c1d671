import type { FindingKind, RuleReport, Severity, Verdict } from '../model/report.js';

/**
 * What a severity rule asks for; all of it has to hold. The shipped rules (`data/severity-rules.yaml`) and those of a
 * configuration are written alike, as `schemas/config.schema.json` says.
 */
export interface Conditions {
  /** Globs; of several, one has to match. */
  type?: string | string[];
  stack?: string | string[];
  logicalId?: string | string[];
  kind?: FindingKind | FindingKind[];
  verdict?: Verdict | Verdict[];
  /**
   * JSON Pointer globs; each covers everything below it. With a condition on values, the places inside of what was
   * added, removed or replaced count as well. Elements of a list go by their index or by their key: `/Tags/Key=Env/Value`.
   */
  path?: string | string[];
  /** JSON Pointer globs of places that `path` does not mean. */
  except?: string | string[];
  /** What Git declares. */
  old?: ValueCondition;
  /** What is live. */
  new?: ValueCondition;
  /** How the live value relates to what Git declares; of several, one has to hold. */
  change?: Relation | Relation[];
  /** What Git declares elsewhere in the resource, by pointer; all of it has to hold. */
  declared?: Record<string, ValueCondition>;
  /**
   * That neither template declares the value. Rules and choices with this mark, and no others, judge such a value by
   * itself, where nothing is known of what it was before: `old` is missing then.
   */
  undeclared?: true;
  /** What the change opens, in the whole of the policy or list that it is made in; of several, one has to hold. */
  opens?: OpeningName | OpeningName[];
  /** Of these, one has to hold, too. */
  any?: Conditions[];
}

/** What a change may open that a look at two values does not tell. */
export type OpeningName =
  | 'ingress-to-world'
  | 'policy-to-everyone'
  | 'another-account'
  | 'trust-widened'
  | 'admin-granted'
  | 'deny-weakened'
  | 'tls-weakened';

/** What a value is asked to be; all of it has to hold. */
export interface ValueCondition {
  /** Compared as text, so that `true` and `"true"` are the same. */
  equals?: Scalar;
  in?: Scalar[];
  /** Globs for its text; of several, one has to match. */
  match?: string | string[];
  exists?: boolean;
  /** An account's number, or an ARN with one, that is not the resource's own account. */
  account?: 'another';
  /** Limits for a number. */
  above?: number;
  below?: number;
}

export type Scalar = string | number | boolean;

export const RELATIONS = ['added', 'removed', 'turned-on', 'turned-off', 'raised', 'lowered'] as const;
export type Relation = (typeof RELATIONS)[number];

export interface SeverityRule extends RuleReport, Conditions {}

/** An entry of the configuration: another severity for a shipped rule, or a rule of its own. */
export type SeveritySetting = { rule: string; severity: Severity } | SeverityRule;
