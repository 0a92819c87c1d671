import { get, type Node, textOf } from '../../../syntax/node.js';
import type { Scope } from './scope.js';

/** Whether a macro (`Fn::Transform`) makes what stands here, or adds to it. */
export function holdsMacro(node: Node | undefined): boolean {
  return get(node, 'Fn::Transform') !== undefined;
}

/** Whether a type is a module: CloudFormation puts resources of its own in the place of such a resource. */
export function isModule(type: string | undefined): boolean {
  return type?.endsWith('::MODULE') ?? false;
}

/**
 * The module whose resource a name may mean, `StoreBucket` or `Store.Bucket` in the module `Store`; which ones it has only
 * the registry knows
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules.html#module-ref-resources).
 */
export function moduleOf(name: string, { evaluation }: Scope): string | undefined {
  const own = evaluation.resources.get(name);
  if (own) return isModule(textOf(get(own.node, 'Type'))) ? name : undefined;
  for (const [logicalId, { node }] of evaluation.resources) {
    if (name.startsWith(logicalId) && isModule(textOf(get(node, 'Type')))) return logicalId;
  }
  return undefined;
}
