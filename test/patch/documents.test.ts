import { describeScenarios } from '../support/patching.js';

const POLICY = `Resources:
  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics:
        - arn:aws:sns:eu-west-1:111111111111:orders
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - Sid: Publish # from the till
            Effect: Allow
            Principal: "*"
            Action:
              - sns:Publish
            Resource: arn:aws:sns:eu-west-1:111111111111:orders
`;

/** A key policy as people paste it: JSON in a block of text. */
const BLOCK = `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Description: Reads # only
      AssumeRolePolicyDocument: |
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Principal": { "Service": "lambda.amazonaws.com" },
              "Action": "sts:AssumeRole"
            }
          ]
        }
      MaxSessionDuration: 3600
`;

const BLOCK_SUB = `Resources:
  Registry:
    Type: AWS::ECR::Repository
    Properties:
      RepositoryName: shop
      RepositoryPolicyText: !Sub |
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "Pull",
              "Effect": "Allow",
              "Principal": { "AWS": "arn:aws:iam::\${AWS::AccountId}:root" },
              "Action": ["ecr:BatchGetImage"]
            }
          ]
        }
`;

const QUOTED = `Resources:
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: '{"source":["aws.ec2"],"detail":{"state":["stopped"]}}'
  Dashboard:
    Type: AWS::CloudWatch::Dashboard
    Properties:
      DashboardBody: "{\\"widgets\\":[{\\"type\\":\\"text\\",\\"width\\":6}]}"
`;

const ASSUME = { Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };

describeScenarios('a policy', [
  {
    name: 'gets an action',
    template: POLICY,
    drift: [['set', 'Policy/PolicyDocument/Statement/0/Action', ['sns:Publish', 'sns:Subscribe']]],
    diff: ['+              - sns:Subscribe'],
  },
  {
    name: 'gets a second action, where there was one text',
    template: POLICY.replace(/Action:\n *- /, 'Action: '),
    drift: [['set', 'Policy/PolicyDocument/Statement/0/Action', ['sns:Publish', 'sns:Subscribe']]],
    diff: [
      '-            Action: sns:Publish',
      '+            Action:',
      '+              - sns:Publish',
      '+              - sns:Subscribe',
    ],
  },
  {
    name: 'gets a statement',
    template: POLICY,
    drift: [
      [
        'insert',
        'Policy/PolicyDocument/Statement/1',
        {
          Sid: 'Other',
          Effect: 'Deny',
          Principal: '*',
          Action: 'sns:*',
          Resource: 'arn:aws:sns:eu-west-1:111111111111:orders',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    ],
    diff: [
      '+          - Sid: Other',
      '+            Effect: Deny',
      '+            Principal: "*"',
      '+            Action: sns:*',
      '+            Resource: arn:aws:sns:eu-west-1:111111111111:orders',
      '+            Condition:',
      '+              Bool:',
      '+                aws:SecureTransport: "false"',
    ],
  },
  {
    name: 'has its effect changed',
    template: POLICY,
    drift: [['set', 'Policy/PolicyDocument/Statement/0/Effect', 'Deny']],
    diff: ['-            Effect: Allow', '+            Effect: Deny'],
  },
]);

describeScenarios('a document in a text', [
  {
    name: 'block of text',
    template: BLOCK,
    drift: [
      [
        'set',
        'Role/AssumeRolePolicyDocument',
        {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      ],
    ],
    diff: [
      '-              "Principal": { "Service": "lambda.amazonaws.com" },',
      '+              "Principal": { "Service": "ecs-tasks.amazonaws.com" },',
    ],
  },
  {
    name: 'block of text with CRLF',
    template: BLOCK.replaceAll('\n', '\r\n'),
    drift: [
      ['set', 'Role/AssumeRolePolicyDocument', { Version: '2012-10-17', Statement: [{ ...ASSUME, Effect: 'Deny' }] }],
    ],
    diff: ['-              "Effect": "Allow",\r', '+              "Effect": "Deny",\r'],
  },
  {
    name: 'block of text with placeholders',
    template: BLOCK_SUB,
    drift: [
      [
        'set',
        'Registry/RepositoryPolicyText',
        {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'Pull',
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111111111111:root' },
              Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
            },
          ],
        },
      ],
    ],
    diff: [
      '-              "Action": ["ecr:BatchGetImage"]',
      '+              "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]',
    ],
  },
  {
    name: 'single-quoted text',
    template: QUOTED,
    drift: [['set', 'Rule/EventPattern', { source: ['aws.ec2'], detail: { state: ['stopped', 'terminated'] } }]],
    diff: [
      `-      EventPattern: '{"source":["aws.ec2"],"detail":{"state":["stopped"]}}'`,
      `+      EventPattern: '{"source":["aws.ec2"],"detail":{"state":["stopped","terminated"]}}'`,
    ],
  },
  {
    name: 'double-quoted text',
    template: QUOTED,
    drift: [['set', 'Dashboard/DashboardBody', '{"widgets":[{"type":"text","width":12}]}']],
    diff: [
      String.raw`-      DashboardBody: "{\"widgets\":[{\"type\":\"text\",\"width\":6}]}"`,
      String.raw`+      DashboardBody: "{\"widgets\":[{\"type\":\"text\",\"width\":12}]}"`,
    ],
  },
]);
