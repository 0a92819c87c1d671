import type { ForeignElement, RootStack } from '../iac/iac.js';
import { IAC } from '../iac/registry.js';
import type { Finding } from '../model/report.js';
import type { ScanRequest } from './request.js';
import type { StackScan } from './scan-tree.js';

/** The findings with their ways out, as commands that find what this scan found. */
export function withRemedies(
  findings: readonly Finding[],
  scans: readonly StackScan[],
  request: ScanRequest,
): Finding[] {
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
  const scanned = scanWords(request);
  const mixed = new Set(
    findings.filter((each) => each.undeclared && !each.suppressed).map((each) => roots.get(keyOf(each))),
  );
  return findings.map((finding) => {
    const root = roots.get(keyOf(finding));
    const about = root && mixed.has(root) ? { ...root, hasUndeclared: true } : root;
    const remedies = IAC.cloudformation.remedies(finding, about, scanned, root && foreign.get(root));
    return remedies.length === 0 ? finding : { ...finding, remedies };
  });
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
