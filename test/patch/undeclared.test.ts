import { expect, test } from '@jest/globals';
import type { Finding } from '../../src/model/report.js';
import { unifiedDiff } from '../../src/patch/unified-diff.js';
import { scan } from '../../src/scan/scan.js';
import { describeScenarios, linesOf, makeScenario, type Scenario } from '../support/patching.js';

const BUCKET = `Resources:
  Assets:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: shop-assets   # known to the till
      Tags:
        - Key: Team
          Value: shop
    # kept for a year
    DeletionPolicy: Retain
  Bare:
    Type: AWS::S3::Bucket
`;

const ROLE = `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: api
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: ecs.amazonaws.com }
            Action: sts:AssumeRole
`;

const SORTED = `Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: 5
      MessageRetentionPeriod: 60
      QueueName: orders
      ReceiveMessageWaitTimeSeconds: 10
`;

const ACL = `Resources:
  Acl:
    Type: AWS::WAFv2::WebACL
    Properties:
      Name: shop
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: shop }
      Rules:
        - Name: common
          Priority: 0
          OverrideAction: { None: {} }
          VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: common }
          Statement:
            ManagedRuleGroupStatement:
              VendorName: AWS
              Name: AWSManagedRulesCommonRuleSet
`;

const FUNCTION = `Resources:
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: worker
`;

const STATEMENT = {
  Effect: 'Allow',
  Principal: { Service: 'es.amazonaws.com' },
  Action: 'logs:PutLogEvents',
  Resource: '*',
};
const POLICY = { Version: '2012-10-17', Statement: [STATEMENT] };

const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const READ = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const AUDIT = 'arn:aws:iam::aws:policy/SecurityAudit';

describeScenarios('what no template declares', [
  {
    name: 'a block map in YAML',
    template: BUCKET,
    baseline: { Assets: {} },
    drift: [['set', 'Assets/VersioningConfiguration', { Status: 'Suspended' }]],
    diff: ['+      VersioningConfiguration:', '+        Status: Suspended'],
  },
  {
    name: 'a resource without properties',
    template: BUCKET,
    baseline: { Bare: {} },
    drift: [['set', 'Bare/VersioningConfiguration', { Status: 'Suspended' }]],
    diff: ['+    Properties:', '+      VersioningConfiguration:', '+        Status: Suspended'],
  },
  {
    name: 'a resource whose properties are empty',
    template: BUCKET.replace(
      '  Bare:\n    Type: AWS::S3::Bucket\n',
      '  Bare: { Type: AWS::S3::Bucket, Properties: {} }\n',
    ),
    baseline: { Bare: {} },
    drift: [['set', 'Bare/VersioningConfiguration', { Status: 'Suspended' }]],
    diff: [
      '-  Bare: { Type: AWS::S3::Bucket, Properties: {} }',
      '+  Bare: { Type: AWS::S3::Bucket, Properties: { VersioningConfiguration: { Status: Suspended } } }',
    ],
  },
  {
    name: 'a resource whose properties are left out',
    template: `${BUCKET}    Properties: !Ref AWS::NoValue\n`,
    baseline: { Bare: {} },
    drift: [['set', 'Bare/VersioningConfiguration', { Status: 'Suspended' }]],
    diff: [
      '-    Properties: !Ref AWS::NoValue',
      '+    Properties:',
      '+      VersioningConfiguration:',
      '+        Status: Suspended',
    ],
  },
  {
    name: 'JSON',
    template: '{ "Resources": { "Assets": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "b" } } } }\n',
    baseline: { Assets: {} },
    drift: [['set', 'Assets/VersioningConfiguration', { Status: 'Suspended' }]],
    diff: [
      '-{ "Resources": { "Assets": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "b" } } } }',
      '+{ "Resources": { "Assets": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "b", "VersioningConfiguration": { "Status": "Suspended" } } } } }',
    ],
  },
  {
    name: 'siblings in alphabetical order',
    template: SORTED,
    baseline: { Queue: {} },
    drift: [['set', 'Queue/KmsMasterKeyId', 'alias/shop']],
    diff: ['+      KmsMasterKeyId: alias/shop'],
  },
  {
    name: 'other than was accepted, in a map that is missing',
    template: BUCKET,
    baseline: { Assets: { '/VersioningConfiguration/Status': 'Enabled' } },
    drift: [['set', 'Assets/VersioningConfiguration', { Status: 'Suspended' }]],
    diff: ['+      VersioningConfiguration:', '+        Status: Suspended'],
  },
  {
    name: 'two in a map that is missing are one edit',
    template: BUCKET,
    baseline: {
      Assets: {
        '/PublicAccessBlockConfiguration/BlockPublicAcls': true,
        '/PublicAccessBlockConfiguration/BlockPublicPolicy': true,
        '/PublicAccessBlockConfiguration/IgnorePublicAcls': true,
      },
    },
    drift: [
      [
        'set',
        'Assets/PublicAccessBlockConfiguration',
        { BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: true },
      ],
    ],
    diff: [
      '+      PublicAccessBlockConfiguration:',
      '+        BlockPublicAcls: false',
      '+        BlockPublicPolicy: false',
    ],
    notes: [
      'together with /PublicAccessBlockConfiguration/BlockPublicPolicy',
      'together with /PublicAccessBlockConfiguration/BlockPublicAcls',
    ],
  },
  {
    name: 'in an element of a declared list',
    template: ACL,
    baseline: { Acl: {} },
    drift: [
      [
        'set',
        'Acl/Rules/0/Statement/ManagedRuleGroupStatement/RuleActionOverrides',
        [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }],
      ],
    ],
    diff: [
      '+              RuleActionOverrides:',
      '+                - Name: SizeRestrictions_BODY',
      '+                  ActionToUse:',
      '+                    Count: {}',
    ],
  },
  {
    name: 'an element of a list that is not declared: all of the list, once for two of them',
    template: ROLE,
    baseline: { Role: { '/ManagedPolicyArns': [READ] } },
    drift: [['set', 'Role/ManagedPolicyArns', [ADMIN, READ, AUDIT]]],
    diff: ['+      ManagedPolicyArns:', `+        - ${ADMIN}`, `+        - ${READ}`, `+        - ${AUDIT}`],
    notes: [
      'declares all 3 elements of /ManagedPolicyArns, which is compared as a whole',
      'declares all 3 elements of /ManagedPolicyArns, which is compared as a whole',
    ],
  },
  {
    name: 'an entry of a map of the author, which is compared as a whole',
    template: FUNCTION,
    baseline: { Worker: { '/Environment/Variables/LEVEL': 'info' } },
    drift: [['set', 'Worker/Environment', { Variables: { LEVEL: 'info', DEBUG: '1' } }]],
    diff: ['+      Environment:', '+        Variables:', '+          LEVEL: info', '+          DEBUG: "1"'],
    notes: ['declares all 2 entries of /Environment/Variables'],
  },
  {
    name: 'a statement of a policy',
    template: 'Resources:\n  Logs:\n    Type: AWS::Logs::LogGroup\n    Properties:\n      LogGroupName: shop\n',
    baseline: { Logs: { '/ResourcePolicyDocument': POLICY } },
    drift: [
      ['set', 'Logs/ResourcePolicyDocument', { ...POLICY, Statement: [{ ...STATEMENT, Action: 'logs:GetLogEvents' }] }],
    ],
    diff: [
      '+      ResourcePolicyDocument:',
      '+        Version: "2012-10-17"',
      '+        Statement:',
      '+          - Effect: Allow',
      '+            Principal:',
      '+              Service: es.amazonaws.com',
      '+            Action: logs:GetLogEvents',
      '+            Resource: "*"',
    ],
    notes: ['declares all 2 entries of /ResourcePolicyDocument'],
  },
  {
    name: 'a reference to another resource of the stack',
    template: `${SORTED}  Key:
    Type: AWS::KMS::Key
    Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [] } }
`,
    attributes: { 'Key.Arn': 'arn:aws:kms:eu-west-1:111111111111:key/k' },
    baseline: { Queue: {} },
    drift: [['set', 'Queue/KmsMasterKeyId', 'arn:aws:kms:eu-west-1:111111111111:key/k']],
    diff: ['+      KmsMasterKeyId: !GetAtt Key.Arn'],
  },
  {
    name: 'what a reference would make a circle of, as it is',
    template: `${SORTED}  Key:
    Type: AWS::KMS::Key
    Properties: { Description: !GetAtt Queue.QueueName, KeyPolicy: { Version: "2012-10-17", Statement: [] } }
`,
    attributes: { 'Key.Arn': 'arn:aws:kms:eu-west-1:111111111111:key/k' },
    baseline: { Queue: {} },
    drift: [['set', 'Queue/KmsMasterKeyId', 'arn:aws:kms:eu-west-1:111111111111:key/k']],
    diff: ['+      KmsMasterKeyId: arn:aws:kms:eu-west-1:111111111111:key/k'],
  },
  {
    name: 'what also drifted beside it',
    template: BUCKET,
    baseline: { Assets: {} },
    drift: [
      ['set', 'Assets/VersioningConfiguration', { Status: 'Suspended' }],
      ['set', 'Assets/Tags/0/Value', 'till'],
    ],
    diff: [
      '-          Value: shop',
      '+          Value: till',
      '+      VersioningConfiguration:',
      '+        Status: Suspended',
    ],
  },
]);

describeScenarios('what no template declares, and none is to', [
  {
    name: 'a secret',
    template: `Resources:
  Worker:
    Type: AWS::Lambda::Function
    Properties: { FunctionName: worker }
`,
    baseline: { Worker: {} },
    drift: [['set', 'Worker/Environment', { Variables: { DB_PASSWORD: 'correct-horse' } }]],
    refused: ['it holds a secret'],
  },
  {
    name: 'a list with a secret in another element',
    template:
      'Resources:\n  Group:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties: { MinSize: "1", MaxSize: "1" }\n',
    baseline: {
      Group: { '/Tags': [{ Key: 'DB_PASSWORD', Value: 'correct-horse-battery', PropagateAtLaunch: false }] },
    },
    drift: [
      [
        'set',
        'Group/Tags',
        [
          { Key: 'DB_PASSWORD', Value: 'correct-horse-battery', PropagateAtLaunch: false },
          { Key: 'Team', Value: 'shop', PropagateAtLaunch: false },
        ],
      ],
    ],
    refused: ['what it is in has to be declared as a whole, and holds a secret'],
  },
  {
    name: 'what can only be set at creation',
    template: SORTED,
    baseline: { Queue: {} },
    drift: [['set', 'Queue/FifoQueue', true]],
    refused: ['declaring it would replace the resource'],
  },
  {
    name: 'the first property of a resource that a loop makes',
    template: `Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Buckets:
    - Name
    - [One]
    - Bucket\${Name}: { Type: AWS::S3::Bucket }
`,
    baseline: { BucketOne: {} },
    drift: [['set', 'BucketOne/VersioningConfiguration', { Status: 'Suspended' }]],
    refused: ['BucketOne is made by Fn::ForEach: declare it in the loop by hand'],
  },
  {
    name: 'what disappeared',
    template: BUCKET,
    baseline: { Assets: { '/VersioningConfiguration/Status': 'Enabled' } },
    drift: [],
    refused: ['it is gone from the cloud: write the baseline anew, or restore it'],
  },
]);

const OPEN_BUCKET: Scenario = {
  name: 'two in a map',
  template: BUCKET,
  baseline: { Assets: {} },
  drift: [
    ['set', 'Assets/VersioningConfiguration', { Status: 'Suspended' }],
    ['set', 'Assets/AccelerateConfiguration', { AccelerationStatus: 'Enabled' }],
  ],
};

const TWO_POLICIES: Scenario = {
  name: 'two in a list',
  template: ROLE,
  baseline: { Role: { '/ManagedPolicyArns': [READ] } },
  drift: [['set', 'Role/ManagedPolicyArns', [ADMIN, READ, AUDIT]]],
};

async function patchedAlone(scenario: Scenario, wants: (finding: Finding) => boolean): Promise<string[]> {
  const result = await scan({ ...makeScenario(scenario), patch: { wants } });
  return linesOf(await unifiedDiff(result.patched));
}

test('one finding is patched by itself; of a list that is not declared, all of it', async () => {
  expect(await patchedAlone(OPEN_BUCKET, ({ path }) => path.startsWith('/VersioningConfiguration'))).toEqual([
    '+      VersioningConfiguration:',
    '+        Status: Suspended',
  ]);
  expect(await patchedAlone(TWO_POLICIES, ({ live }) => live === AUDIT)).toEqual([
    '+      ManagedPolicyArns:',
    `+        - ${ADMIN}`,
    `+        - ${READ}`,
    `+        - ${AUDIT}`,
  ]);
});
