import type { Finding, RuleReport } from '../report.js';
import type { Change } from './change.js';
import { compileConditions } from './conditions.js';
import type { SeverityRule, SeveritySetting } from './rule.js';
import { shippedRules } from './shipped.js';

/** What a rule says of a finding. */
export type Rated = Required<Pick<Finding, 'severity' | 'rule'>>;

/** The severity rules of a scan. */
export interface SeverityRules {
  /** The severity of a change, and the rule that gives it: the first that holds. */
  rate(change: Change): Rated;
  /** The rules that findings name, in the order in which they are asked. */
  namedBy(findings: readonly Finding[]): RuleReport[];
}

/** The rules of a configuration, and after them the shipped ones, with the severities that the configuration gives them. */
export function severityRules(settings: readonly SeveritySetting[] = []): SeverityRules {
  return compileRules([...settings.filter((setting) => 'id' in setting), ...shippedRules().map(withSetting(settings))]);
}

/** Makes rules ready, of which the last one holds for every change. */
export function compileRules(rules: readonly SeverityRule[]): SeverityRules {
  const compiled = rules.map((rule) => ({ rule, holds: compileConditions(rule) }));
  return {
    rate(change) {
      const found = compiled.find(({ holds }) => holds(change));
      if (found === undefined) throw new Error(`no severity rule holds for ${change.type} ${change.path}`);
      return { severity: found.rule.severity, rule: found.rule.id };
    },
    namedBy(findings) {
      const named = new Set(findings.map((finding) => finding.rule));
      return rules
        .filter(({ id }) => named.has(id))
        .map(({ id, severity, title, why, help }) => ({ id, severity, title, why, help }));
    },
  };
}

function withSetting(settings: readonly SeveritySetting[]): (rule: SeverityRule) => SeverityRule {
  const severities = new Map(settings.flatMap((each) => ('rule' in each ? [[each.rule, each.severity] as const] : [])));
  return (rule) => ({ ...rule, severity: severities.get(rule.id) ?? rule.severity });
}
