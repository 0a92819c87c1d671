import { shellCommand } from '../base/shell.js';
import type { OwnedElement } from '../model/comparison.js';
import { type Finding, isDrift, type Remedy } from '../model/report.js';

/** What a command has to say of the stack whose drift it undoes. */
export interface RootStack {
  /** The deployed stack; of a nested one the root that it belongs to. */
  name: string;
  /** The stack that it is scanned with, where that is another. */
  scannedWith?: string;
  region: string;
  /** Names of its parameters, which keep their values only when they are named. */
  parameters: readonly string[];
  /** What its template has to be acknowledged for. */
  capabilities: readonly string[];
  /** Whether stacks are nested in it. */
  hasNested: boolean;
}

/** What a resource of another stack put into a resource of this one. */
export interface ForeignElement extends OwnedElement {
  /** The resource that shows it. */
  parent: string;
}

const CHANGE_SET = 'revert-drift';

/**
 * The ways out of a finding, with the exact commands. `root` is its stack; `foreign` is what other stacks put into
 * the root's resources and those of stacks nested in it, since a change set covers them all; `scanned` are the words that say what was
 * scanned, such as `--config` and its file. A finding that does not count needs none.
 *
 * Reverting goes by CloudFormation's drift-aware change sets, which a person reviews and executes
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html). Parameters that such a
 * change set does not name fall back to the template's defaults
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Parameter.html).
 */
export function remediesOf(
  finding: Finding,
  root: RootStack | undefined,
  scanned: readonly string[],
  foreign: readonly ForeignElement[] = [],
): Remedy[] {
  if (finding.suppressed) return [];
  if (!isDrift(finding.verdict)) return [{ way: 'deploy', note: 'nothing drifted: the next deployment brings it' }];
  if (finding.kind === 'unmanaged') return unmanagedRemedies(finding);
  return root === undefined ? [] : [adopt(finding, root, scanned), revert(finding, root, foreign)];
}

function adopt({ id, kind, verdict, patch }: Finding, root: RootStack, scanned: readonly string[]): Remedy {
  const isHopeless = patch.status === 'none' && patch.reason !== undefined;
  if (isHopeless || (kind === 'modified' && patch.status === 'refused'))
    return { way: 'adopt', note: `by hand: ${patch.reason ?? ''}` };
  if (verdict === 'conflict') return { way: 'adopt', note: 'by hand: Git has a change of its own there' };
  const target = scanned.includes('--ref') ? ['--branch', `adopt-${id}`] : ['--apply'];
  const gone = kind === 'deleted' ? ['--include-deletions'] : [];
  const command = shellCommand([
    ...['gitops-drift', 'patch', ...scanned, '--stack', root.scannedWith ?? root.name, '--finding', id],
    ...[...gone, ...target],
  ]);
  if (kind === 'deleted') return { way: 'adopt', command, note: 'takes the resource out of the template' };
  return patch.note === undefined ? { way: 'adopt', command } : { way: 'adopt', command, note: patch.note };
}

function revert({ verdict }: Finding, root: RootStack, foreign: readonly ForeignElement[]): Remedy {
  const { name, region, parameters, capabilities, hasNested } = root;
  const command = shellCommand([
    ...['aws', 'cloudformation', 'create-change-set', '--region', region, '--stack-name', name],
    ...['--change-set-name', CHANGE_SET, '--deployment-mode', 'REVERT_DRIFT', '--use-previous-template'],
    ...(hasNested ? ['--include-nested-stacks'] : []),
    ...(capabilities.length === 0 ? [] : ['--capabilities', ...capabilities]),
    ...(parameters.length === 0 ? [] : ['--parameters', ...parameters.map(previousValue)]),
  ]);
  const execute = shellCommand([
    ...['aws', 'cloudformation', 'execute-change-set', '--region', region],
    ...['--stack-name', name, '--change-set-name', CHANGE_SET],
  ]);
  const all = `undoes all drift of stack ${name}: review the change set, then: ${execute}`;
  const notes = [
    all,
    ...(verdict === 'conflict' ? ['puts back what was deployed, which Git has changed since'] : []),
    ...(foreign.length === 0 ? [] : [`WARNING: it may also remove ${named(foreign)}`]),
  ];
  return { way: 'revert', command, note: notes.join('; ') };
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

function previousValue(name: string): string {
  return `ParameterKey=${name},UsePreviousValue=true`;
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
