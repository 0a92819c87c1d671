import { expect, test } from '@jest/globals';
import { DriftError } from '../../../../src/base/errors.js';
import type { Checkout } from '../../../../src/git/repository.js';
import { readCheckedTemplates, readWithNested } from '../../../../src/iac/cloudformation/find/template-trees.js';
import { createSource } from '../../../../src/syntax/source.js';

/** A checkout of which files are read and listed. */
function checkoutOf(files: Record<string, string>): Checkout {
  const checkout: Pick<Checkout, 'read' | 'exists' | 'list'> = {
    async read(path) {
      const text = files[path];
      if (text === undefined) throw new DriftError('git', [{ code: 'git-no-file', message: `there is no ${path}` }]);
      return createSource(path, text);
    },
    exists: async (path) => path in files,
    list: async () => Object.keys(files),
  };
  return checkout as Checkout;
}

const queue = 'Resources: {Queue: {Type: AWS::SQS::Queue}}\n';
const nesting = (...urls: string[]) =>
  `Resources:\n${urls.map((url, index) => `  N${index}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${url}}}\n`).join('')}`;

async function pathsOf(files: Record<string, string>, ...paths: string[]) {
  const trees = await readWithNested(checkoutOf(files), new Set(paths));
  return Object.fromEntries(
    [...trees].map(([path, templates]) => [path, templates.map(({ template: { source } }) => source.path)]),
  );
}

test('templates come with those that they nest, to any depth, each once', async () => {
  const files = {
    'root.yaml': nesting('a/one.yaml', 'two.yaml', 'a/one.yaml'),
    'a/one.yaml': nesting('../two.yaml', 'three.yaml'),
    'two.yaml': queue,
    'a/three.yaml': nesting('one.yaml', '../root.yaml'),
  };
  expect(await pathsOf(files, 'root.yaml', 'two.yaml')).toEqual({
    'root.yaml': ['root.yaml', 'a/one.yaml', 'two.yaml', 'a/three.yaml'],
    'two.yaml': ['two.yaml'],
  });
});

test('what is nested from elsewhere, or is not there, is left out', async () => {
  const files = { 'root.yaml': nesting('https://x/y.yaml', 'gone.yaml', '../outside.yaml'), '../outside.yaml': queue };
  expect(await pathsOf(files, 'root.yaml')).toEqual({ 'root.yaml': ['root.yaml'] });
});

test('the problems of all templates are told', async () => {
  const files = { 'a.yaml': 'Resources: [', 'b.yaml': nesting('c.yaml'), 'c.yaml': 'Resources: 1', 'd.yaml': queue };
  const error = await pathsOf(files, 'a.yaml', 'b.yaml', 'd.yaml').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DriftError);
  const { code, problems } = error as DriftError;
  expect(code).toBe('template');
  expect([...new Set(problems.map(({ file }) => file))]).toEqual(['a.yaml', 'c.yaml']);
});

test('of a checkout, all that are any good are read, and what is wrong with the others is told', async () => {
  const broken = 'AWSTemplateFormatVersion: 2010-09-09\nResources: [';
  const { trees, broken: problems } = await readCheckedTemplates(
    checkoutOf({ 'a.yaml': queue, 'b.yaml': broken, 'c.md': queue }),
  );
  expect([...trees.keys()]).toEqual(['a.yaml']);
  expect(problems.map(({ file }) => file)).toEqual(['b.yaml']);
  const none = readCheckedTemplates(checkoutOf({ 'b.yaml': broken }));
  await expect(none).rejects.toMatchObject({ code: 'template', problems: [{ file: 'b.yaml' }] });
});
