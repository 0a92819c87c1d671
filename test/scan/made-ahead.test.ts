import { expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/base/json.js';
import { scanFiles } from '../support/memory.js';

/** What a transform made: by logical ID, a type and properties. */
type Made = Record<string, { Type: string; Properties: JsonObject }>;

const HEAD = 'Transform: AWS::Serverless-2016-10-31\n';
const FUNCTION = `Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: s3://b/k, Handler: a.b, Runtime: nodejs20.x, Role: 'arn:aws:iam::1:role/r' }
`;
const FN: Made = {
  Fn: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      ...{ Handler: 'a.b', Runtime: 'nodejs20.x', Role: 'arn:aws:iam::1:role/r' },
      Code: { S3Bucket: 'b', S3Key: 'k' },
    },
  },
};

/** A function with an event that asks for the API which SAM makes for all of them. */
const routed = (globals: string) =>
  `${HEAD}${globals}${FUNCTION.replace(
    ' }',
    ', Events: { Get: { Type: Api, Properties: { Path: /, Method: get } } } }',
  )}`;
const API: Made = {
  ...FN,
  ServerlessRestApi: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 's', Body: {} } },
};

const MACHINE = `${HEAD}Resources:
  M:
    Type: AWS::Serverless::StateMachine
    Properties:
      Role: arn:aws:iam::1:role/r
      AutoPublishAlias: live
      DeploymentPreference: { Type: CANARY, Percentage: 10 }
`;
const MACHINES: Made = {
  M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: 'arn:aws:iam::1:role/r' } },
  MAliaslive: {
    Type: 'AWS::StepFunctions::StateMachineAlias',
    Properties: { Name: 'live', DeploymentPreference: { Type: 'CANARY', Percentage: 10, StateMachineVersionArn: 'v' } },
  },
};

const macro = (name: string) => `Transform: ${name}
Resources:
  T:
    Type: AWS::SNS::Topic
    Properties: { DisplayName: a }
`;
const included = (file: string) => `Resources:
  T:
    Type: AWS::SNS::Topic
    Properties:
      Fn::Transform: { Name: AWS::Include, Parameters: { Location: ${file} } }
`;
const T: Made = { T: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'made' } } };

/** What Git has instead of what is deployed, what was made of that, and the lines of those resources that are ahead. */
const AHEAD: [what: string, deployed: string, git: string, made: Made, told: Record<string, number>][] = [
  ['code elsewhere', HEAD + FUNCTION, HEAD + FUNCTION.replace('s3://b/k', 's3://b/l'), FN, { Fn: 5 }],
  ['code that packaging puts somewhere', HEAD + FUNCTION, HEAD + FUNCTION.replace('s3://b/k', 'src/'), FN, {}],
  [
    'code that packaging names in parts',
    HEAD + FUNCTION.replace('s3://b/k', '{ Bucket: b, Key: k }'),
    HEAD + FUNCTION.replace('s3://b/k', 'src/'),
    FN,
    {},
  ],
  ['code that packaging adds', HEAD + FUNCTION, HEAD + FUNCTION.replace('CodeUri: s3://b/k, ', ''), FN, {}],
  [
    'defaults of an API that SAM makes',
    routed('Globals: { Api: { Cors: a, TracingEnabled: true } }\n'),
    routed('Globals: { Api: { Cors: b, TracingEnabled: true } }\n'),
    API,
    { Fn: 2 },
  ],
  ['no more defaults of such an API', routed('Globals: { Api: { Cors: a } }\n'), routed(''), API, { Fn: 1 }],
  ['new defaults of such an API', routed(''), routed('Globals: { Api: { Cors: a } }\n'), API, { Fn: 2 }],
  [
    'defaults of another kind',
    routed('Globals: { HttpApi: { Tags: { a: b } } }\n'),
    routed('Globals: { HttpApi: { Tags: { a: c } } }\n'),
    API,
    {},
  ],
  [
    'no more of a map that was passed on with more in it',
    MACHINE,
    MACHINE.replace(/ {6}Deploy.*\n/, ''),
    MACHINES,
    { M: 6 },
  ],
  ['one more macro', HEAD + FUNCTION, HEAD.replace(/AWS.*/, '[Mine, $&]') + FUNCTION, FN, { Fn: 1 }],
  ['one macro less', HEAD.replace(/AWS.*/, '[Mine, $&]') + FUNCTION, HEAD + FUNCTION, FN, { Fn: 1 }],
  ['what changes nothing', HEAD + FUNCTION, HEAD.replace(/AWS.*/, '[AWS::LanguageExtensions, $&]') + FUNCTION, FN, {}],
  [
    'what a macro is given',
    macro('{ Name: Mine, Parameters: { X: 1 } }'),
    macro('{ Name: Mine, Parameters: { X: 2 } }'),
    T,
    { T: 1 },
  ],
  ['another file to include', included('s3://b/1.yaml'), included('s3://b/2.yaml'), T, { T: 5 }],
  ['a file to include that is uploaded', included('s3://b/1.yaml'), included('one.yaml'), T, {}],
  [
    'keys that CloudFormation gives back otherwise',
    MACHINE.replace('Role:', 'Tags: { L?nge: ? }\n      Role:'),
    MACHINE.replace('Role:', 'Tags: { Länge: ä }\n      Role:'),
    MACHINES,
    {},
  ],
];

test.each(AHEAD)('Git has %s', async (_, deployed, git, made, told) => {
  const { report } = await scanFiles(world({ git, deployed, made, processed: { Resources: made } }), {});
  expect(report.stacks.flatMap(({ error }) => error ?? [])).toEqual([]);
  const findings = report.findings.map(({ logicalId, path, verdict, location }) => [
    `${logicalId}${path}`,
    verdict,
    location?.line,
  ]);
  expect(findings).toEqual(Object.entries(told).map(([id, line]) => [id, 'undeployed', line]));
});

test.each<[what: string, processed: Json | undefined, reason: string]>([
  ['is missing', undefined, 'what was made of the deployed template is not known'],
  ['is none', null, 'what was made of the deployed template is not known'],
  ['has no resources', { Resources: {} }, 'what was made of the deployed template has no resources'],
  ['is empty', {}, 'what was made of the deployed template has no resources'],
  ['lacks what is deployed', { Resources: T }, 'what was made of the deployed template has no Fn'],
  ['has a text for a resource', { Resources: { Fn: 'x', ...T } }, 'what was made of the deployed template has no Fn'],
  ['is a list', '[1]', 'a template must be an object with Resources'],
])('where what was made %s, nothing is called in sync', async (_, processed, reason) => {
  const git = HEAD + FUNCTION;
  const { report } = await scanFiles(world({ git, deployed: git, made: FN, processed }), {});
  expect(report.resources.map(({ logicalId, status, reason: why }) => [logicalId, status, why])).toEqual([
    ['Fn', 'unsupported', `AWS::Serverless makes other resources of it: ${reason}`],
  ]);
  expect(report.summary.exitCode).toBe(2);
});

/** What is live of a resource, and what of it an edit of Git would also change: a name, or what a role may do. */
const TWICE: [what: string, properties: string, deployed: JsonObject, live: JsonObject][] = [
  ['tracing', 'Tracing: Active', { TracingConfig: { Mode: 'Active' } }, { TracingConfig: { Mode: 'PassThrough' } }],
  [
    'where failures go',
    'DeadLetterQueue: { Type: SQS, TargetArn: arn:q }',
    { DeadLetterConfig: { TargetArn: 'arn:q' } },
    { DeadLetterConfig: { TargetArn: 'arn:z' } },
  ],
];

test.each(TWICE)('%s of a function whose role SAM makes is not edited by rules', async (_, own, was, live) => {
  const base = HEAD + FUNCTION.replace('CodeUri', `${own}, CodeUri`);
  const made = (more: JsonObject): Made => ({
    Fn: { Type: 'AWS::Lambda::Function', Properties: { ...FN['Fn']?.Properties, ...more } },
  });
  const patched = async (deployed: string) => {
    const files = world({ git: deployed, deployed, made: made(live), processed: { Resources: made(was) } });
    const { report } = await scanFiles(files, { patch: {} });
    return report.findings.map(({ patch }) => patch.status);
  };
  expect(await patched(base.replace(/, Role: [^}]*/, ' '))).toEqual(['refused']);
  // With a role of its own, nothing else is made of it.
  expect(await patched(base)).toEqual(['patchable']);
});

test('the name of a stage, which is in logical IDs, is not edited; what else a stage has is', async () => {
  const git = `${HEAD}Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties: { StageName: prod, TracingEnabled: false, DefinitionUri: api.yaml }
`;
  const made = (StageName: string, TracingEnabled: boolean): Made => ({
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} },
    ApiprodStage: { Type: 'AWS::ApiGateway::Stage', Properties: { StageName, TracingEnabled } },
  });
  const processed = { Resources: made('prod', false) };
  const files = world({ git, deployed: git, made: made('live', true), processed });
  const { report } = await scanFiles(files, { patch: {} });
  expect(report.findings.map(({ path, patch }) => [path, patch.status]).sort()).toEqual([
    ['/StageName', 'refused'],
    ['/TracingEnabled', 'patchable'],
  ]);
});

test('who may call the URL of a function is not edited: SAM makes a permission of it', async () => {
  const git =
    HEAD + FUNCTION.replace('CodeUri', 'FunctionUrlConfig: { AuthType: AWS_IAM, InvokeMode: BUFFERED }, CodeUri');
  const made = (AuthType: string, InvokeMode: string): Made => ({
    ...FN,
    FnUrl: { Type: 'AWS::Lambda::Url', Properties: { AuthType, InvokeMode } },
  });
  const processed = { Resources: made('AWS_IAM', 'BUFFERED') };
  const files = world({ git, deployed: git, made: made('NONE', 'RESPONSE_STREAM'), processed });
  const { report } = await scanFiles(files, { patch: {} });
  expect(report.findings.map(({ path, patch }) => [path, patch.status]).sort()).toEqual([
    ['/AuthType', 'refused'],
    ['/InvokeMode', 'patchable'],
  ]);
});

interface World {
  git: string;
  deployed: string;
  /** As it is live. */
  made: Made;
  processed: Json | undefined;
}

function world({ git, deployed, made, processed }: World) {
  const resources = Object.entries(made).map(([logicalId, { Type, Properties }]) => ({
    ...{ logicalId, type: Type, physicalId: `s-${logicalId}`, properties: Properties },
  }));
  const stack = { name: 's', status: 'UPDATE_COMPLETE', template: deployed, processedTemplate: processed, resources };
  const regions = { 'eu-west-1': { stacks: [stack] } };
  return {
    'template.yaml': git,
    'live.json': JSON.stringify({ snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: null, regions }),
    'gitops-drift.yaml':
      'version: 1\nprovider: snapshot\nsnapshot: live.json\nstacks:\n  - { name: s, template: template.yaml, region: eu-west-1 }\n',
  };
}
