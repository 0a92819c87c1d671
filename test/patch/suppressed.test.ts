import { describeScenarios } from '../support/patching.js';

const TEMPLATE = `Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      # gitops-drift:ignore: tuned by hand
      VisibilityTimeout: 60
      DelaySeconds: 5 # as the shop wants it
      Tags:
        # gitops-drift:ignore: cost control owns it
        - { Key: Cost, Value: a }
        - { Key: Team, Value: shop }

  # gitops-drift:ignore /DisplayName: renamed by hand

  Topic:
    Type: AWS::SNS::Topic
    Properties: { DisplayName: Events }
  Other:
    Type: AWS::SNS::Topic
    Properties: { DisplayName: Others }
`;

const deletions = { patch: { includeDeletions: true } };

describeScenarios('beside comments that suppress', [
  {
    name: 'what they cover is not patched, all else is, and they stay where they are',
    template: TEMPLATE,
    drift: [
      ['set', 'Queue/VisibilityTimeout', 90],
      ['set', 'Queue/DelaySeconds', 9],
      ['set', 'Queue/Tags/0/Value', 'b'],
      ['set', 'Queue/Tags/1/Value', 'checkout'],
      ['insert', 'Queue/Tags/2', { Key: 'Env', Value: 'prod' }],
      ['set', 'Topic/DisplayName', 'Happenings'],
      ['set', 'Other/DisplayName', 'Else'],
    ],
    diff: [
      '-      DelaySeconds: 5 # as the shop wants it',
      '+      DelaySeconds: 9 # as the shop wants it',
      '-        - { Key: Team, Value: shop }',
      '+        - { Key: Team, Value: checkout }',
      '+        - { Key: Env, Value: prod }',
      '-    Properties: { DisplayName: Others }',
      '+    Properties: { DisplayName: Else }',
    ],
  },
  {
    name: 'a resource is not taken out from under its comment, which would then be about the next one',
    template: TEMPLATE,
    request: deletions,
    drift: [['delete', 'Topic']],
    refused: ['templates/shop.yaml:13 has a gitops-drift comment about Topic: take both out by hand'],
  },
  {
    name: 'a comment right above a resource is taken out with it',
    template: TEMPLATE.replace('by hand\n\n', 'by hand\n'),
    request: deletions,
    drift: [['delete', 'Topic']],
    diff: [
      '-  # gitops-drift:ignore /DisplayName: renamed by hand',
      '-  Topic:',
      '-    Type: AWS::SNS::Topic',
      '-    Properties: { DisplayName: Events }',
    ],
  },
]);
