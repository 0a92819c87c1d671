import { posix } from 'node:path';
import { DriftError } from '../base/errors.js';
import { normalisePath } from '../git/file-tree.js';
import type { EvaluatedResource } from '../template/evaluate.js';
import { isLocalPath, NESTED_STACK, nestedParameters, nestedStackName } from '../template/nested-stack.js';
import type { Target } from '../template/target.js';
import type { StackState } from './stack-state.js';

/** Deeper than AWS lets stacks nest usefully; a template that contains itself is told by its path before. */
const MAX_DEPTH = 20;

/**
 * The targets of a stack's nested stacks whose template is a local path, as it stands in Git before packaging
 * (https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html). Those that are not deployed yet are
 * told with their resource. Throws a `DriftError` where stacks nest without end.
 */
export function nestedTargets(target: Target, state: StackState): Target[] {
  return [...state.evaluated.resources.values()].flatMap((resource) => {
    const template = localTemplate(resource);
    const physicalId = state.deployedResources.get(resource.logicalId)?.physicalId;
    if (template === undefined || physicalId === undefined || resource.presence !== 'present') return [];
    const ancestors = [...(target.ancestors ?? []), target.template];
    if (ancestors.includes(template) || ancestors.length >= MAX_DEPTH) {
      const message = `nested stacks without end: ${[...ancestors, template].join(' > ')}`;
      throw new DriftError('template', [{ message, file: resource.source.path }]);
    }
    const { region, roleArn, account } = target;
    return {
      name: nestedStackName(physicalId),
      path: `${target.path ?? target.name}/${resource.logicalId}`,
      region,
      template,
      ancestors,
      parameters: nestedParameters(resource.properties),
      ...(account === undefined ? {} : { account }),
      ...(roleArn === undefined ? {} : { roleArn }),
    };
  });
}

/** The local template of a nested stack's resource, as a path in the repository; undefined where it is elsewhere. */
function localTemplate({ type, properties, source }: EvaluatedResource): string | undefined {
  const url = type === NESTED_STACK ? properties.entries.get('TemplateURL') : undefined;
  if (url?.kind !== 'scalar' || !isLocalPath(String(url.value))) return undefined;
  return normalisePath(posix.join(posix.dirname(source.path), String(url.value)));
}
