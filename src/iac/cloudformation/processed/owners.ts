import { get, type MapNode, type Node, section, stringOf } from '../../../syntax/node.js';
import type { Evaluated } from '../../../value/evaluated.js';
import { nodeAt } from '../edits/node-at.js';
import { resourceEntries } from '../template/declared-resources.js';
import type { Template } from '../template/parse.js';

/** Which resource of a source each resource that was made of it belongs to, by logical ID; those of none are missing. */
export type Owners = ReadonlyMap<string, string>;

/**
 * Finds the owners of what was made: the resource of the same logical ID, the one that `Metadata.SamResourceId` names,
 * else the one whose ID it begins with (the longest first, so that `Fn` and `FnRole` are told apart), else the first that
 * asks for what SAM gives a name of its own. How SAM makes logical IDs:
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
export function ownersOf(written: ReadonlyMap<string, Node>, root: MapNode, made: Pick<Template, 'root'>): Owners {
  const makers = [...written].filter(([, node]) => mayMake(node)).map(([key]) => key);
  makers.sort((one, other) => other.length - one.length);
  return new Map(
    resourceEntries(made).flatMap(({ key, value }): [string, string][] => {
      const owner = ownerOf(key, value, written, makers) ?? ofOwnName(key, written, root);
      return owner === undefined ? [] : [[key, owner]];
    }),
  );
}

/** The nodes of evaluated resources, by logical ID: those that a loop makes share theirs. */
export function nodesOf(
  { root }: Pick<Template, 'root'>,
  { resources }: Pick<Evaluated, 'resources'>,
): Map<string, Node> {
  const direct = section(root, 'Resources');
  return new Map(
    [...resources.values()].flatMap(({ logicalId, range }): [string, Node][] => {
      const node = get(direct, logicalId) ?? nodeAt(root, range);
      return node === undefined ? [] : [[logicalId, node]];
    }),
  );
}

function ownerOf(
  logicalId: string,
  node: Node,
  written: ReadonlyMap<string, Node>,
  makers: readonly string[],
): string | undefined {
  if (written.has(logicalId)) return logicalId;
  const named = stringOf(get(get(node, 'Metadata'), 'SamResourceId'));
  if (named !== undefined && written.has(named)) return named;
  return makers.find((maker) => logicalId.startsWith(maker));
}

/** Whether resources with other IDs may come of one: SAM's, modules', and whatever has connectors of its own. */
function mayMake(node: Node): boolean {
  const type = stringOf(get(node, 'Type')) ?? '';
  return type.startsWith('AWS::Serverless::') || type.endsWith('::MODULE') || get(node, 'Connectors') !== undefined;
}

/** What SAM makes once for several resources, or calls by what it is for. */
const OWN_NAMES: readonly { name: RegExp; asks: (kind: string, properties: Node | undefined) => boolean }[] = [
  { name: /^ServerlessRestApi/, asks: (kind, own) => kind === 'Function' && hasEvent(own, 'Api', 'RestApiId') },
  { name: /^ServerlessHttpApi/, asks: (kind, own) => kind === 'Function' && hasEvent(own, 'HttpApi', 'ApiId') },
  { name: /^(?:RecordSetGroup|ApiGatewayDomainName)/, asks: (kind, own) => /Api$/.test(kind) && has(own, 'Domain') },
  {
    name: /^(?:CodeDeployServiceRole$|ServerlessDeploymentApplication$)/,
    asks: (_, own) => has(own, 'DeploymentPreference'),
  },
  {
    name: /^Serverless(?:UsagePlan|ApiKey)/,
    asks: (kind, own) => kind === 'Api' && has(get(own, 'Auth'), 'UsagePlan'),
  },
];

function ofOwnName(logicalId: string, written: ReadonlyMap<string, Node>, root: MapNode): string | undefined {
  const rule = OWN_NAMES.find(({ name }) => name.test(logicalId));
  if (rule === undefined) return undefined;
  return [...written].find(([, node]) => {
    const kind = serverlessKind(stringOf(get(node, 'Type')));
    if (kind === undefined) return false;
    return rule.asks(kind, get(node, 'Properties')) || rule.asks(kind, get(section(root, 'Globals'), kind));
  })?.[0];
}

/** `Function` of `AWS::Serverless::Function`. */
export function serverlessKind(type: string | undefined): string | undefined {
  return /^AWS::Serverless::(\w+)$/.exec(type ?? '')?.[1];
}

function has(properties: Node | undefined, key: string): boolean {
  return get(properties, key) !== undefined;
}

/** Whether there is an event of a kind that names no API of its own. */
function hasEvent(properties: Node | undefined, type: string, api: string): boolean {
  const events = get(properties, 'Events');
  if (events?.kind !== 'map') return false;
  return events.entries.some(
    ({ value }) => stringOf(get(value, 'Type')) === type && !has(get(value, 'Properties'), api),
  );
}
