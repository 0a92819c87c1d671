import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { problemsOfWorkflow } from '../support/languages.js';

const TEXT = readFileSync(new URL('../../.github/workflows/ci.yml', import.meta.url), 'utf8');
const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const { strategy, steps } = parse(TEXT).jobs.run;

test("the project's own workflow is sound, and a mistake in it is found", async () => {
  expect(await problemsOfWorkflow(TEXT)).toEqual([]);
  expect(await problemsOfWorkflow(TEXT.replace('matrix.node', 'matrix.nodes'))).not.toEqual([]);
});

test('it runs .ci/run on three systems, from the least Node that is promised', () => {
  const { os, node } = strategy.matrix;
  expect(os).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest']);
  expect(node).toEqual([20, 22, 24]);
  expect(engines.node).toMatch(new RegExp(`^>=${node[0]}\\.`));
  expect(steps.at(-1)).toEqual({ run: '.ci/run', shell: 'bash' });
});
