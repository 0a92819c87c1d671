import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { commentPlaces } from '../../../src/iac/cloudformation/suppress/places.js';
import { parseTemplate, type Template } from '../../../src/iac/cloudformation/template/parse.js';
import type { Spot } from '../../../src/suppress/comments/ports.js';
import { inlineDirectives } from '../../../src/suppress/comments/read.js';
import { createSource } from '../../../src/syntax/source.js';

const FOLDER = new URL('../../../fixtures/templates/', import.meta.url);
const COMMENT = '# gitops-drift:ignore: x';

/** Those that are written in YAML: JSON has no comments. */
const templates = readdirSync(FOLDER).flatMap((name): { name: string; template: Template }[] => {
  const text = readFileSync(new URL(name, FOLDER), 'utf8');
  return /^\uFEFF?\s*\{/.test(text) ? [] : [{ name, template: parseTemplate(createSource(name, text)) }];
});

/** A comment above the line that a place begins, indented like it; none where something else begins that line. */
function commented(text: string, { offset }: Spot): string | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset).replace('\uFEFF', '');
  const [indent = ''] = /^ */.exec(before) ?? [];
  if (!/^ *(?:- +)?(?:&\w+ +)?$/.test(before)) return undefined;
  return `${text.slice(0, start)}${indent}${COMMENT}\n${text.slice(start)}`;
}

test.each(templates)('a comment above any line of $name is for what begins there', ({ template }) => {
  const { text } = template.source;
  let tried = 0;
  for (const spot of commentPlaces.spotsOf(template.root)) {
    const changed = commented(text, spot);
    if (changed === undefined || isBehindDash(text, spot)) continue;
    tried += 1;
    const { directives, problems } = inlineDirectives(
      parseTemplate(createSource('template.yaml', changed)),
      commentPlaces,
    );
    const added = directives.filter(({ reason }) => reason === 'x');
    const found = added.flatMap(({ spots }) =>
      spots.map(({ offset, kind }) => [offset - changed.length + text.length, kind]),
    );
    expect({ problems, found }).toEqual({ problems: [], found: expect.arrayContaining([[spot.offset, spot.kind]]) });
  }
  expect(tried).toBeGreaterThan(0);
});

/** Above a dash a comment is for the list item; between the dash and the first key or dash in it, for that. */
function isBehindDash(text: string, { offset, isItem = false }: Spot): boolean {
  const [between] = /-\s+(?:&\w+\s+|#.*\n\s*)*$/.exec(text.slice(0, offset)) ?? [];
  return between !== undefined && isItem === between.includes('\n');
}
