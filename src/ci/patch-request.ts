import { head } from '../base/clean.js';
import { SEVERITIES } from '../model/gate.js';
import type { Finding, Report } from '../model/report.js';
import { commitMessage, isAbout } from '../report/commit-message.js';
import { subjectText } from '../report/finding-text.js';
import { code } from '../report/markdown/escape.js';
import { MARKER } from '../report/markdown.js';
import { auditTrailers } from '../report/trailers.js';
import { whoText } from '../report/who-text.js';
import type { ChangeRequest, Forge, RequestText } from './forge.js';
import { commitPatch, ownCommit } from './patch-commit.js';
import type { Proposed } from './proposed.js';
import { fetchTip, pushBranch } from './remote-branch.js';

/** What is to be proposed, and where. */
export interface PatchProposal {
  root: string;
  /** Name or URL of the remote. */
  remote: string;
  /** The branch that is kept for the patches. */
  branch: string;
  /** The branch that they are to be merged into. */
  base: string;
  report: Report;
  /** What is proposed, and what is left out for being too grave. */
  proposed: Proposed;
  /** The edits of what is proposed. */
  diff: string;
  /** The report as Markdown. */
  body: string;
  /** Whether to keep a change request, too, not only the branch. */
  withRequest: boolean;
}

/** What was done, in one word for other steps and in one sentence for people. */
export interface PatchOutcome {
  outcome: 'opened' | 'updated' | 'unchanged' | 'closed' | 'none' | 'declined' | 'taken';
  text: string;
  /** The change request, where there is an open one. */
  url?: string;
}

/** The most characters of a description that GitHub takes. */
const MOST = 65_536;

/**
 * Keeps one branch, and one change request for it, with the patches of the latest scan:
 *
 * - patches: the branch is one commit on the scanned one; it is pushed only if the change is another than before
 * - none, and the scan was complete: the request is closed and the branch deleted
 * - the branch has commits by others, or the request with this very change was closed by hand: both are left alone
 *
 * Throws a `DriftError` (code `git`, `forge` or `usage`).
 */
export async function keepPatchRequest(forge: Forge, proposal: PatchProposal): Promise<PatchOutcome> {
  const { root, remote, branch, base, withRequest } = proposal;
  const tip = await fetchTip(root, remote, branch);
  const before = tip === undefined ? undefined : await ownCommit(root, tip);
  if (tip !== undefined && before === undefined) {
    const text = `the branch ${branch} has commits by others and is left as it is; delete it to have it made anew`;
    return { outcome: 'taken', text };
  }
  const requests = withRequest ? await forge.findRequests(branch, base) : [];
  const open = requests.find(({ state }) => state === 'open');
  if (proposal.diff.trim() === '') return clearAway(forge, proposal, { tip, message: before?.message ?? '', open });

  const text = requestText(proposal);
  const parent = proposal.report.scan.commit ?? 'HEAD';
  const message = commitMessage(proposal.proposed.chosen);
  const { commit, change } = await commitPatch(root, {
    parent,
    diff: proposal.diff,
    message,
    trailers: auditTrailers(proposal.proposed.chosen, proposal.report.scan.startedAt),
    committer: forge.committer,
  });
  const isSame = change === before?.change;
  if (!isSame) await pushBranch(root, remote, branch, { commit, expected: tip });
  if (!withRequest) {
    return isSame
      ? { outcome: 'unchanged', text: `the branch ${branch} has these patches already` }
      : { outcome: 'updated', text: `pushed the patches to the branch ${branch}` };
  }
  if (open !== undefined) {
    const isSaid = open.title === text.title && open.body.replaceAll('\r\n', '\n').trim() === text.body.trim();
    if (!isSaid) await forge.editRequest(open.number, text);
    const outcome = isSame ? 'unchanged' : 'updated';
    return {
      outcome,
      text: `${forge.word} ${open.url} ${isSame ? 'has these patches already' : 'is updated'}`,
      url: open.url,
    };
  }
  const declined = requests.find((each) => each.state === 'closed' && isSame && each.head === tip);
  if (declined !== undefined) {
    const hint = `delete the branch ${branch} to have it proposed again`;
    return { outcome: 'declined', text: `${forge.word} ${declined.url} with these very patches was closed; ${hint}` };
  }
  const { url } = await forge.openRequest(branch, base, text);
  return { outcome: 'opened', text: `opened the ${forge.word} ${url}`, url };
}

/** Nothing is left to propose, if everything could be looked at. */
async function clearAway(
  forge: Forge,
  { root, remote, branch, report }: PatchProposal,
  { tip, message, open }: { tip: string | undefined; message: string; open: ChangeRequest | undefined },
): Promise<PatchOutcome> {
  if (tip === undefined && open === undefined) return { outcome: 'none', text: 'there is nothing to patch' };
  if (isIncomplete(report, message)) {
    const text = `the branch ${branch} is left as it is: not all could be read, so its patches may still be wanted`;
    return { outcome: 'unchanged', text, ...(open ? { url: open.url } : {}) };
  }
  if (open !== undefined) {
    await forge.addComment(
      open.number,
      'Nothing is left to patch: the latest scan found no drift that these edits would settle.',
    );
    await forge.closeRequest(open.number);
  }
  if (tip !== undefined) await pushBranch(root, remote, branch, { commit: undefined, expected: tip });
  const what = open === undefined ? '' : `, and ${forge.word} ${open.url} is closed`;
  return { outcome: 'closed', text: `nothing is left to patch: the branch ${branch} is deleted${what}` };
}

/** Whether a scan can't tell that what the commit of this message adopts is settled. */
function isIncomplete({ stacks, errors, resources }: Report, message: string): boolean {
  if (errors !== undefined || stacks.some(({ status }) => status === 'error')) return true;
  return resources.some((each) => each.status === 'unreadable' && isAbout(message, each));
}

function requestText({ proposed, body, branch }: PatchProposal): RequestText {
  const [title = ''] = commitMessage(proposed.chosen).split('\n');
  const preface = [
    'These edits bring into Git what is live. Each was proven to settle its finding and to change nothing else.',
    '',
    '- **Merge** to keep what is live: the next deployment finds it as the template says.',
    '- **Close** to decline: these very edits are not proposed again as long as the branch is there.',
    `- **Commit** to \`${branch}\` to take over: it is then left alone.`,
    ...leftOut(proposed.left),
    ...whoAndWhen(proposed.chosen),
  ].join('\n');
  const rest = body.replace(MARKER, '').trim();
  // The report keeps within the limit by itself; the introduction is what can be done without.
  const whole = [MARKER, preface, '', rest].join('\n');
  return { title, body: whole.length <= MOST ? whole : head(`${MARKER}\n${rest}`, MOST) };
}

/** Of more findings than this, the report below tells it. */
const MOST_TOLD = 20;

/** Who made the changes in the cloud that are proposed for Git, and when, where the scan looked for that. */
function whoAndWhen(chosen: readonly Finding[]): string[] {
  const told = chosen.filter(({ who }) => who !== undefined);
  if (told.length === 0) return [];
  const lines = told.slice(0, MOST_TOLD).map((finding) => `- ${code(subjectText(finding))}: ${code(whoText(finding))}`);
  const more = told.length - lines.length;
  return ['', '**Who and when:**', '', ...lines, ...(more > 0 ? [`- and ${more} more, in the report below`] : [])];
}

/** What is grave is to be looked at before anybody makes it the rule. */
function leftOut(left: readonly Finding[]): string[] {
  if (left.length === 0) return [];
  const severities = SEVERITIES.filter((severity) => left.some((finding) => finding.severity === severity));
  const what = left.length === 1 ? '1 finding is' : `${left.length} findings are`;
  return [
    '',
    `**Left out:** ${what} ${severities.join(' or ')}, and could be adopted, too. Look at them first: revert what nobody meant; ` +
      'what is to stay, `gitops-drift patch --finding <id>` adopts, or a higher `patch-max-severity` here.',
  ];
}
