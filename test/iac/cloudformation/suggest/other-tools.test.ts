import { describe, expect, test } from '@jest/globals';
import { isToolFile, parseToolFile } from '../../../../src/iac/cloudformation/suggest/other-tools.js';
import { createSource } from '../../../../src/syntax/source.js';

function read(path: string, text: string) {
  const source = createSource(path, text);
  if (!isToolFile(source)) return undefined;
  return parseToolFile(source).map(({ values, unread, path: _, ...rest }) => ({
    ...rest,
    values: Object.fromEntries(values),
    unread: Object.fromEntries(unread),
  }));
}

describe('what other tools say of a stack', () => {
  test.each([
    ['config/dev/vpc.yaml', 'template_path: net/vpc.yaml', ['templates/net/vpc.yaml', 'net/vpc.yaml']],
    [
      'infra/config/vpc.yml',
      'template:\n  path: vpc.yaml\n  type: file',
      ['infra/templates/vpc.yaml', 'infra/vpc.yaml'],
    ],
  ])('Sceptre: %s', (path, template, templates) => {
    const text = `${template}
stack_name: net-dev
dependencies: [a.yaml]
parameters:
  Plain: "10"
  Zones: [a, b]
  Vpc: !stack_output dev/vpc.yaml::VpcId
  Chosen: !rcmd "date"
  Filled: {{ var.env }}
  Part: x-{{ environment_variable.X }}-y
`;
    expect(read(path, text)).toEqual([
      {
        origin: path,
        templates,
        stack: 'net-dev',
        values: { Plain: '10', Zones: 'a,b' },
        unread: { Vpc: '!stack_output', Chosen: '!rcmd', Filled: 'Jinja', Part: 'Jinja' },
      },
    ]);
  });

  test('taskcat: a test each, its parameters over those of the project', () => {
    const text = `general: { parameters: { A: general, B: general } }
project:
  name: shop
  parameters: { B: project, C: project, Key: "$[taskcat_genpass_8A]" }
tests:
  one: { template: ./t/shop.yaml, parameters: { C: test, Key: mine }, regions: [eu-west-1] }
  two: { template: t/shop.yaml }
`;
    const shared = { templates: ['ci/t/shop.yaml'] };
    expect(read('ci/.taskcat.yml', text)).toEqual([
      {
        origin: 'ci/.taskcat.yml (one)',
        ...shared,
        values: { A: 'general', B: 'project', C: 'test', Key: 'mine' },
        unread: {},
      },
      {
        origin: 'ci/.taskcat.yml (two)',
        ...shared,
        values: { A: 'general', B: 'project', C: 'project' },
        unread: { Key: 'a variable' },
      },
    ]);
  });

  test('org-formation: a task each that updates stacks', () => {
    const text = `Parameters: { appName: { Type: String, Default: shop } }
Budget:
  Type: update-stacks
  StackName: budget
  Template: ./budget.yml
  Parameters:
    Limit: 100
    Account: !Ref CurrentAccount
    Name: !Sub '\${appName}-x'
    Text: "\${appName}"
Org: { Type: update-organization, Template: ./organization.yml }
`;
    expect(read('org/tasks.yml', text)).toEqual([
      {
        origin: 'org/tasks.yml (Budget)',
        templates: ['org/budget.yml'],
        stack: 'budget',
        values: { Limit: '100' },
        unread: { Account: '!Ref', Name: '!Sub', Text: 'a variable' },
      },
    ]);
  });

  test.each([
    ['params/dev.yaml', 'template_path: a.yaml\nparameters: { A: 1 }\n'],
    ['config/dev.json', '{"template_path": "a.yaml", "parameters": {}}'],
    ['config/dev.yaml', 'template_path: a.yaml\n'],
    ['config/dev.yaml', 'parameters: { A: 1 }\n'],
    ['tasks.yml', 'A:\n  Type: update-organization\n'],
    ['taskcat.yml', 'tests: {}\n'],
  ])('nothing: %s %j', (path, text) => {
    expect(read(path, text)).toBeUndefined();
  });
});
