import type { Parsed } from '../../../patch/ports.js';
import type { TextEdit } from '../../../syntax/edit/apply-edits.js';
import { effectiveEntries, type Node, section } from '../../../syntax/node.js';
import type { Range, Source } from '../../../syntax/source.js';
import { macrosOf } from '../template/parse.js';
import { referencesIn } from '../template/undeclared.js';

/** Where a parameter is referred to. */
interface Reference {
  name: string;
  range: Range;
}

const known = new WeakMap<Parsed, Reference[]>();

/**
 * The parameters that nothing in a template refers to any more once edits are made; `own` are those of one finding,
 * which takes away a reference, `all` those of the others as well. What a macro makes of a parameter can't be told.
 */
export function unusedAfter(template: Parsed, own: readonly TextEdit[], all: readonly TextEdit[]): string[] {
  if (macrosOf(template.root).length > 0) return [];
  const references = known.get(template) ?? referencesOf(template);
  known.set(template, references);
  const lost = references.filter(({ name, range }) => !isIn(name, textAfter(template.source, range, own)));
  const names = new Set(lost.map(({ name }) => name));
  return [...names].filter((name) =>
    references.every((each) => each.name !== name || !isIn(name, textAfter(template.source, each.range, all))),
  );
}

function referencesOf({ root }: Parsed): Reference[] {
  const parameters = new Set(effectiveEntries(section(root, 'Parameters')).map(({ key }) => key));
  const references: Reference[] = [];
  function visit(node: Node): void {
    for (const name of referencesIn(node)) if (parameters.has(name)) references.push({ name, range: node.range });
    if (node.kind === 'list') node.items.forEach(visit);
    if (node.kind === 'map') for (const { value } of node.entries) visit(value);
  }
  for (const { key, value } of root.entries) if (key !== 'Parameters') visit(value);
  return references;
}

/** What stands in place of a range after edits; undefined where none of them touches it. */
function textAfter({ text }: Source, { start, end }: Range, edits: readonly TextEdit[]): string | undefined {
  const touching = edits.filter((edit) => edit.start < end && start < edit.end);
  if (touching.length === 0) return undefined;
  let at = start;
  let after = '';
  for (const edit of touching) {
    after += text.slice(at, Math.max(at, edit.start)) + edit.text;
    at = edit.end;
  }
  return after + text.slice(at, Math.max(at, end));
}

function isIn(name: string, text: string | undefined): boolean {
  return text === undefined || new RegExp(`(?<![A-Za-z0-9])${name}(?![A-Za-z0-9])`).test(text);
}
