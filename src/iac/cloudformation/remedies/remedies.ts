import { shellCommand } from '../../../base/shell.js';
import { type Finding, isDrift, type Patch, type Remedy } from '../../../model/report.js';
import type { ForeignElement, RootStack } from '../../root-stack.js';
import { undoingOf } from './undo.js';

const CHANGE_SET = 'revert-drift';

/**
 * How to resolve a finding, with the exact commands. `root` is its stack; `foreign` is what other stacks put into
 * the root's resources and those of stacks nested in it, since a change set covers them all; `scanned` are the words that say what was
 * scanned, such as `--config` and its file; `patch` is what came of looking for an edit.
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
  { foreign = [], patch = finding.patch }: { foreign?: readonly ForeignElement[] | undefined; patch?: Patch } = {},
): Remedy[] {
  if (!isDrift(finding.verdict)) return [{ way: 'deploy', note: 'nothing drifted: the next deployment brings it' }];
  if (finding.kind === 'unmanaged') return unmanagedRemedies(finding);
  if (root === undefined) return [];
  if (finding.undeclared) return undeclaredRemedies(finding, patch, root, scanned);
  return [adopt(finding, patch, root, scanned), revert(finding, root, foreign)];
}

/** CloudFormation can't take away what it never declared, nor put it back: the service that has it can. */
function undeclaredRemedies(finding: Finding, patch: Patch, root: RootStack, scanned: readonly string[]): Remedy[] {
  const { change } = finding;
  const undoing = undoingOf(finding);
  const reason = "a change set can't: no template declares it";
  const by =
    change === 'disappeared'
      ? 'put it back by the service itself'
      : `${change === 'changed' ? 'change it back' : 'take it away'} by the service itself`;
  const back: Remedy = undoing
    ? {
        way: 'revert',
        command: undoing.command,
        note: [...(undoing.note === undefined ? [] : [undoing.note]), reason].join('; '),
      }
    : { way: 'revert', note: `${by}; ${reason}` };
  return [
    ...(change === 'disappeared' ? [] : [adopt(finding, patch, root, scanned)]),
    back,
    ...(change === undefined ? [] : [accept(root, scanned)]),
    ignore(finding),
  ];
}

function accept(root: RootStack, scanned: readonly string[]): Remedy {
  // The file is written in the work tree, whatever commit was scanned.
  const ref = scanned.indexOf('--ref');
  const source = scanned.filter((_, index) => ref === -1 || (index !== ref && index !== ref + 1));
  const words = ['gitops-drift', 'baseline', ...source, '--stack', root.scannedWith ?? root.name];
  const note =
    'takes what is live of the stack into the baseline; what is open or off by itself it leaves to an ignore: rule';
  return { way: 'accept', command: shellCommand(words), note };
}

/** The rule by which the finding does not count, ready to be pasted. */
function ignore({ type, stack, logicalId, path }: Finding): Remedy {
  const rule = Object.entries({ type, stack, logicalId, path, reason: 'say why it may stay' });
  const parts = rule.map(([key, value]) => `${key}: ${yamlText(value)}`);
  return {
    way: 'ignore',
    lines: `- { ${parts.join(', ')} }`,
    note: 'below ignore: in gitops-drift.yaml, with a reason',
  };
}

/** A text in JSON is one in YAML, too; what a terminal may act on is written as escapes. */
function yamlText(text: string): string {
  const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => sign.split('').map(escaped).join(''));
}

function adopt({ id, kind, verdict }: Finding, patch: Patch, root: RootStack, scanned: readonly string[]): Remedy {
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
  const { name, region, parameters, hasNested, hasUndeclared } = root;
  const capabilities = capabilitiesOf(root);
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
    ...(hasUndeclared ? ['not what no template declares'] : []),
    ...(verdict === 'conflict' ? ['puts back what was deployed, which Git has changed since'] : []),
    ...(foreign.length === 0 ? [] : [`WARNING: it may also remove ${named(foreign)}`]),
  ];
  return { way: 'revert', command, note: notes.join('; ') };
}

/** What a template has to be acknowledged for; nested stacks may hold anything of it. */
function capabilitiesOf({ types, hasMacros, hasNested }: RootStack): string[] {
  const hasRoles = types.some((type) => type.startsWith('AWS::IAM::'));
  return [
    ...(hasRoles || hasNested ? ['CAPABILITY_NAMED_IAM'] : []),
    ...(hasMacros || hasNested ? ['CAPABILITY_AUTO_EXPAND'] : []),
  ];
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
