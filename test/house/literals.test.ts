import { expect, test } from '@jest/globals';
// @ts-expect-error A script of the repository, without types.
import { forbiddenLiterals } from '../../scripts/check-literals.js';
import { temporaryDirectory, writeFiles } from '../support/repository.js';

function found(files: Record<string, string>): string[] {
  const root = temporaryDirectory();
  writeFiles(root, files);
  return forbiddenLiterals(root, ['iac/cloudformation']);
}

test.each([
  ['a type', "const type = 'AWS::S3::Bucket';", 'AWS::S3::Bucket'],
  ['a type in double quotes', 'const type = "AWS::S3::Bucket";', 'AWS::S3::Bucket'],
  ['a function', "const name = 'Fn::Sub';", 'Fn::Sub'],
  ['a reference', "if (name === 'Ref') stop();", 'Ref'],
  ['a key', "const { 'Fn::Sub': text } = call;", 'Fn::Sub'],
  ['a template literal', 'const type = `AWS::IAM::${kind}Policy`;', 'AWS::IAM::'],
  ['a template literal without places', 'const name = `Ref`;', 'Ref'],
  ['one inside of another', "const text = `a ${of('AWS::NoValue')} b`;", 'AWS::NoValue'],
  ['a type of TypeScript', "type Name = 'Ref' | string;", 'Ref'],
  ['a template of TypeScript', 'type Name = `Fn::${string}`;', 'Fn::'],
  ['behind what looks like a comment', "const url = 'https://a'; const type = 'AWS::X';", 'AWS::X'],
])('a literal that names CloudFormation is told with its place: %s', (_, line, text) => {
  expect(found({ 'compare/kinds.ts': `/** Größe: é. */\n\n${line}\n` })).toEqual([`compare/kinds.ts:3: ${text}`]);
});

test.each([
  ['a comment', "// 'AWS::S3::Bucket'\n/* `Fn::Sub`, 'Ref' */\nconst a = 1;"],
  ['a comment behind a literal', "const a = 'b'; // 'Ref'"],
  ['a text that mentions it', "const help = 'such as AWS::S3::Bucket';"],
  ['a regular expression', "const types = /^'AWS::/;"],
  ['a longer word', "const label = 'Reference'; const of = `Ref${a}`;"],
])('what is no such literal is fine: %s', (_, text) => {
  expect(found({ 'compare/kinds.ts': text })).toEqual([]);
});

test('the adapter may name its own', () => {
  expect(found({ 'iac/cloudformation/types/a.ts': "const a = 'AWS::X';" })).toEqual([]);
  expect(found({ 'iac/cloudformation-like.ts': "const a = 'AWS::X';" })).toEqual([
    'iac/cloudformation-like.ts:1: AWS::X',
  ]);
});

test('all that are found are told, of every file', () => {
  const files = { 'b.ts': "f('Ref',\n'Fn::If');", 'a/c.ts': "g('AWS::Y');", 'a/c.js': "g('AWS::Z');" };
  expect(found(files)).toEqual(['a/c.ts:1: AWS::Y', 'b.ts:1: Ref', 'b.ts:2: Fn::If']);
});
