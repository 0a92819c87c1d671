import type { ReportingDescriptor, Result } from 'sarif';
import { cleanShort } from '../../base/clean.js';
import { capitalized } from '../../base/text.js';
import { toolHomepage } from '../../base/version.js';
import type { Finding, Report, RuleReport, Severity } from '../../model/report.js';
import { prose } from '../markdown/escape.js';

/** GitHub reads over 9.0 as critical, from 7.0 as high, from 4.0 as medium, below as low. */
const SCORES: Record<Severity, string> = { critical: '9.5', high: '8.0', medium: '5.0', low: '2.0' };
const LEVELS: Record<Severity, Result.level> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };
/** GitHub's limit of descriptions. */
const LONGEST = 1000;

/** What each rule is for, and how to change it. */
const RULES_PAGE = `${toolHomepage()}/blob/main/docs/severity.md`;

/** The rule of findings that name none. */
const DRIFT: RuleReport = {
  id: 'drift',
  severity: 'medium',
  title: 'The cloud is not what Git says',
  why: 'A change that was made outside of Git is undone by the next deployment, or undoes what was reviewed.',
  help: 'Bring the live value into the template, or put back what was deployed.',
};

/** The rules of a run, and which of them a finding is of. */
export interface Rules {
  descriptors: readonly ReportingDescriptor[];
  of: (finding: Finding) => { ruleId: string; ruleIndex: number };
}

/** How grave a severity is in SARIF's words. */
export function levelOf(severity: Severity): Result.level {
  return LEVELS[severity];
}

/** Describes the report's rules, and where a finding has none of them the fallback. */
export function createRules({ rules = [], findings }: Report): Rules {
  const named = new Map(rules.map((rule) => [rule.id, rule]));
  const isBare = findings.some(({ rule }) => rule === undefined || !named.has(rule));
  const all = [...named.values(), ...(isBare && !named.has(DRIFT.id) ? [DRIFT] : [])];
  const ids = all.map(({ id }) => cleanShort(id, 200));
  const indexes = new Map(all.map(({ id }, index) => [id, index]));
  return {
    descriptors: all.map(describe),
    of({ rule = DRIFT.id }) {
      const ruleIndex = indexes.get(rule) ?? indexes.get(DRIFT.id) ?? 0;
      return { ruleId: ids[ruleIndex] ?? DRIFT.id, ruleIndex };
    },
  };
}

/** Said of rules that advise it, where results have the commands. */
const REVERT_FIRST =
  'First revert it by the commands in the result, which are in the order to be run; adopting is the second choice.';

function describe({ id, severity, title, why, help, first }: RuleReport): ReportingDescriptor {
  const texts = [title, why, help].map((text) => cleanShort(text === '' ? id : text, LONGEST));
  const [short = '', full = '', advice = ''] = texts;
  const ways = first === 'revert' ? `${advice} ${REVERT_FIRST}` : advice;
  return {
    id: cleanShort(id, 200),
    name: nameOf(id),
    shortDescription: { text: short },
    fullDescription: { text: full },
    helpUri: RULES_PAGE,
    help: { text: `${full} ${ways}`, markdown: `${prose(full)}\n\n${prose(ways)}` },
    defaultConfiguration: { level: levelOf(severity) },
    properties: {
      tags: ['security', 'drift', 'infrastructure-as-code'],
      precision: 'high',
      'security-severity': SCORES[severity],
    },
  };
}

/** `public-ingress` as `PublicIngress`, the way in which SARIF names rules. */
function nameOf(id: string): string {
  const words = cleanShort(id, 200).match(/[a-z0-9]+/gi) ?? ['Drift'];
  return words.map(capitalized).join('');
}
