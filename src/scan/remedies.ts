import { groupBy } from '../base/group.js';
import type { Iac } from '../iac/iac.js';
import type { ForeignElement, RootStack } from '../iac/root-stack.js';
import type { Finding, Patch, Remedy, RuleReport } from '../model/report.js';
import type { ScanRequest } from './request.js';
import type { StackScan } from './stack-scan.js';

/** What is known of findings before it is known how to resolve them. */
export interface Judged {
  /** Those that do not count. */
  suppressed: Pick<ReadonlyMap<Finding, unknown>, 'has'>;
  /** What came of looking for edits. */
  patches: ReadonlyMap<Finding, Patch>;
  /** The severity rules that they name. */
  rules: readonly RuleReport[];
}

/** How to resolve each finding that counts, as commands that find what this scan found. */
export function remediesFor(
  findings: readonly Finding[],
  { suppressed, patches, rules }: Judged,
  scans: readonly StackScan[],
  request: ScanRequest,
  iac: Pick<Iac, 'remedies'>,
): Map<Finding, Remedy[]> {
  const { roots, foreign } = rootsOf(scans);
  const shared = sharedRoots(scans);
  const rootOf = (finding: Finding) => roots.get(keyOf(finding));
  const scanned = scanWords(request);
  const counted = findings.filter((finding) => !suppressed.has(finding));
  const ruleOf = new Map(rules.map((rule) => [rule.id, rule]));
  const mixed = new Set(counted.filter((each) => each.undeclared).map(rootOf));
  return new Map(
    counted.flatMap((finding) => {
      const root = rootOf(finding);
      const about = root && {
        ...root,
        ...(mixed.has(root) ? { hasUndeclared: true } : {}),
        ...(shared.has(root) ? { isShared: true } : {}),
      };
      const patch = patches.get(finding) ?? finding.patch;
      const { first } = ruleOf.get(finding.rule ?? '') ?? {};
      const remedies = iac.remedies(finding, about, scanned, { patch, first, foreign: root && foreign.get(root) });
      return remedies.length === 0 ? [] : [[finding, remedies] as const];
    }),
  );
}

/** The stacks, each of which has its drift undone as one, and what other stacks put into each. */
function rootsOf(scans: readonly StackScan[]) {
  const roots = new Map<string, RootStack>();
  const foreign = new Map<RootStack, ForeignElement[]>();
  for (const { stack, root, resources } of scans) {
    if (root === undefined) continue;
    roots.set(keyOf({ ...stack, stack: stack.name }), root);
    const elements = resources.flatMap(({ logicalId, owned = [] }) =>
      owned.map((each) => ({ ...each, parent: logicalId })),
    );
    foreign.set(root, [...(foreign.get(root) ?? []), ...elements]);
  }
  return { roots, foreign };
}

/** The stacks whose template another scanned stack has, too. */
function sharedRoots(scans: readonly StackScan[]): Set<RootStack> {
  const byTemplate = groupBy(scans, ({ stack }) => stack.template ?? '');
  const groups = [...byTemplate].filter(([template, group]) => template !== '' && group.length > 1);
  return new Set(groups.flatMap(([, group]) => group.flatMap(({ root }) => root ?? [])));
}

function keyOf({ account, region, stack }: Pick<Finding, 'account' | 'region' | 'stack'>): string {
  return JSON.stringify([account, region, stack]);
}

/** What was asked to be scanned, but for the stacks: what the same patch has to be asked for. */
function scanWords({ repository, ref, config, provider, snapshot, regions = [] }: ScanRequest): string[] {
  const options = Object.entries({ ref, config, provider, snapshot }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  return [
    ...(repository === '.' ? [] : [repository]),
    ...options,
    ...(regions.length === 0 ? [] : ['--region', ...regions]),
  ];
}
