import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import * as library from '../../src/index.js';
import { apiOf } from './declarations.js';

const REPORT = fileURLToPath(new URL('api.md', import.meta.url));
const PAGE = readFileSync(new URL('../../docs/library.md', import.meta.url), 'utf8');
const api = apiOf(fileURLToPath(new URL('../../dist/index.d.ts', import.meta.url)));

/** `UPDATE_GOLDEN=1 npm test -- test/library` writes it anew: its diff is what a release says of the library. */
test('what a program can import is as api.md says, type by type', () => {
  const text = [
    "<!-- Made by test/library/api.test.ts of the compiler's declarations. -->",
    '# What the library exports',
    ...section(api.exported),
    '# What that is made of',
    ...section(api.reached),
    '',
  ].join('\n\n');
  if (process.env['UPDATE_GOLDEN'] === '1' || !existsSync(REPORT)) writeFileSync(REPORT, text);
  expect(readFileSync(REPORT, 'utf8')).toBe(text);
});

test('the values that are exported are those that are declared', () => {
  const values = [...api.exported].filter(([, text]) => /^(?:function|class|const)\b/.test(text)).map(([name]) => name);
  expect(values.sort()).toEqual(Object.keys(library).sort());
});

test('the page imports what there is', () => {
  const imported = [...PAGE.matchAll(/import (?:type )?\{([^}]*)\} from 'gitops-drift'/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim().replace(/^type /, '')),
  );
  expect(imported).not.toEqual([]);
  expect(imported.filter((name) => !api.exported.has(name))).toEqual([]);
});

function section(declarations: Map<string, string>): string[] {
  const sorted = [...declarations].sort(([one], [other]) => (one < other ? -1 : 1));
  return [`\`\`\`ts\n${sorted.map(([, text]) => text).join('\n\n')}\n\`\`\``];
}
