import { count } from '../base/count.js';
import { type Finding, isCounted } from './report.js';

/** What drifted, and among how many resources. */
interface Told {
  findings: readonly Finding[];
  resources: readonly unknown[];
}

/**
 * `9 differences in 7 of 38 resources (1 deleted, 2 undeclared), 3 resources in no stack, 2 of them new since the earlier report`; empty
 * without drift.
 */
export function driftText({ findings, resources }: Told, isSinceEarlier: boolean): string {
  const counted = findings.filter(isCounted);
  const drifted = counted.filter(({ kind }) => kind !== 'unmanaged');
  const unmanaged = counted.length - drifted.length;
  const inNoStack = unmanaged === 0 ? '' : `${count(unmanaged, 'resource')} in no stack`;
  const parts = [differences(drifted, resources.length), inNoStack, isSinceEarlier ? newness(counted) : ''];
  return parts.filter((text) => text !== '').join(', ');
}

function newness(counted: readonly Finding[]): string {
  if (counted.length === 0) return '';
  const fresh = counted.filter(({ baseline }) => baseline !== 'known').length;
  if (counted.length === 1) return fresh === 1 ? 'new since the earlier report' : 'known from the earlier report';
  const some = fresh === counted.length ? 'all' : fresh === 0 ? 'none' : String(fresh);
  return `${some} of them new since the earlier report`;
}

function differences(drifted: readonly Finding[], total: number): string {
  if (drifted.length === 0) return '';
  const resources = new Set(
    drifted.map((each) => JSON.stringify([each.account, each.region, each.stack, each.logicalId])),
  );
  const deleted = drifted.filter((finding) => finding.kind === 'deleted').length;
  const text = `${count(drifted.length, 'difference')} in ${resources.size} of ${count(total, 'resource')}`;
  const undeclared = drifted.filter((finding) => finding.undeclared).length;
  const parts = [
    ...(deleted > 0 ? [`${deleted} deleted`] : []),
    ...(undeclared > 0 ? [`${undeclared} undeclared`] : []),
  ];
  return parts.length === 0 ? text : `${text} (${parts.join(', ')})`;
}
