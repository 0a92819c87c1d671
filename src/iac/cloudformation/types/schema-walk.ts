import type { JsonObject } from '../../../base/json.js';
import { child } from '../../../base/json-pointer.js';
import { expand, itemNodes, mapValueNodes, type Pieces } from './schema-node.js';

/** Far beyond what AWS's largest schema takes (QuickSight, about 27,000): a limit for schemas of unknown origin. */
const MAX_PLACES = 100_000;

/** One place in a resource's properties, and what the schema says of it. */
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

  function visit(node: unknown, path: string): void {
    const { pieces, references } = expand(schema, node);
    const circle = references.find((reference) => entered.has(reference));
    if (circle !== undefined) {
      recursive.add(entered.get(circle) ?? path);
      return;
    }
    if (places.length >= MAX_PLACES) throw new RangeError(`it describes more than ${MAX_PLACES} properties`);
    places.push({ path, pieces });
    for (const reference of references) entered.set(reference, path);
    visitChildren(pieces, path);
    for (const reference of references) entered.delete(reference);
  }

  function visitChildren(pieces: Pieces, path: string): void {
    for (const [name, nodes] of propertiesOf(pieces)) {
      for (const node of nodes) visit(node, child(path, name));
    }
    for (const node of [...itemNodes(pieces), ...mapValueNodes(pieces)]) visit(node, child(path, '*'));
  }

  visitChildren(expand(schema, schema).pieces, '');
  return places.map((place) => ({ ...place, path: markRecursion(place.path, recursive) }));
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
