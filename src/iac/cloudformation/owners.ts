import { DriftError } from '../../base/errors.js';
import type { JsonObject } from '../../base/json.js';
import { once } from '../../base/once.js';
import type { ListedStack, StackResource, StackTarget } from '../../cloud/cloud.js';
import type { LearnedOwners } from '../../cloud/snapshot/write.js';
import type { Sibling } from '../../compare/comparing.js';
import { namedBy } from '../../compare/owners.js';
import type { TypeSystem } from '../../compare/types.js';
import { createSource } from '../../syntax/source.js';
import { isKnown, type PlainObject, toPlain } from '../../value/value.js';
import type { Owners } from '../state.js';
import type { StackContext } from './state/model.js';
import { type EvaluatedTemplate, evaluateTemplate } from './template/evaluate.js';
import { resolveParameters } from './template/parameters.js';
import { parseTemplate } from './template/parse.js';

/** More stacks than these in a region are not looked through, unless asked for. */
const OWNER_LIMIT = 500;

type Place = Pick<StackTarget, 'region' | 'roleArn'>;
type OwnerTools = Pick<StackContext, 'provider' | 'resourceTypes' | 'stacksIn' | 'exportsOf' | 'accountOf'>;

interface StackContent {
  target: ListedStack;
  resources: readonly StackResource[];
}

/**
 * Looks for what stacks put into resources of others. A region's stacks are listed once a scan, and only when asked for.
 * `places`: all that are scanned. `limit`: of stacks in one region.
 */
export function createOwners(tools: OwnerTools, places: readonly Place[], limit = OWNER_LIMIT): Owners {
  const { provider, resourceTypes } = tools;
  const parentNames = parentNamesOf(resourceTypes);
  const listings = new Map<string, Promise<{ stacks: StackContent[]; unread?: string }>>();
  const evaluated = new Map<string, Promise<EvaluatedTemplate | undefined>>();
  const children = new Map<string, Promise<Child>>();
  const learned = new Map<string, Omit<LearnedOwners, 'resources'> & { found: Map<string, Sibling> }>();

  async function listed({ region, roleArn }: Place): Promise<{ stacks: StackContent[]; unread?: string }> {
    return once(listings, keyOf(region, roleArn), async () => {
      try {
        const stacks = await tools.stacksIn(region, roleArn);
        if (stacks.length > limit) {
          return { stacks: [], unread: `${region} has ${stacks.length} stacks, and --owner-limit is ${limit}` };
        }
        const contents = stacks.map(async (target) => ({ target, resources: await provider.listResources(target) }));
        return { stacks: await Promise.all(contents) };
      } catch (error) {
        return { stacks: [], unread: reasonOf(error) };
      }
    });
  }

  /** What a stack was deployed from; undefined where that can't be read or evaluated. */
  function deployedAs(target: ListedStack): Promise<EvaluatedTemplate | undefined> {
    return once(evaluated, keyOf(target.region, target.roleArn, target.name), async () => {
      try {
        const [deployed, text] = await Promise.all([provider.readStack(target), provider.readTemplate(target)]);
        if (text === undefined) return undefined;
        const template = parseTemplate(createSource(`the deployed template of ${target.name}`, text));
        const exports = template.usesImports ? await tools.exportsOf(target.region, target.roleArn) : {};
        const accountId = deployed.account ?? (await tools.accountOf(target.roleArn));
        const physicalIds = new Map(deployed.resources.map((one) => [one.logicalId, one.physicalId]));
        return evaluateTemplate(template, {
          parameters: resolveParameters(template, { configured: new Map(), deployed: deployed.parameters }),
          environment: {
            region: target.region,
            stackName: target.name,
            ...(accountId === undefined ? {} : { accountId }),
            ...(deployed.id === undefined ? {} : { stackId: deployed.id }),
          },
          resources: { physicalId: (logicalId) => physicalIds.get(logicalId), attribute: () => undefined },
          exports,
        });
      } catch (error) {
        if (!(error instanceof DriftError)) throw error;
        return undefined;
      }
    });
  }

  /** A resource that names one of the parents, by what its template declares and by what is live. */
  async function readChild(target: ListedStack, resource: StackResource, identifiers: readonly string[]) {
    const { logicalId, type, physicalId = '' } = resource;
    const declared = (await deployedAs(target))?.resources.get(logicalId);
    const desired = declared === undefined ? {} : (toPlain(declared.properties) as PlainObject);
    const byTemplate = { stack: target.name, logicalId, type, physicalId, desired, live: {} };
    if (namesParent(byTemplate, identifiers, parentNames) === 'no') return {};
    const key = keyOf(target.region, target.roleArn, target.name, logicalId);
    return once(children, key, async (): Promise<Child> => {
      const { name, region, roleArn } = target;
      const as = roleArn === undefined ? {} : { roleArn };
      // All else is read by CloudFormation's drift detection, which leaves its mark on the other stack.
      if (!resourceTypes.get(type)?.readable)
        return { sibling: byTemplate, reason: `AWS can't read ${type} by itself` };
      const request = { name, region, ...as, logicalId, type, physicalId, properties: desired };
      const read = await (provider.readModel ?? provider.readResource)(request);
      if (read.status === 'deleted') return {};
      if (read.status === 'live') return { sibling: { ...byTemplate, live: read.properties } };
      return { sibling: byTemplate, reason: read.reason };
    });
  }

  async function findIn(place: Place, types: readonly string[], identifiers: readonly string[]) {
    const { stacks, unread } = await listed(place);
    const asked = stacks.flatMap(({ target, resources }) =>
      resources
        .filter(({ type, status, physicalId }) => types.includes(type) && physicalId && status !== 'DELETE_COMPLETE')
        .map((resource) => readChild(target, resource, identifiers)),
    );
    const recorded = await recordedIn(place);
    const siblings = recorded.siblings.filter(
      (one) => types.includes(one.type) && namesParent(one, identifiers, parentNames) === 'yes',
    );
    let doubt = unread ?? recorded.unread;
    for (const { sibling, reason } of await Promise.all(asked)) {
      const names = sibling === undefined ? 'no' : namesParent(sibling, identifiers, parentNames);
      if (sibling === undefined || names === 'no') continue;
      if (names === 'unknown') doubt ??= `${sibling.logicalId} of stack ${sibling.stack} could not be read: ${reason}`;
      else if (!siblings.some((one) => isSame(one, sibling))) siblings.push(sibling);
    }
    note(place, siblings, doubt);
    return { siblings, unread: doubt };
  }

  async function recordedIn({ region, roleArn }: Place): Promise<{ siblings: Sibling[]; unread?: string | undefined }> {
    const recorded = await provider.recordedOwners?.(region, roleArn);
    const siblings = (recorded?.resources ?? []).map(({ properties, ...one }) => ({
      ...one,
      desired: {},
      live: properties,
    }));
    return { siblings, unread: recorded?.unread };
  }

  function note({ region, roleArn }: Place, siblings: readonly Sibling[], unread: string | undefined): void {
    const key = keyOf(region, roleArn);
    const known = learned.get(key) ?? { region, roleArn, found: new Map<string, Sibling>() };
    for (const sibling of siblings) known.found.set(keyOf(sibling.stack, sibling.logicalId), sibling);
    const why = known.unread ?? unread;
    learned.set(key, { ...known, ...(why === undefined ? {} : { unread: why }) });
  }

  return {
    of: (target) => async (types, identifiers) => {
      const isGlobal = types.some(resourceTypes.isGlobal);
      const elsewhere = places.filter(({ region, roleArn }) => roleArn === target.roleArn && region !== target.region);
      const regions = new Set([target.region, ...(isGlobal ? elsewhere.map(({ region }) => region) : [])]);
      const found = await Promise.all(
        [...regions].map(async (region) => {
          const { siblings, unread } = await findIn({ region, ...asRole(target) }, types, identifiers);
          return { siblings: region === target.region ? siblings : siblings.map((one) => placed(one, region)), unread };
        }),
      );
      const unread = found.find((one) => one.unread !== undefined)?.unread;
      return { siblings: found.flatMap(({ siblings }) => siblings), ...(unread === undefined ? {} : { unread }) };
    },
    learned: () =>
      [...learned.values()].map(({ found, ...known }) => ({
        ...known,
        resources: [...found.values()].map(recordable),
      })),
  };
}

interface Child {
  sibling?: Sibling;
  /** Why it could not be read. */
  reason?: string;
}

function recordable({ stack = '', desired, live, ...named }: Sibling): LearnedOwners['resources'][number] {
  const declared = Object.fromEntries(Object.entries(desired).filter(([, value]) => isKnown(value))) as JsonObject;
  return { stack, ...named, properties: { ...declared, ...live } };
}

type ParentNames = ReadonlyMap<string, ReadonlySet<string>>;

/** Names of what names a parent, by the child's type; types without are looked at whomever they name. */
function parentNamesOf({ childKinds }: TypeSystem): ParentNames {
  const names = new Map<string, Set<string>>();
  for (const { child, parentId } of childKinds) names.set(child, new Set([...(names.get(child) ?? []), parentId]));
  return names;
}

/** Whether a resource names one of the identifiers, as far as its values are known. */
function namesParent(
  child: Sibling,
  identifiers: readonly string[],
  parentNames: ParentNames,
): 'yes' | 'no' | 'unknown' {
  const properties = parentNames.get(child.type);
  if (properties === undefined) return 'yes';
  const named = [...properties].flatMap((property) => namedBy(child, property));
  if (named.some((name) => typeof name === 'string' && identifiers.includes(name))) return 'yes';
  return named.length > 0 && named.every(isKnown) ? 'no' : 'unknown';
}

function isSame(one: Sibling, other: Sibling): boolean {
  return one.stack === other.stack && one.logicalId === other.logicalId;
}

/** A stack of another region may have the same name as the one that is asked about, and is another one. */
function placed(sibling: Sibling, region: string): Sibling {
  return { ...sibling, stack: `${sibling.stack} in ${region}` };
}

function asRole({ roleArn }: Place): Pick<StackTarget, 'roleArn'> {
  return roleArn === undefined ? {} : { roleArn };
}

function keyOf(...parts: (string | undefined)[]): string {
  return JSON.stringify(parts);
}

/** What a person is told of a failure that is AWS's; anything else is a defect, and goes on. */
function reasonOf(error: unknown): string {
  if (!(error instanceof DriftError)) throw error;
  return error.problems[0]?.message ?? error.message;
}
