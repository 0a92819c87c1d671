import { type Finding, isDrift, type Report, type StackReport } from '../model/report.js';

/** The drift of a stack that is still there after it was undone: of the resources that were to be changed. */
export function stillDrifted(
  { findings }: Report,
  { region, account, name }: Pick<StackReport, 'region' | 'account' | 'name'>,
  logicalIds: ReadonlySet<string>,
): Finding[] {
  return findings.filter(
    (finding) =>
      finding.stack === name &&
      finding.region === region &&
      finding.account === account &&
      logicalIds.has(finding.logicalId) &&
      isDrift(finding.verdict) &&
      finding.undeclared === undefined,
  );
}
