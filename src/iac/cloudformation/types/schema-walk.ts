import type { JsonObject } from '../../../base/json.js';
import { child } from '../../../base/json-pointer.js';
import { type Expanded, expand, itemNodes, mapValueNodes, type Pieces } from './schema-node.js';

/** Far beyond what AWS's largest schema takes (QuickSight, about 27,000): a limit for schemas of unknown origin. */
const MAX_PLACES = 100_000;

/** One place in a resource's properties, and what the schema says of it: the same pieces for all places of a definition. */
export interface Place {
  path: string;
  pieces: Pieces;
}

/**
 * Lists every place below a resource's properties. Paths have `*` for list indices and free map keys. A definition that
 * contains itself (a WAF statement in a statement) is walked once, and the places in it get a path with `**` for any
 * depth of nesting: `/Rules/*` + `/Statement/**` + `/FieldToMatch`.
 * Throws a RangeError when the schema describes more places than any sensible one does.
 */
export function listPlaces(schema: JsonObject): Place[] {
  const places: Place[] = [];
  const recursive = new Set<string>();
  const entered = new Map<string, string>();
  // A definition stands at hundreds of places in large schemas.
  const described = new Map<unknown, Described>();

  function descriptionOf(node: unknown): Described {
    const known = described.get(node) ?? describe(expand(schema, node));
    described.set(node, known);
    return known;
  }

  function visit(node: unknown, path: string): void {
    const description = descriptionOf(node);
    const { pieces, references } = description;
    const circle = references.find((reference) => entered.has(reference));
    if (circle !== undefined) {
      recursive.add(entered.get(circle) ?? path);
      return;
    }
    if (places.length >= MAX_PLACES) throw new RangeError(`it describes more than ${MAX_PLACES} properties`);
    places.push({ path, pieces });
    for (const reference of references) entered.set(reference, path);
    visitChildren(description, path);
    for (const reference of references) entered.delete(reference);
  }

  function visitChildren({ properties, elements }: Described, path: string): void {
    for (const [name, nodes] of properties) {
      for (const node of nodes) visit(node, child(path, name));
    }
    for (const node of elements) visit(node, child(path, '*'));
  }

  visitChildren(descriptionOf(schema), '');
  return places.map((place) => ({ ...place, path: markRecursion(place.path, recursive) }));
}

/** What a node says of its place, and the nodes of the places below it. */
interface Described extends Expanded {
  properties: Map<string, unknown[]>;
  elements: JsonObject[];
}

function describe({ pieces, references }: Expanded): Described {
  const elements = [...itemNodes(pieces), ...mapValueNodes(pieces)];
  return { pieces, references, properties: propertiesOf(pieces), elements };
}

function propertiesOf(pieces: Pieces): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  for (const piece of pieces) {
    for (const [name, node] of Object.entries(piece['properties'] ?? {})) {
      found.set(name, [...(found.get(name) ?? []), node]);
    }
  }
  return found;
}

/** Puts `/**` behind each prefix at which a definition that contains itself begins. */
function markRecursion(path: string, recursive: ReadonlySet<string>): string {
  if (recursive.size === 0) return path;
  let marked = '';
  for (let from = 0; from !== -1; ) {
    const to = path.indexOf('/', from + 1);
    marked += to === -1 ? path.slice(from) : path.slice(from, to);
    if (to !== -1 && recursive.has(path.slice(0, to))) marked += '/**';
    from = to;
  }
  return marked;
}
