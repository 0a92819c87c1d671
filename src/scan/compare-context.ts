import type { CompareContext, FindOthers, Sibling } from '../compare/comparing.js';
import type { TypeSystem } from '../compare/types.js';
import type { State } from '../iac/state.js';
import type { Target } from '../model/target.js';
import { type PlainObject, toPlain } from '../value/value.js';

/** Who knows what is around a resource. */
interface Surroundings {
  types: TypeSystem;
  others?: FindOthers | undefined;
}

/** What the surroundings tell: the stack's tags, its other resources, and the keys behind the aliases that it makes itself. */
export function compareContext(target: Target, state: State, { types, others }: Surroundings): CompareContext {
  const siblings = [...state.evaluated.resources.values()].map((resource): Sibling => {
    const live = state.live.get(resource.logicalId);
    // One that can't be read is still declared: what it puts into another resource's lists is known by that.
    const model = live?.status === 'live' ? live.properties : {};
    const { logicalId, type } = resource;
    const physicalId = state.deployedResources.get(logicalId)?.physicalId ?? '';
    return { logicalId, type, physicalId, desired: toPlain(resource.properties) as PlainObject, live: model };
  });
  return {
    region: target.region,
    stackTags: state.deployed.tags,
    siblings,
    kmsAliasTargets: Object.fromEntries(siblings.flatMap((sibling) => aliasTarget(sibling, types))),
    ...(others === undefined ? {} : { others: othersThan(target, siblings, others) }),
    ...(state.account === undefined ? {} : { accountId: state.account }),
  };
}

/** What the stack itself declares is known; what it is about to lose is still its own, and no other stack's. */
function othersThan({ name }: Target, siblings: readonly Sibling[], others: FindOthers): FindOthers {
  const declared = new Set(siblings.map(({ logicalId }) => logicalId));
  return async (types, identifiers) => {
    const found = await others(types, identifiers);
    const more = found.siblings.filter(({ stack, logicalId }) => stack !== name || !declared.has(logicalId));
    return { ...found, siblings: more.map((one) => (one.stack === name ? withoutStack(one) : one)) };
  };
}

function withoutStack({ stack: _, ...own }: Sibling): Sibling {
  return own;
}

function aliasTarget({ type, live }: Sibling, types: TypeSystem): [string, string][] {
  const alias = types.alias(type);
  const [name, target] = alias === undefined ? [] : [live[alias.name], live[alias.target]];
  return typeof name === 'string' && typeof target === 'string' ? [[name, target]] : [];
}
