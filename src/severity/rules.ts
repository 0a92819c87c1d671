import type { Finding, Rated, RuleReport } from '../model/report.js';
import type { Change } from './change.js';
import { compileConditions } from './conditions.js';
import type { SeverityRule, SeveritySetting } from './rule.js';
import { shippedRules } from './shipped.js';
import { markedPart, type Opening, type Undeclared, type UndeclaredIn, undeclaredChanges } from './undeclared.js';

/** The severity rules of a scan. */
export interface SeverityRules {
  /** The severity of a change, and the rule that gives it: the first that holds. */
  rate(change: Change): Rated;
  /** What of undeclared values is open or off by itself, by the rules that are marked to judge such values. */
  openings(undeclared: readonly Undeclared[], about: UndeclaredIn): Opening[];
  /** The rules that findings name, in the order in which they are asked. */
  namedBy(findings: readonly Finding[]): RuleReport[];
}

/** The rules of a configuration, and after them the shipped ones, with the severities that the configuration gives them. */
export function severityRules(settings: readonly SeveritySetting[] = []): SeverityRules {
  return compileRules([...settings.filter((setting) => 'id' in setting), ...shippedRules().map(withSetting(settings))]);
}

/** Bounds the memory that places cost. */
const MOST_PLACES = 10_000;

/** Makes rules ready, of which the last one holds for every change. */
export function compileRules(rules: readonly SeverityRule[]): SeverityRules {
  const first = firstHolding(rules);
  const firstOfMarked = firstHolding(
    rules.flatMap((rule) => {
      const part = markedPart(rule);
      return part === undefined ? [] : [{ ...rule, ...part }];
    }),
  );
  return {
    rate(change) {
      const rated = first(change);
      if (rated === undefined) throw new Error(`no severity rule holds for ${change.type} ${change.path}`);
      return rated;
    },
    openings: (undeclared, about) =>
      undeclared.flatMap((root) =>
        [...undeclaredChanges(root, about)].flatMap((change) => {
          const rated = firstOfMarked(change);
          return rated === undefined ? [] : [{ path: change.path, live: change.live, rated }];
        }),
      ),
    namedBy(findings) {
      const named = new Set(findings.map((finding) => finding.rule));
      return rules
        .filter(({ id }) => named.has(id))
        .map(({ id, severity, title, why, help }) => ({ id, severity, title, why, help }));
    },
  };
}

/** Makes ready to ask many changes which of the rules is the first to hold for them. */
function firstHolding(rules: readonly SeverityRule[]): (change: Change) => Rated | undefined {
  const compiled = rules.map((rule) => ({ rule, conditions: compileConditions(rule) }));
  const known = new Map<string, typeof compiled>();
  /** Of the changes of a scan, most are at places like those of others. */
  function concerned(change: Change): typeof compiled {
    // Where a change is one of many values, each of them is a place of its own.
    if (change.places().length > 1) return compiled;
    const { kind, verdict, type, undeclared } = change;
    const place = JSON.stringify([kind, verdict, type, undeclared, change.place().named]);
    const found = known.get(place) ?? compiled.filter(({ conditions }) => conditions.concern(change));
    if (known.size < MOST_PLACES) known.set(place, found);
    return found;
  }
  return (change) => {
    const found = concerned(change).find(({ conditions }) => conditions.hold(change));
    return found && { severity: found.rule.severity, rule: found.rule.id };
  };
}

function withSetting(settings: readonly SeveritySetting[]): (rule: SeverityRule) => SeverityRule {
  const severities = new Map(settings.flatMap((each) => ('rule' in each ? [[each.rule, each.severity] as const] : [])));
  return (rule) => ({ ...rule, severity: severities.get(rule.id) ?? rule.severity });
}
