import { shellCommand } from '../../../base/shell.js';
import { type Finding, isDrift, type Patch, type Remedy, type RuleReport } from '../../../model/report.js';
import type { ForeignElement, RootStack } from '../../root-stack.js';
import { notReverted } from './not-reverted.js';
import { undoingOf } from './undo.js';

/** What is known of a finding beside itself. */
interface Given {
  /** What other stacks put into its stack's resources. */
  foreign?: readonly ForeignElement[] | undefined;
  /** What came of looking for an edit. */
  patch?: Patch;
  /** The way that the severity rule advises to go first. */
  first?: RuleReport['first'];
}

/**
 * How to resolve a finding, with the exact commands, the way first that is advised. `root` is its stack; `scanned` are
 * the words that say what was scanned, such as `--config` and its file.
 *
 * Reverting goes by CloudFormation's drift-aware change sets, which `gitops-drift revert` makes and shows
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html). They can't be made for
 * nested stacks together with their root.
 */
export function remediesOf(
  finding: Finding,
  root: RootStack | undefined,
  scanned: readonly string[],
  { foreign = [], patch = finding.patch, first }: Given = {},
): Remedy[] {
  if (!isDrift(finding.verdict)) return [{ way: 'deploy', note: 'nothing drifted: the next deployment brings it' }];
  if (finding.kind === 'unmanaged') return unmanagedRemedies(finding);
  if (root === undefined) return [];
  const adopting = adopt(finding, patch, root, scanned);
  const reverting = finding.undeclared ? revertUndeclared(finding) : revert(finding, root, scanned, foreign);
  return [
    ...(first === 'revert' ? [reverting, ...adopting] : [...adopting, reverting]),
    ...(finding.change === undefined ? [] : [accept(root, scanned)]),
    ignore(finding, root, scanned),
  ];
}

/** CloudFormation can't take away what it never declared, nor put it back: the service that has it can. */
function revertUndeclared(finding: Finding): Remedy {
  const { change } = finding;
  const undoing = undoingOf(finding);
  const reason = "a change set can't: no template declares it";
  if (undoing) {
    const { command, note } = undoing;
    return { way: 'revert', command, note: [...(note === undefined ? [] : [note]), reason].join('; ') };
  }
  if (change === 'disappeared') return { way: 'revert', note: `put it back by the service itself; ${reason}` };
  const back = change === 'changed' ? 'change it back' : 'take it away';
  return { way: 'revert', note: `${back} by the service itself; ${reason}` };
}

function accept(root: RootStack, scanned: readonly string[]): Remedy {
  const words = ['gitops-drift', 'baseline', ...inWorkTree(scanned), '--stack', root.scannedWith ?? root.name];
  const note =
    'takes what is live of the stack into the baseline; what is open or off by itself it leaves to an ignore: rule';
  return { way: 'accept', command: shellCommand(words), note };
}

/** The rule by which the finding does not count; it is proven before it is written. */
function ignore({ id }: Finding, root: RootStack, scanned: readonly string[]): Remedy {
  const words = ['gitops-drift', 'ignore', id, ...inWorkTree(scanned), '--stack', root.scannedWith ?? root.name];
  const command = shellCommand([...words, '--reason', 'say why it may stay']);
  return { way: 'ignore', command, note: 'writes a rule to gitops-drift.yaml that covers this finding and no other' };
}

/** Files are written in the work tree, whatever commit was scanned. */
function inWorkTree(scanned: readonly string[]): string[] {
  const ref = scanned.indexOf('--ref');
  return scanned.filter((_, index) => ref === -1 || (index !== ref && index !== ref + 1));
}

/** A command only where its edit was proven; none where no edit was looked for. */
function adopt(
  { id, kind, verdict, change }: Finding,
  patch: Patch,
  root: RootStack,
  scanned: readonly string[],
): Remedy[] {
  if (change === 'disappeared') return [];
  const isGone = kind === 'deleted' && patch.includeDeletions === true;
  if (verdict === 'conflict') return [{ way: 'adopt', note: 'by hand: Git has a change of its own there' }];
  if (patch.status !== 'patchable' && !isGone)
    return patch.reason === undefined ? [] : [{ way: 'adopt', note: `by hand: ${patch.reason}` }];
  const target = scanned.includes('--ref') ? ['--branch', `adopt-${id}`] : ['--apply'];
  const command = shellCommand([
    ...['gitops-drift', 'patch', ...scanned],
    ...(root.isShared ? [] : ['--stack', root.scannedWith ?? root.name]),
    ...['--finding', id],
    ...[...(kind === 'deleted' ? ['--include-deletions'] : []), ...target],
  ]);
  if (kind === 'deleted') return [{ way: 'adopt', command, note: 'takes the resource out of the template' }];
  return [patch.note === undefined ? { way: 'adopt', command } : { way: 'adopt', command, note: patch.note }];
}

/** By the change set of the whole stack, which says what else it does; or why there is none for it, and the other way. */
function revert(
  finding: Finding,
  root: RootStack,
  scanned: readonly string[],
  foreign: readonly ForeignElement[],
): Remedy {
  const { name, hasNested, isNested, hasUndeclared } = root;
  const not = notReverted(finding);
  if (not !== undefined) return { way: 'revert', note: `${not.reason}: ${not.instead}` };
  const words = [
    ...['gitops-drift', 'revert', ...inCloud(scanned)],
    ...['--stack', root.scannedWith ?? name, '--finding', finding.id],
  ];
  const notes = [
    `shows the change set that undoes the drift of stack ${name}, and deletes it again; what it does beyond this finding is refused without --whole-stack`,
    ...(hasUndeclared ? ['not what no template declares'] : []),
    ...(hasNested ? ['not that of stacks nested in it, which have change sets of their own'] : []),
    ...(isNested ? ['where AWS takes none for a nested stack, deploy its root stack again'] : []),
    ...(finding.verdict === 'conflict' ? ['puts back what was deployed, which Git has changed since'] : []),
    ...(foreign.length === 0 ? [] : [`WARNING: it may also remove ${named(foreign)}, and is refused then`]),
  ];
  const next = [shellCommand([...words, '--execute'])];
  return { way: 'revert', command: shellCommand(words), next, note: notes.join('; ') };
}

/** What was scanned from a recording is changed where it was recorded. */
function inCloud(scanned: readonly string[]): string[] {
  const at = scanned.indexOf('--snapshot');
  const live = scanned.filter((_, index) => at === -1 || (index !== at && index !== at + 1));
  const provider = live.indexOf('--provider');
  if (provider !== -1 && live[provider + 1] === 'snapshot') return live.with(provider + 1, 'aws');
  return at === -1 || provider !== -1 ? live : [...live, '--provider', 'aws'];
}

/** More than these are counted. */
const NAMED = 5;

function named(foreign: readonly ForeignElement[]): string {
  const shown = foreign
    .slice(0, NAMED)
    .map(({ parent, path, logicalId, stack }) => `what ${logicalId} of stack ${stack} put into ${parent}${path}`);
  const more = foreign.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more of other stacks`] : [])].join(', ');
}

function unmanagedRemedies({ type, region, physicalId }: Finding): Remedy[] {
  const reading = shellCommand([
    ...['aws', 'cloudcontrol', 'get-resource', '--region', region],
    ...['--type-name', type, '--identifier', physicalId ?? ''],
  ]);
  return [
    {
      way: 'import',
      command: reading,
      note: 'shows its properties: declare it in a template, and import it by a change set of type IMPORT',
    },
    { way: 'delete', note: 'by the service that it belongs to, when you are sure that nothing needs it' },
  ];
}
