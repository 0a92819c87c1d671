/**
 * Kinds of resources: how a template declares each, what AWS then tells of it, and what somebody changes out of band, each
 * where the template says it in another way. `n` makes it unique, `place` is the account and region it is in.
 */
export const KINDS = [
  {
    id: 'Bucket',
    yaml: (n) => `
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub bench-\${Env}-${n}
      VersioningConfiguration: { Status: Enabled }
      Tags: [{ Key: team, Value: shop }, { Key: env, Value: !Ref Env }]`,
    physicalId: (n) => `bench-prod-${n}`,
    live: (n) => ({
      BucketName: `bench-prod-${n}`,
      Arn: `arn:aws:s3:::bench-prod-${n}`,
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      Tags: [
        { Key: 'env', Value: 'prod' },
        { Key: 'team', Value: 'shop' },
      ],
    }),
    // A literal.
    drifted: () => ({ VersioningConfiguration: { Status: 'Suspended' } }),
  },
  {
    id: 'Queue',
    yaml: (n) => `
    Type: AWS::SQS::Queue
    Properties:
      QueueName: bench-${n}
      VisibilityTimeout: !FindInMap [Timeouts, !Ref Env, Queue]
      MessageRetentionPeriod: 345600`,
    physicalId: (n, { account, region }) => `https://sqs.${region}.amazonaws.com/${account}/bench-${n}`,
    live: (n, { account, region }) => ({
      QueueName: `bench-${n}`,
      QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/bench-${n}`,
      Arn: `arn:aws:sqs:${region}:${account}:bench-${n}`,
      VisibilityTimeout: 120,
      MessageRetentionPeriod: 345600,
      DelaySeconds: 0,
    }),
    // A mapping, shared by the queues of a stack.
    drifted: () => ({ VisibilityTimeout: 300 }),
  },
  {
    id: 'Topic',
    yaml: (n) => `
    Type: AWS::SNS::Topic
    Properties:
      TopicName: bench-${n}
      DisplayName: !Join ['-', [bench, !Ref Env, '${n}']]
      SignatureVersion: !Ref Signature`,
    physicalId: (n, { account, region }) => `arn:aws:sns:${region}:${account}:bench-${n}`,
    live: (n, { account, region }) => ({
      TopicArn: `arn:aws:sns:${region}:${account}:bench-${n}`,
      TopicName: `bench-${n}`,
      DisplayName: `bench-prod-${n}`,
      SignatureVersion: '1',
    }),
    // A parameter's default, shared by the topics of a stack.
    drifted: () => ({ SignatureVersion: '2' }),
  },
  {
    id: 'Logs',
    yaml: (n) => `
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: /bench/${n}
      RetentionInDays: !If [IsProd, 365, 7]`,
    physicalId: (n) => `/bench/${n}`,
    live: (n) => ({ LogGroupName: `/bench/${n}`, RetentionInDays: 365, LogGroupClass: 'STANDARD' }),
    // A branch of Fn::If.
    drifted: () => ({ RetentionInDays: 731 }),
  },
  {
    id: 'Role',
    yaml: (n) => `
    Type: AWS::IAM::Role
    Properties:
      RoleName: bench-${n}
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
      Policies:
        - PolicyName: queue
          PolicyDocument:
            Version: '2012-10-17'
            Statement: [{ Effect: Allow, Action: ['sqs:*'], Resource: !Sub 'arn:aws:sqs:*:\${AWS::AccountId}:*' }]`,
    physicalId: (n) => `bench-${n}`,
    live: (n, { account }) => ({
      RoleName: `bench-${n}`,
      Path: '/',
      Arn: `arn:aws:iam::${account}:role/bench-${n}`,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      Policies: [queuePolicy(`arn:aws:sqs:*:${account}:*`)],
    }),
    // Text of Fn::Sub.
    drifted: ({ account }) => ({ Policies: [queuePolicy(`arn:aws:sqs:*:${account}:orders-*`)] }),
  },
];

function queuePolicy(resource) {
  const statement = { Effect: 'Allow', Action: ['sqs:*'], Resource: resource };
  return { PolicyName: 'queue', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } };
}
