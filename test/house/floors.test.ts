import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
// @ts-expect-error A script of the repository, without types.
import { FLOORS, forbiddenImports, importsPastThePort } from '../../scripts/check-floors.js';
import { temporaryDirectory, writeFiles } from '../support/repository.js';

const FLOOR_NAMES: string[] = FLOORS;

function problemsOf(files: Record<string, string>, floors = ['base', 'value', 'cli', 'index.ts']): string[] {
  const root = temporaryDirectory();
  writeFiles(root, files);
  return forbiddenImports(root, floors);
}

test('an import from a floor below, or from the own folder, is fine', () => {
  expect(
    problemsOf({
      'base/json.ts': "import { join } from 'node:path';\nimport './glob.js';",
      'base/glob.ts': '',
      'value/value.ts': "import { glob } from '../base/glob.js';",
      'index.ts': "export * from './cli/main.js';",
      'cli/main.ts': "const { json } = await import('../base/json.js');",
    }),
  ).toEqual([]);
});

test.each([
  ['a value', "import { value } from '../value/value.js';"],
  ['a type', "import type { Value } from '../value/value.js';"],
  ['several lines', "import {\n  type Value,\n} from '../value/value.js';"],
  ['an export', "export { value } from '../value/value.js';"],
  ['for its effects', "import '../value/value.js';"],
  ['lazily', "const load = () => import('../value/value.js');"],
])('an import from a floor above is forbidden: %s', (_, text) => {
  expect(problemsOf({ 'base/json.ts': text, 'value/value.ts': '' })).toEqual([
    'base/json.ts imports value/value.ts: value is above base',
  ]);
});

test('a subfolder may have a floor of its own, below or above that of the folder around it', () => {
  const floors = ['iac/port', 'base', 'iac'];
  const files = { 'base/json.ts': "import '../iac/port/types.js';", 'iac/port/types.ts': '', 'iac/iac.ts': '' };
  expect(problemsOf({ ...files, 'iac/iac.ts': "import '../base/json.js';" }, floors)).toEqual([]);
  expect(problemsOf({ ...files, 'iac/port/types.ts': "import '../iac.js';" }, floors)).toEqual([
    'iac/port/types.ts imports iac/iac.ts: iac is above iac/port',
  ]);
});

test('a folder without a floor is told', () => {
  expect(problemsOf({ 'attic/old.ts': '', 'base/json.ts': "import '../attic/old.js';" })).toEqual([
    'attic has no floor',
  ]);
});

test('an adapter is imported by the registry and by itself alone', () => {
  const root = temporaryDirectory();
  writeFiles(root, {
    'iac/iac.ts': '',
    'iac/registry.ts': "import { toy } from './toy/index.js';",
    'iac/toy/index.ts': "import type { Iac } from '../iac.js';\nimport { parse } from './template/parse.js';",
    'iac/toy/template/parse.ts': "import { DIALECT } from '../dialect.js';",
    'iac/toy/dialect.ts': '',
    'iac/other/index.ts': "import { DIALECT } from '../toy/dialect.js';",
    'scan/plan.ts': "import { IAC } from '../iac/registry.js';\nimport type { Iac } from '../iac/iac.js';",
    'scan/scan.ts': "import type { Template } from '../iac/toy/template/parse.js';",
    'cli/scan.ts': "const load = () => import('../iac/toy/index.js');",
  });
  expect(importsPastThePort(root)).toEqual([
    'cli/scan.ts imports iac/toy/index.ts: only iac/registry.ts imports an adapter, all else asks its port, iac/iac.ts',
    'iac/other/index.ts imports iac/toy/dialect.ts: only iac/registry.ts imports an adapter, all else asks its port, iac/iac.ts',
    'scan/scan.ts imports iac/toy/template/parse.ts: only iac/registry.ts imports an adapter, all else asks its port, iac/iac.ts',
  ]);
});

test('the lint command runs the check over all folders of the sources', () => {
  const script = fileURLToPath(new URL('../../scripts/check-floors.js', import.meta.url));
  expect(execFileSync(process.execPath, [script], { encoding: 'utf8', stdio: 'pipe' })).toBe(
    '0 literals that name CloudFormation outside of its adapter\n',
  );
  expect(new Set(FLOOR_NAMES).size).toBe(FLOOR_NAMES.length);
});
