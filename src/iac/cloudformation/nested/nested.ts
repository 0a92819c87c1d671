import { posix } from 'node:path';
import { DriftError, type Problem } from '../../../base/errors.js';
import { normalisePath } from '../../../git/file-tree.js';
import type { Target } from '../../../model/target.js';
import type { EvaluatedResource } from '../../../value/evaluated.js';
import type { StackState } from '../state/model.js';
import { isModule } from '../template/made-elsewhere.js';
import {
  isLocalPath,
  isNestedStack,
  isNesting,
  nestedParameters,
  nestedStackName,
  templateUrlOf,
} from '../template/nested-stack.js';

/** Deeper than AWS lets stacks nest usefully; a template that contains itself is told by its path before. */
const MAX_DEPTH = 20;

/**
 * The targets of a stack's nested stacks, by what is deployed. The template of one is a local path, as it stands in Git
 * before packaging (https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html), or elsewhere; then it
 * is found out when the nested stack is read. Those that are not deployed yet, or that Git no longer has, are told with
 * their resource. Throws a `DriftError` where stacks nest without end.
 */
export function nestedTargets(target: Target, state: StackState): Target[] {
  const makesMore = makesResources(state);
  // As they stand in the template; then those that it does not declare itself.
  const logicalIds = new Set([...state.evaluated.resources.keys(), ...state.deployedResources.keys()]);
  return [...logicalIds].flatMap((logicalId) => {
    const { type, physicalId } = state.deployedResources.get(logicalId) ?? {};
    if (type === undefined || !isNestedStack(type) || physicalId === undefined) return [];
    const resource = state.evaluated.resources.get(logicalId);
    if (resource?.presence === 'absent' || !(resource ? isNesting(resource.type) : makesMore(logicalId))) return [];
    return [nestedTarget(target, { logicalId, physicalId }, resource, state)];
  });
}

function nestedTarget(
  target: Target,
  { logicalId, physicalId }: { logicalId: string; physicalId: string },
  resource: EvaluatedResource | undefined,
  { nestedTemplate }: Pick<StackState, 'nestedTemplate'>,
): Target {
  const { region, roleArn, account } = target;
  const ancestors = [...(target.ancestors ?? []), target.template ?? target.name];
  const url = resource && templateUrlOf(resource.type, resource.properties);
  const isInGit = resource !== undefined && target.template !== null;
  const local = isInGit && url !== undefined ? localTemplate(url, resource) : null;
  const template = local ?? (isInGit ? nestedTemplate?.(logicalId, url) : undefined) ?? null;
  if ((template !== null && ancestors.includes(template)) || ancestors.length >= MAX_DEPTH) {
    const message = `nested stacks without end: ${[...ancestors, template ?? logicalId].join(' > ')}`;
    const problem: Problem = { code: 'template-nested-without-end', message };
    throw new DriftError('template', [resource ? { ...problem, file: resource.source.path } : problem]);
  }
  return {
    name: nestedStackName(physicalId),
    path: `${target.path ?? target.name}/${logicalId}`,
    region,
    template,
    ...(template === null && url !== undefined ? { templateUrl: url } : {}),
    ancestors,
    parameters: resource ? nestedParameters(resource.properties) : new Map(),
    ...(account === undefined ? {} : { account }),
    ...(roleArn === undefined ? {} : { roleArn }),
  };
}

/** A nested stack's local template, as a path in the repository; null where it is elsewhere. */
function localTemplate(url: string, { source }: EvaluatedResource): string | null {
  return isLocalPath(url) ? normalisePath(posix.join(posix.dirname(source.path), url)) : null;
}

/**
 * Tells of a resource that Git's template does not declare whether a macro or a module may have made it: what a module
 * makes begins with its logical ID.
 */
export function makesResources({
  template,
  evaluated,
}: Pick<StackState, 'template' | 'evaluated'>): (logicalId: string) => boolean {
  const modules = [...evaluated.resources.values()].flatMap(({ logicalId, type }) =>
    isModule(type) ? [logicalId] : [],
  );
  return (logicalId) => template.macros.length > 0 || modules.some((id) => logicalId.startsWith(id));
}
