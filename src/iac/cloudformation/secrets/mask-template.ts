import { DriftError } from '../../../base/errors.js';
import type { Json, JsonObject } from '../../../base/json.js';
import { isObject } from '../../../base/json.js';
import {
  type MaskOptions,
  maskIn,
  maskSecrets,
  maskText,
  type SecretCall,
  secretCalls,
} from '../../../secrets/mask.js';
import { editsTo, type MaskEdit, scalarEdit, splice } from '../../../secrets/mask-edits.js';
import { inside, type Owner } from '../../../secrets/place.js';
import { isSecretName } from '../../../secrets/secret-name.js';
import { isHarmless, MASK } from '../../../secrets/secret-text.js';
import type { SecretParameter } from '../../../secrets/types.js';
import { commentsIn } from '../../../syntax/comments.js';
import {
  effectiveEntries,
  get,
  jsonOf,
  type MapEntry,
  type MapNode,
  type Node,
  section,
  textOf,
} from '../../../syntax/node.js';
import { isJsonText, parseNode } from '../../../syntax/parse.js';
import { createSource } from '../../../syntax/source.js';
import { DIALECT } from '../template/dialect.js';
import { secretPlaces } from './places.js';

const { calls } = secretPlaces;
const NOWHERE = inside(calls);

/** What a template says of its secrets. */
interface TemplateSecrets {
  /** Parameters that are NoEcho, called as a secret, or given to something secret. */
  parameters: Map<string, MapEntry>;
  /** Scalars that hold one: defaults of those, values of mappings that are taken for something secret. */
  scalars: (Node & { kind: 'scalar' })[];
}

/**
 * A template's text with its secrets masked: defaults of secret parameters, values of mappings, what stands where a secret
 * does, keys inside scripts, comments. The rest stays as it is, byte for byte; so do dynamic references, which are no
 * secrets themselves. `secrets` are texts known to be secret. Undefined when the text is no template at all.
 */
export function maskTemplate(text: string, secrets: readonly string[]): string | undefined {
  const root = parse(text);
  if (root?.kind !== 'map') return undefined;
  const comments = isJsonText(text) ? [] : commentEdits(text, secrets);
  return splice(text, [...maskEdits(text, root, secrets), ...comments]);
}

/** The same as edits, of a template that is parsed already, without its comments; in no order, and some may be there twice. */
export function maskEdits(text: string, root: MapNode, secrets: readonly string[]): MaskEdit[] {
  const content = jsonOf(root) as JsonObject;
  const { scalars } = templateSecrets(root, content);
  const known = [...secrets, ...scalars.map(({ value }) => String(value)).filter((value) => value.length >= 4)];
  const { Resources: resources, ...rest } = content;
  const masked = maskIn(rest, NOWHERE, { secrets: known, calls }) as JsonObject;
  if (resources !== undefined) masked['Resources'] = maskResources(resources, { secrets: known, calls });
  return [...scalars.map((node) => scalarEdit(text, node, MASK)), ...editsTo(text, root, masked)];
}

function maskResources(resources: Json, options: MaskOptions): Json {
  if (!isObject(resources)) return maskIn(resources, NOWHERE, options);
  return Object.fromEntries(
    Object.entries(resources).map(([logicalId, resource]): [string, Json] => {
      if (!isObject(resource)) return [logicalId, maskIn(resource, NOWHERE, options)];
      const { Type: type, Properties: properties, ...rest } = resource;
      const owner = ownerOf(logicalId, resource);
      const masked = maskIn(rest, NOWHERE, options) as JsonObject;
      const own = isObject(properties) ? maskSecrets(properties, owner, options) : (properties ?? null);
      return [logicalId, { ...masked, Type: type ?? null, ...(properties === undefined ? {} : { Properties: own }) }];
    }),
  );
}

function commentEdits(text: string, secrets: readonly string[]): MaskEdit[] {
  if (!text.includes('#')) return [];
  return commentsIn(text).flatMap(({ range, text: comment }) => {
    const masked = maskText(comment, secrets);
    return masked === comment ? [] : [{ ...range, text: masked }];
  });
}

/** The names of a template's secret parameters; none where the text is no template. */
export function secretParameters(text: string): Set<string> {
  const root = parse(text);
  return new Set(root?.kind === 'map' ? templateSecrets(root, jsonOf(root) as JsonObject).parameters.keys() : []);
}

function parse(text: string): Node | undefined {
  try {
    return parseNode(createSource('template', text), 'template', DIALECT);
  } catch (error) {
    if (error instanceof DriftError) return undefined;
    throw error;
  }
}

/** The parameters that a template declares to be secret, or calls so. */
export function declaredSecrets(root: MapNode): SecretParameter[] {
  return secretParameterEntries(root).map(({ key, value }) => ({
    name: key,
    preset: textOf(get(value, 'Default')),
    isDeclared: get(value, 'NoEcho') !== undefined,
  }));
}

function secretParameterEntries(root: MapNode): MapEntry[] {
  return effectiveEntries(section(root, 'Parameters')).filter(
    ({ key, value }) => textOf(get(value, 'NoEcho'))?.toLowerCase() === 'true' || isSecretName(key),
  );
}

/** `content` is what the template says, without ranges. */
function templateSecrets(root: MapNode, content: JsonObject): TemplateSecrets {
  const calls = callsOf(content['Resources']);
  const used = new Set(
    calls.flatMap(({ name, given }) => (name === 'Ref' && typeof given === 'string' ? [given] : [])),
  );
  const declared = secretParameterEntries(root);
  const given = effectiveEntries(section(root, 'Parameters')).filter(({ key }) => used.has(key));
  const parameters = new Map([...declared, ...given].map((entry) => [entry.key, entry]));
  const defaults = [...parameters.values()].flatMap(({ value }) => get(value, 'Default') ?? []);
  const mapped = calls.flatMap((call) => mappingValues(root, call));
  return { parameters, scalars: [...defaults, ...mapped].flatMap(secretScalars) };
}

function callsOf(resources: Json | undefined): SecretCall[] {
  if (resources === undefined || !isObject(resources)) return [];
  return Object.entries(resources).flatMap(([logicalId, resource]) => {
    if (!isObject(resource) || !isObject(resource['Properties'])) return [];
    return secretCalls(resource['Properties'], ownerOf(logicalId, resource));
  });
}

function ownerOf(logicalId: string, { Type: type }: JsonObject): Owner {
  return { types: secretPlaces, logicalId, ...(typeof type === 'string' ? { type } : {}) };
}

/** What a `Fn::FindInMap` may give, whatever its first key. */
function mappingValues(root: MapNode, { name, given }: SecretCall): Node[] {
  if (name !== 'Fn::FindInMap' || !Array.isArray(given) || typeof given[0] !== 'string') return [];
  const [map, , second] = given;
  const mapping = get(get(root, 'Mappings'), map);
  if (mapping?.kind !== 'map') return [];
  return mapping.entries.flatMap(({ value }) => {
    if (typeof second === 'string') return get(value, second) ?? [];
    return value.kind === 'map' ? value.entries.map((entry) => entry.value) : [];
  });
}

function secretScalars(node: Node): (Node & { kind: 'scalar' })[] {
  if (node.kind === 'list') return node.items.flatMap(secretScalars);
  return node.kind === 'scalar' && !isHarmless(String(node.value ?? '')) ? [node] : [];
}
