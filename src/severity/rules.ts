import type { UndeclaredValue } from '../model/comparison.js';
import type { Finding, Rated, RuleReport } from '../model/report.js';
import type { Change } from './change.js';
import { type CompiledConditions, compileConditions } from './conditions.js';
import type { SeverityRule, SeveritySetting } from './rule.js';
import type { RatedTypes } from './types.js';
import { markedRules, type Opening, partsToJudge, type UndeclaredIn } from './undeclared.js';

/** The severity rules of a scan. */
export interface SeverityRules {
  /** The severity of a change, and the rule that gives it: the first that holds. */
  rate(change: Change): Rated;
  /** What of undeclared values is open or off by itself, by the rules that are marked to judge such values. */
  openings(undeclared: readonly UndeclaredValue[], about: UndeclaredIn): Opening[];
  /** The rules that findings name, in the order in which they are asked. */
  namedBy(findings: readonly Finding[]): RuleReport[];
}

/** The rules of a configuration, and after them the shipped ones, with the severities that the configuration gives them. */
export function severityRules(types: RatedTypes, settings: readonly SeveritySetting[] = []): SeverityRules {
  const shipped = types.severityRules().map(withSetting(settings));
  return compileRules([...settings.filter((setting) => 'id' in setting), ...shipped], types);
}

/** Bounds the memory that places cost. */
const MOST_PLACES = 10_000;

/** Makes rules ready, of which the last one holds for every change. */
export function compileRules(rules: readonly SeverityRule[], types: RatedTypes): SeverityRules {
  const all = asked(rules, types);
  const marked = asked(rules.flatMap(markedRules), types);
  /** Types and paths of single values that no marked rule is about, as most undeclared values are. */
  const quiet = new Set<string>();
  function isOfNoRule(change: Change): boolean {
    // An element of a list may be known by a name that a rule is about.
    return change.places().length === 1 && !/\/\d/.test(change.path) && marked.concerned(change).length === 0;
  }
  return {
    rate(change) {
      const rated = all.first(change);
      if (rated === undefined) throw new Error(`no severity rule holds for ${change.type} ${change.path}`);
      return rated;
    },
    openings: (undeclared, about) =>
      undeclared.flatMap((root) =>
        [...partsToJudge(root, about)].flatMap(({ path, stablePath, live, change }) => {
          const place = `${about.type} ${path}`;
          if (quiet.has(place)) return [];
          const judged = change();
          const rated = marked.first(judged);
          if (isOfNoRule(judged) && quiet.size < MOST_PLACES) quiet.add(place);
          return rated === undefined ? [] : [{ path, stablePath, live, rated }];
        }),
      ),
    namedBy(findings) {
      const named = new Set(findings.map((finding) => finding.rule));
      return rules
        .filter(({ id }) => named.has(id))
        .map(({ id, severity, title, why, help, first }) => {
          return { id, severity, title, why, help, ...(first === undefined ? {} : { first }) };
        });
    },
  };
}

interface CompiledRule {
  rule: SeverityRule;
  conditions: CompiledConditions;
}

/** Rules made ready to be asked in their order about many changes. */
interface Asked {
  /** Those that may hold for a change. */
  concerned(change: Change): readonly CompiledRule[];
  /** What the first that holds says. */
  first(change: Change): Rated | undefined;
}

function asked(rules: readonly SeverityRule[], types: RatedTypes): Asked {
  const compiled = rules.map((rule) => ({ rule, conditions: compileConditions(rule, types) }));
  const byType = new Map<string, readonly CompiledRule[]>();
  const byPlace = new Map<string, readonly CompiledRule[]>();
  /** Of the changes of a scan, most are of types, and at places, like those of others. */
  function concerned(change: Change): readonly CompiledRule[] {
    const { kind, verdict, type, undeclared } = change;
    const subject = `${type} ${kind} ${verdict} ${undeclared}`;
    const ofType = byType.get(subject) ?? compiled.filter(({ conditions }) => conditions.concernSubject(change));
    if (byType.size < MOST_PLACES) byType.set(subject, ofType);
    // Where a change is one of many values, each of them is a place of its own.
    if (change.places().length > 1) return ofType;
    const place = JSON.stringify([subject, change.place().named]);
    const found = byPlace.get(place) ?? ofType.filter(({ conditions }) => conditions.concern(change));
    if (byPlace.size < MOST_PLACES) byPlace.set(place, found);
    return found;
  }
  return {
    concerned,
    first(change) {
      const found = concerned(change).find(({ conditions }) => conditions.hold(change));
      return found && { severity: found.rule.severity, rule: found.rule.id };
    },
  };
}

function withSetting(settings: readonly SeveritySetting[]): (rule: SeverityRule) => SeverityRule {
  const severities = new Map(settings.flatMap((each) => ('rule' in each ? [[each.rule, each.severity] as const] : [])));
  return (rule) => ({ ...rule, severity: severities.get(rule.id) ?? rule.severity });
}
