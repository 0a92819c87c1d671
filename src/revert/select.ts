import { groupBy } from '../base/group.js';
import { shellCommand } from '../base/shell.js';
import type { Iac } from '../iac/iac.js';
import type { NotReverted } from '../iac/root-stack.js';
import type { OwnedElement } from '../model/comparison.js';
import { type Finding, isDrift, type Report, type StackReport } from '../model/report.js';

/** What is to be undone of one stack, by one change set. */
export interface StackRequest {
  stack: StackReport;
  /** When the report's scan began: what is older than that, it knows. */
  scannedAt: string;
  asked: Finding[];
  /** What else has drifted in it, ignored or not. */
  others: Finding[];
  /** What other stacks put into its resources. */
  foreign: (OwnedElement & { parent: string })[];
}

/** A finding that was asked for, and that is not undone. */
export interface LeftOut {
  finding: Finding;
  code: NotReverted['code'] | 'nested' | 'notCovered';
  reason: string;
  /** The other way. */
  instead: string;
}

/** What is asked for, stack by stack, and what of it no change set undoes. */
export function selectStacks(
  report: Report,
  wants: (finding: Finding) => boolean,
  iac: Pick<Iac, 'notReverted'>,
): { stacks: StackRequest[]; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const asked: Finding[] = [];
  for (const finding of report.findings.filter(wants)) {
    const not = iac.notReverted?.(finding);
    if (not === undefined) asked.push(finding);
    else leftOut.push({ finding, ...not });
  }
  const requests = [...groupBy(asked, placeOf)].flatMap(([place, findings]): StackRequest[] => {
    const stack = report.stacks.find((each) => placeOf({ ...each, stack: each.name }) === place);
    return stack === undefined ? [] : [requestOf(report, stack, findings)];
  });
  // A nested stack has a change set of its own, which its root's does not include: one at a time.
  const stacks = requests.filter(({ stack }) => requests.length === 1 || !isNested(stack));
  const nested = requests.filter((each) => !stacks.includes(each));
  return { stacks, leftOut: [...leftOut, ...nested.flatMap(oneByOne)] };
}

/** Whether a stack is nested in another one. */
export function isNested({ deployedAs }: Pick<StackReport, 'deployedAs'>): boolean {
  return deployedAs !== undefined;
}

function requestOf(report: Report, stack: StackReport, asked: Finding[]): StackRequest {
  const place = placeOf({ ...stack, stack: stack.name });
  const isHere = (each: Parameters<typeof placeOf>[0]) => placeOf(each) === place;
  const others = report.findings.filter((each) => isHere(each) && isDrift(each.verdict) && !asked.includes(each));
  const foreign = report.resources
    .filter(isHere)
    .flatMap(({ logicalId, owned = [] }) => owned.map((each) => ({ ...each, parent: logicalId })));
  return { stack, scannedAt: report.scan.startedAt, asked, others, foreign };
}

function oneByOne({ stack, asked }: StackRequest): LeftOut[] {
  const instead = shellCommand(['gitops-drift', 'revert', '--stack', stack.name]);
  const reason = `${stack.name} is a nested stack, which has its own change set`;
  return asked.map((finding) => ({ finding, code: 'nested', reason, instead }));
}

function placeOf({ account, region, stack }: Pick<Finding, 'account' | 'region' | 'stack'>): string {
  return JSON.stringify([account, region, stack]);
}
