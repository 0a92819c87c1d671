import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../../../src/base/errors.js';
import { parseSamConfig } from '../../../../src/iac/cloudformation/find/samconfig.js';
import { createSource } from '../../../../src/syntax/source.js';

const parse = (text: string, path = 'api/samconfig.toml') => parseSamConfig(createSource(path, text));

describe('samconfig', () => {
  test('tells the stack, template, region and parameters of each environment', async () => {
    const text = `version = 0.1
[default.deploy.parameters]
stack_name = "orders"
region = "eu-west-1"
parameter_overrides = "Env=prod Name=\\"two words\\" Empty=\\"\\""
[test.global.parameters]
stack_name = "orders-test"
[test.build.parameters]
template_file = "../infra/sam.yaml"
[test.deploy.parameters]
parameter_overrides = ["ParameterKey=Env,ParameterValue=test", "Size=1"]
[lint.validate.parameters]
lint = true
`;
    expect(await parse(text)).toEqual([
      {
        origin: 'api/samconfig.toml (default)',
        stackName: 'orders',
        templates: ['api/template.yaml', 'api/template.yml', 'api/template.json'],
        region: 'eu-west-1',
        overrides: new Map([
          ['Env', 'prod'],
          ['Name', 'two words'],
          ['Empty', ''],
        ]),
      },
      {
        origin: 'api/samconfig.toml (test)',
        stackName: 'orders-test',
        templates: ['infra/sam.yaml'],
        overrides: new Map([
          ['Env', 'test'],
          ['Size', '1'],
        ]),
      },
    ]);
  });

  test('may be YAML', async () => {
    const text = 'default:\n  deploy:\n    parameters: { stack_name: orders }\n';
    expect(await parse(text, 'samconfig.yaml')).toMatchObject([
      {
        origin: 'samconfig.yaml (default)',
        stackName: 'orders',
        templates: ['template.yaml', 'template.yml', 'template.json'],
      },
    ]);
  });

  test('that can not be parsed is told with its line', async () => {
    const error = await parse('[default\nx = 1').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DriftError);
    expect((error as DriftError).problems[0]).toMatchObject({ file: 'api/samconfig.toml', line: 1 });
  });

  test.each(['', '[default]\ndeploy = 1', '[__proto__.deploy.parameters]\nstack_name = 1', 'default = [1, 2]'])(
    'names no stack: %j',
    async (text) => {
      expect(await parse(text)).toEqual([]);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
});
