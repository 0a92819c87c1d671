import { DriftError, type Problem } from '../base/errors.js';
import { newSalt } from '../baseline/secrets.js';
import type { Config } from '../config/load.js';
import { scopedRules, severityOf } from '../config/scopes.js';
import { type Defects, noteDefects } from '../model/defects.js';
import { repositoryMismatch } from '../model/earlier-report.js';
import type { Shards } from '../model/shard.js';
import { type SeverityRules, severityRules } from '../severity/rules.js';
import { collectInlineSuppressions, type InlineSuppressions } from '../suppress/comments/suppressions.js';
import { configuredSuppressions, type Suppression } from '../suppress/suppressions.js';
import { checkCrossCheck } from './cross-check.js';
import type { Plan } from './plan.js';
import { type Tracker, trackProgress } from './progress.js';
import type { ScanRequest } from './request.js';

/** A scan under way: what was asked for, what it goes by, and where its steps note what a person should know. */
export interface Run {
  request: ScanRequest;
  plan: Plan;
  /** The part of all stacks that is scanned, where it is one. */
  shard: Shards | undefined;
  started: Date;
  /** The day by which suppressions hold, an ISO date. */
  today: string;
  /** What the repository is called. */
  repository: string;
  /** The severity rules of the whole scan, and of each configuration. */
  severity: SeverityRules;
  severities: ReadonlyMap<Config | undefined, SeverityRules>;
  /** The suppressions of the configuration. */
  configured: readonly Suppression[];
  /** Those in templates, as far as those were read. */
  inline: InlineSuppressions;
  tracker: Tracker;
  defects: Defects;
  warnings: Problem[];
  /** The salt of the baseline that is to be written, where one is. */
  recordWith: string | undefined;
}

/** Begins to do what is planned. Throws a `DriftError` where the request asks for what can't be had. */
export function startRun(request: ScanRequest, plan: Plan, shard: Shards | undefined, started: Date): Run {
  if (request.crossCheck) checkCrossCheck(plan.provider);
  const repository = plan.repository.originUrl ?? plan.repository.root;
  const mismatch = request.newSince === undefined ? [] : repositoryMismatch(repository, request.newSince);
  if (mismatch.length > 0) throw new DriftError('report', mismatch);
  return {
    request,
    plan,
    shard,
    started,
    today: started.toISOString().slice(0, 10),
    repository,
    severity: severityRules(plan.iac.types, plan.config?.severity),
    severities: new Map(
      plan.scopes.all.map((config) => [config, severityRules(plan.iac.types, severityOf(config, plan.config))]),
    ),
    configured: configuredSuppressions(scopedRules(plan.scopes, 'ignore')),
    inline: collectInlineSuppressions(plan.iac.comments),
    tracker: trackProgress(plan.targets.length, request.onProgress),
    defects: noteDefects(request.signal),
    warnings: [],
    recordWith: request.recordBaseline ? (plan.baselines.root?.salt ?? newSalt()) : undefined,
  };
}

/** The suppressions of the configuration, and of the templates that were read so far. */
export function suppressionsOf({ configured, inline }: Run): Suppression[] {
  return [...configured, ...inline.suppressions()];
}
