import { tryPairs } from './pairs.js';

const BUCKET = 'arn:aws:s3:::site';
const allow = { Effect: 'Allow' as const };
const OAI = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1ABC';
const CANONICAL = 'b970b42360b7e0bd0d9d1d0d9d1d0d9d1d0d9d1d0d9d1d0d9d1d0d9d1d0d9d1d';
const identity = {
  logicalId: 'Oai',
  type: 'AWS::CloudFront::CloudFrontOriginAccessIdentity',
  physicalId: 'E1ABC',
  desired: {},
  live: { Id: 'E1ABC', S3CanonicalUserId: CANONICAL },
};
const role = {
  logicalId: 'Role',
  type: 'AWS::IAM::Role',
  physicalId: 'app',
  desired: {},
  live: { RoleName: 'app', RoleId: 'AROA1234567890ABCDEFG', Arn: 'arn:aws:iam::111111111111:role/app' },
};
const statement = (more: Record<string, unknown>) =>
  ({ ...allow, Principal: '*', Action: 'x:Y', Resource: '*', ...more }) as never;
const policy = (...statements: never[]) => ({ Version: '2012-10-17', Statement: statements }) as never;

// IAM policies, in every place.
tryPairs([
  {
    because: 'an account is its root',
    type: 'AWS::KMS::Key',
    desired: { KeyPolicy: policy(statement({ Principal: { AWS: '222222222222' } })) },
    live: { KeyPolicy: policy(statement({ Principal: { AWS: 'arn:aws:iam::222222222222:root' } })) },
  },
  {
    because: 'accounts have no order',
    type: 'AWS::SQS::QueuePolicy',
    desired: {
      Queues: ['q'],
      PolicyDocument: policy(statement({ Principal: { AWS: ['222222222222', '333333333333'] } })),
    },
    live: {
      Queues: ['q'],
      PolicyDocument: policy(
        statement({ Principal: { AWS: ['arn:aws:iam::333333333333:root', 'arn:aws:iam::222222222222:root'] } }),
      ),
    },
  },
  {
    because: 'an account is its root, also where the policy is a text',
    type: 'AWS::Logs::ResourcePolicy',
    desired: {
      PolicyName: 'p',
      PolicyDocument: JSON.stringify(policy(statement({ Principal: { AWS: '222222222222' } }))),
    },
    live: {
      PolicyName: 'p',
      PolicyDocument: JSON.stringify(policy(statement({ Principal: { AWS: 'arn:aws:iam::222222222222:root' } }))),
    },
  },
  {
    because: 'an account is its root in a lone statement, too',
    type: 'AWS::Events::EventBusPolicy',
    desired: { StatementId: 's', Statement: statement({ Principal: { AWS: '222222222222' } }) },
    live: {
      StatementId: 's',
      Statement: statement({ Sid: 's', Principal: { AWS: 'arn:aws:iam::222222222222:root' } }),
    },
  },
  {
    because: 'another account is another',
    type: 'AWS::ECR::Repository',
    desired: { RepositoryPolicyText: policy(statement({ Principal: { AWS: '222222222222' } })) },
    live: { RepositoryPolicyText: policy(statement({ Principal: { AWS: 'arn:aws:iam::333333333333:root' } })) },
    drift: ['/RepositoryPolicyText/Statement/0/Principal/AWS'],
  },
  {
    because: 'one action alone and in a list',
    type: 'AWS::S3::AccessPoint',
    desired: { Policy: policy(statement({ Action: ['s3:GetObject'] })) },
    live: { Policy: policy(statement({ Action: 's3:GetObject' })) },
  },
  {
    because: 'a statement alone and in a list',
    type: 'AWS::SNS::TopicPolicy',
    desired: { Topics: ['t'], PolicyDocument: { Statement: statement({}) } },
    live: { Topics: ['t'], PolicyDocument: { Version: '2008-10-17', Statement: [statement({})] } },
  },
  {
    because: 'anyone is anyone',
    type: 'AWS::OpenSearchService::Domain',
    desired: { AccessPolicies: policy(statement({ Principal: { AWS: ['*'] } })) },
    live: { AccessPolicies: policy(statement({ Principal: { AWS: '*' } })) },
  },
  {
    because: 'a condition’s numbers and truths are texts',
    type: 'AWS::SecretsManager::ResourcePolicy',
    desired: {
      SecretId: 's',
      ResourcePolicy: policy(
        statement({
          Condition: { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { 'aws:MultiFactorAuthAge': 300 } },
        }),
      ),
    },
    live: {
      SecretId: 's',
      ResourcePolicy: policy(
        statement({
          Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '300' }, Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ),
    },
  },
  {
    because: 'the values of a condition have no order',
    type: 'AWS::IAM::Role',
    desired: {
      AssumeRolePolicyDocument: policy(statement({ Condition: { StringEquals: { 'sts:ExternalId': ['b', 'a'] } } })),
    },
    live: {
      AssumeRolePolicyDocument: policy(statement({ Condition: { StringEquals: { 'sts:ExternalId': ['a', 'b'] } } })),
    },
  },
  {
    because: 'a value of a condition is what was written',
    type: 'AWS::IAM::ManagedPolicy',
    desired: {
      PolicyDocument: policy(statement({ Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'Shop' } } })),
    },
    live: { PolicyDocument: policy(statement({ Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'shop' } } })) },
    drift: ['/PolicyDocument/Statement/0/Condition/StringEquals/aws:PrincipalTag~1Team'],
  },
  {
    because: 'a resource is what was written',
    type: 'AWS::IAM::UserPolicy',
    desired: { PolicyDocument: policy(statement({ Resource: `${BUCKET}/*` })) },
    live: { PolicyDocument: policy(statement({ Resource: BUCKET })) },
    drift: ['/PolicyDocument/Statement/0/Resource'],
  },
  {
    because: 'an identity by its canonical user and by its ARN',
    type: 'AWS::S3::BucketPolicy',
    desired: { PolicyDocument: policy(statement({ Principal: { CanonicalUser: CANONICAL } })) },
    live: { PolicyDocument: policy(statement({ Principal: { AWS: OAI } })) },
    context: { siblings: [identity] },
  },
  {
    because: 'an identity by its canonical user beside a service',
    type: 'AWS::S3::BucketPolicy',
    desired: {
      PolicyDocument: policy(
        statement({ Principal: { CanonicalUser: [CANONICAL], Service: 'cloudfront.amazonaws.com' } }),
      ),
    },
    live: { PolicyDocument: policy(statement({ Principal: { Service: 'cloudfront.amazonaws.com', AWS: OAI } })) },
    context: { siblings: [identity] },
  },
  {
    because: 'canonical users that are not known',
    type: 'AWS::S3::BucketPolicy',
    desired: { PolicyDocument: policy(statement({ Principal: { CanonicalUser: [CANONICAL, 'c'.repeat(64)] } })) },
    live: { PolicyDocument: policy(statement({ Principal: { AWS: [OAI, OAI.replace('E1', 'E2')] } })) },
    open: ['/PolicyDocument/Statement/0/Principal'],
  },
  {
    because: 'another service beside the identity is another principal',
    type: 'AWS::S3::BucketPolicy',
    desired: {
      PolicyDocument: policy(statement({ Principal: { CanonicalUser: CANONICAL, Service: 'a.amazonaws.com' } })),
    },
    live: { PolicyDocument: policy(statement({ Principal: { AWS: OAI, Service: 'b.amazonaws.com' } })) },
    drift: [
      '/PolicyDocument/Statement/0/Principal/AWS',
      '/PolicyDocument/Statement/0/Principal/CanonicalUser',
      '/PolicyDocument/Statement/0/Principal/Service',
    ],
    context: { siblings: [identity] },
  },
  {
    because: 'a role by its unique ID',
    type: 'AWS::S3::BucketPolicy',
    desired: { PolicyDocument: policy(statement({ Principal: { AWS: role.live.Arn } })) },
    live: { PolicyDocument: policy(statement({ Principal: { AWS: role.live.RoleId } })) },
    context: { siblings: [role] },
  },
  {
    because: 'a unique ID of nobody known: the role was deleted',
    type: 'AWS::KMS::Key',
    desired: { KeyPolicy: policy(statement({ Principal: { AWS: 'arn:aws:iam::111111111111:role/gone' } })) },
    live: { KeyPolicy: policy(statement({ Principal: { AWS: 'AROA99999999999999999' } })) },
    drift: ['/KeyPolicy/Statement/0/Principal/AWS'],
    context: { siblings: [role] },
  },
  {
    because: 'labels that AWS gives by itself',
    type: 'AWS::S3::BucketPolicy',
    desired: { PolicyDocument: policy(statement({}), statement({ Action: 'x:Z' })) },
    live: { PolicyDocument: policy(statement({ Sid: '2', Action: 'x:Z' }), statement({ Sid: '1' })) },
  },
  {
    because: 'logs are delivered',
    type: 'AWS::Logs::ResourcePolicy',
    desired: { PolicyName: 'p', PolicyDocument: JSON.stringify(policy(statement({}))) },
    live: {
      PolicyName: 'p',
      PolicyDocument: JSON.stringify(
        policy(
          statement({}),
          statement({
            Sid: 'AWSLogDeliveryWrite20150319',
            Principal: { Service: ['delivery.logs.amazonaws.com'] },
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          }),
        ),
      ),
    },
  },
  {
    because: 'more than logs are delivered',
    type: 'AWS::S3::BucketPolicy',
    desired: { PolicyDocument: policy(statement({})) },
    live: {
      PolicyDocument: policy(
        statement({}),
        statement({
          Sid: 'AWSLogDeliveryWrite',
          Principal: { Service: 'delivery.logs.amazonaws.com' },
          Action: 's3:*',
        }),
      ),
    },
    drift: ['/PolicyDocument/Statement/1'],
  },
  {
    because: 'a gateway writes out which API is meant',
    type: 'AWS::ApiGateway::RestApi',
    desired: {
      Policy: policy(
        statement({ Action: 'execute-api:Invoke', Resource: ['execute-api:/prod/GET/a', 'execute-api:/*/*/b'] }),
      ),
    },
    live: {
      Policy: policy(
        statement({
          Action: 'execute-api:Invoke',
          Resource: [
            'arn:aws:execute-api:eu-west-1:111111111111:a1b2c3/*/*/b',
            'arn:aws:execute-api:eu-west-1:111111111111:a1b2c3/prod/GET/a',
          ],
        }),
      ),
    },
  },
  {
    because: 'another path is another resource',
    type: 'AWS::ApiGateway::RestApi',
    desired: { Policy: policy(statement({ Resource: 'execute-api:/prod/GET/a' })) },
    live: { Policy: policy(statement({ Resource: 'arn:aws:execute-api:eu-west-1:111111111111:a1b2c3/prod/*' })) },
    drift: ['/Policy/Statement/0/Resource'],
  },
  {
    because: 'the policy of an endpoint comes back as an object',
    type: 'AWS::EC2::VPCEndpoint',
    desired: { PolicyDocument: JSON.stringify(policy(statement({ Action: ['s3:Put*', 's3:Get*'] }))) },
    live: { PolicyDocument: policy(statement({ Action: ['s3:Get*', 's3:Put*'] })) },
  },
  {
    because: 'the policy of a user is a text',
    type: 'AWS::Transfer::User',
    desired: { Policy: JSON.stringify(policy(statement({ Action: ['s3:Put*', 's3:Get*'] })), null, 2) },
    live: { Policy: JSON.stringify(policy(statement({ Action: ['s3:Get*', 's3:Put*'] }))) },
  },
  {
    because: 'who may do what has changed',
    type: 'AWS::Transfer::User',
    desired: { Policy: JSON.stringify(policy(statement({ Action: 's3:Get*' }))) },
    live: { Policy: JSON.stringify(policy(statement({ Action: 's3:*' }))) },
    drift: ['/Policy'],
  },
]);
