import { openRepository } from '../git/repository.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import { type Finding, isDrift, type Report, type Severity } from '../model/report.js';
import { isMeant } from '../model/show.js';
import { savedPatches } from '../patch/saved.js';
import { unifiedDiff } from '../patch/unified-diff.js';

/** The findings that a proven edit would adopt: those to propose, and those that are too grave to be proposed unasked. */
export interface Proposed {
  chosen: Finding[];
  left: Finding[];
}

/** Parts the findings with an edit at a severity: up to it they are chosen. */
export function proposedOf({ findings }: Report, maxSeverity: Severity): Proposed {
  const adoptable = findings.filter(
    ({ patch, suppressed, verdict }) => patch.status === 'patchable' && suppressed === undefined && isDrift(verdict),
  );
  const isChosen = (finding: Finding) => isMeant(finding, { maxSeverity });
  return { chosen: adoptable.filter(isChosen), left: adoptable.filter((finding) => !isChosen(finding)) };
}

/** One diff with the edits of these findings of a report, for the commit that was scanned. Throws a `DriftError`. */
export async function diffOf(findings: readonly Finding[], { scan }: Report, repository: string): Promise<string> {
  const opened = await openRepository(repository);
  const checkout = await opened.checkout(scan.commit ?? undefined);
  const { types, editor } = DEFAULT_IAC;
  return unifiedDiff(await savedPatches(findings, checkout, types, editor.dialect));
}
