import { expect, test } from '@jest/globals';
import { scan } from '../../src/scan/scan.js';
import { runCli } from '../support/cli.js';
import { describeScenarios, makeScenario, REGION, type Scenario } from '../support/patching.js';
import { writeFiles } from '../support/repository.js';

const TEMPLATE = `Parameters:
  Stage:
    Type: String
    Default: dev
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Ref Stage
      DelaySeconds: 5
`;

/** Two stacks of one template, each with what else its entry says. */
function two(test: string, prod: string, template = 'templates/shop.yaml'): string {
  const entry = (stage: string, more: string) =>
    `  - name: shop-${stage}\n    template: ${template}\n    region: ${REGION}\n    ${more}\n`;
  return `version: 1\nprovider: snapshot\nstacks:\n${entry('test', test)}${entry('prod', prod)}`;
}

const FILES = {
  'gitops-drift.yaml': two('parametersFile: test.json', 'parametersFile: prod.json'),
  'test.json': '{\n  "Parameters": {\n    "Stage": "test"\n  }\n}\n',
  'prod.json': '[\n  {\n    "ParameterKey": "Stage",\n    "ParameterValue": "prod"\n  }\n]\n',
};
const BOTH = { 'shop-test': { Stage: 'test' }, 'shop-prod': { Stage: 'prod' } };
const SHOP = { template: TEMPLATE, stacks: BOTH, files: FILES } satisfies Partial<Scenario>;
const IN_PROD = [
  'prod.json',
  '+  },',
  '+  {',
  '+    "ParameterKey": "OrdersDelaySeconds",',
  '+    "ParameterValue": "9"',
];
const OTHER = 'the edit would also change Orders of stack shop-test';

describeScenarios('a literal that several stacks share', [
  {
    ...SHOP,
    name: 'becomes a parameter, with the old value as default',
    drift: [['set', 'shop-prod:Orders/DelaySeconds', 9]],
    diff: [
      ...IN_PROD,
      '+  OrdersDelaySeconds:',
      '+    Type: Number',
      '+    Default: 5',
      '-      DelaySeconds: 5',
      '+      DelaySeconds: !Ref OrdersDelaySeconds',
    ],
    notes: [
      `makes it the parameter OrdersDelaySeconds, with a value for shop-prod in prod.json and what it was as the default: otherwise ${OTHER}`,
    ],
  },
  {
    ...SHOP,
    name: 'with the value in the configuration, where the stack has its others there',
    files: { 'gitops-drift.yaml': two('parameters: { Stage: test }', 'parameters: { Stage: prod } # peak') },
    drift: [['set', 'shop-prod:Orders/DelaySeconds', 9]],
    diff: [
      'gitops-drift.yaml',
      '-    parameters: { Stage: prod } # peak',
      '+    parameters: { Stage: prod, OrdersDelaySeconds: "9" } # peak',
      '+  OrdersDelaySeconds:',
      '+    Type: Number',
      '+    Default: 5',
      '-      DelaySeconds: 5',
      '+      DelaySeconds: !Ref OrdersDelaySeconds',
    ],
    notes: ['makes it the parameter'],
  },
  {
    ...SHOP,
    name: 'also where no parameters were, and a boolean',
    template: TEMPLATE.replace(/^Parameters[\s\S]*?(?=Resources)/, '').replace(
      '!Ref Stage',
      'orders\n      FifoQueue: true',
    ),
    files: { ...FILES, 'test.json': '{"Parameters": {}}\n', 'prod.json': '{"Parameters": {}}\n' },
    stacks: { 'shop-test': {}, 'shop-prod': {} },
    drift: [['set', 'shop-prod:Orders/FifoQueue', false]],
    diff: [
      'prod.json',
      '-{"Parameters": {}}',
      '+{"Parameters": {"OrdersFifoQueue": "false"}}',
      '+Parameters:',
      '+  OrdersFifoQueue:',
      '+    Type: String',
      '+    Default: "true"',
      '+    AllowedValues:',
      '+      - "true"',
      '+      - "false"',
      '-      FifoQueue: true',
      '+      FifoQueue: !Ref OrdersFifoQueue',
    ],
    notes: ['makes it the parameter'],
  },
  {
    ...SHOP,
    name: 'under another name where that is taken',
    template: TEMPLATE.replace('Parameters:\n', 'Parameters:\n  OrdersDelaySeconds: { Type: String, Default: x }\n'),
    drift: [['set', 'shop-prod:Orders/DelaySeconds', 9]],
    diff: [
      ...IN_PROD.map((line) => line.replace('DelaySeconds', 'DelaySeconds2')),
      '+  OrdersDelaySeconds2:',
      '+    Type: Number',
      '+    Default: 5',
      '-      DelaySeconds: 5',
      '+      DelaySeconds: !Ref OrdersDelaySeconds2',
    ],
    notes: ['makes it the parameter'],
  },
  {
    ...SHOP,
    name: 'for both, where they drifted apart: one parameter, two values',
    drift: [
      ['set', 'shop-test:Orders/DelaySeconds', 7],
      ['set', 'shop-prod:Orders/DelaySeconds', 9],
    ],
    diff: [
      ...IN_PROD,
      '+  OrdersDelaySeconds:',
      '+    Type: Number',
      '+    Default: 5',
      '-      DelaySeconds: 5',
      '+      DelaySeconds: !Ref OrdersDelaySeconds',
      'test.json',
      '-    "Stage": "test"',
      '+    "Stage": "test",',
      '+    "OrdersDelaySeconds": "7"',
    ],
    notes: ['makes it the parameter', 'makes it the parameter'],
  },
  {
    ...SHOP,
    name: 'and two of one stack, in a file that had none yet',
    files: { ...FILES, 'prod.json': '{"Parameters": {}}\n' },
    drift: [
      ['set', 'shop-prod:Orders/DelaySeconds', 9],
      ['set', 'shop-prod:Orders/QueueName', 'x'],
    ],
    diff: [
      'prod.json',
      '-{"Parameters": {}}',
      '+{"Parameters": {"Stage": "x", "OrdersDelaySeconds": "9"}}',
      '+  OrdersDelaySeconds:',
      '+    Type: Number',
      '+    Default: 5',
      '-      DelaySeconds: 5',
      '+      DelaySeconds: !Ref OrdersDelaySeconds',
    ],
    notes: ['sets the parameter Stage', 'makes it the parameter'],
  },
  {
    ...SHOP,
    name: 'stays where nothing says which parameters the stack has: the file is named that is missing',
    files: { 'gitops-drift.yaml': two('parametersFile: test.json', '# none'), 'test.json': FILES['test.json'] },
    drift: [['set', 'shop-prod:Orders/DelaySeconds', 9]],
    refused: [
      `${OTHER}: stack shop-prod has no parameter file, in which it could have a value of its own: add templates/parameters/shop-prod.json with {"Parameters": {}}, name it as parametersFile: of the stack in gitops-drift.yaml, and scan again`,
    ],
  },
  {
    ...SHOP,
    name: 'and so does a default of a parameter',
    files: { 'gitops-drift.yaml': two('parametersFile: test.json', '# none'), 'test.json': '{"Parameters": {}}' },
    stacks: { 'shop-test': {}, 'shop-prod': {} },
    drift: [['set', 'shop-prod:Orders/QueueName', 'live']],
    refused: ['in which the parameter Stage could have a value of its own: add templates/parameters/shop-prod.json'],
  },
  {
    ...SHOP,
    name: 'stays where both stacks have one parameter file',
    files: { ...FILES, 'gitops-drift.yaml': two('parametersFile: test.json', 'parametersFile: test.json') },
    stacks: { 'shop-test': { Stage: 'test' }, 'shop-prod': { Stage: 'test' } },
    drift: [['set', 'shop-prod:Orders/DelaySeconds', 9]],
    refused: [OTHER],
  },
  {
    ...SHOP,
    name: 'stays where the other stack is not scanned',
    request: { stacks: ['shop-prod'] },
    drift: [['set', 'shop-prod:Orders/DelaySeconds', 9]],
    refused: ['stack shop-test has the same template or parameters, and was not part of this scan'],
  },
  {
    ...SHOP,
    name: 'stays in a document of the author, where a text would be another value than a number',
    template: `${TEMPLATE}  Steps:\n    Type: AWS::SSM::Document\n    Properties: { Content: { timeout: 5 } }\n`,
    drift: [['set', 'shop-prod:Steps/Content/timeout', 9]],
    refused: ['the edit would also change Steps of stack shop-test'],
  },
]);

test('a saved report has the edits of both files, and --apply writes both or none', async () => {
  const drift: Scenario['drift'] = [['set', 'shop-prod:Orders/DelaySeconds', 9]];
  const { repository: cwd, snapshot } = makeScenario({ ...SHOP, name: 'shop', drift });
  await runCli(['scan', '--snapshot', snapshot, '-q', '-o', 'json=drift.json'], { cwd });
  const { report } = await scan({ repository: cwd, snapshot, patch: {} });
  const [finding] = report.findings;
  expect(new Set(finding?.patch.edits?.map(({ file }) => file))).toEqual(new Set(['templates/shop.yaml', 'prod.json']));
  const patch = ['patch', '--report', 'drift.json', '--finding', finding?.id ?? '', '--apply'];
  writeFiles(cwd, { 'prod.json': '[]\n' });
  const late = await runCli(patch, { cwd });
  expect(late).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('prod.json: the file changed') });
  writeFiles(cwd, { 'prod.json': FILES['prod.json'] });
  expect(await runCli(patch, { cwd })).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('in ') });
  const after = await scan({ repository: cwd, snapshot });
  expect(after.report.findings.filter(({ verdict }) => verdict === 'drift')).toEqual([]);
});
