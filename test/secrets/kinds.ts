import type { Json, JsonObject } from '../../src/base/json.js';

/** A place or form in which secrets are kept. */
export interface Kind {
  name: string;
  type: string;
  properties(secret: string): JsonObject;
  /** Where the logical ID matters. */
  logicalId?: string;
  /** What characters it is made of; default: letters. */
  shape?: Shape;
}

export type Shape = 'letters' | 'hex' | 'capitals';

const VARIABLES =
  'PASSWORD DB_PASSWORD DB_PASS DB_PW DB_PWD PGPASSWORD MYSQL_PWD POSTGRES_PASSWORD_2 PASSWORD_OLD DB_PASSWORD_ENC PASSWORD_HASH ADMIN_PASSPHRASE PASSCODE APP_SECRET APP_SECRET_V2 CLIENT_SECRET SECRETS SECRET_KEY_BASE DJANGO_SECRET_KEY API_KEY STRIPE_API_KEY STRIPE_KEY RAILS_MASTER_KEY JWT JWT_SECRET JWT_SIGNING_KEY ENCRYPTION_KEY SIGNING_KEY PRIVATE_KEY TLS_KEY_PEM LICENSE_KEY TOKEN GITHUB_TOKEN API_TOKEN_PROD REFRESH_TOKEN AUTH_TOKENS GITHUB_PAT CREDENTIALS GOOGLE_CREDENTIALS SLACK_CREDS BASIC_AUTH REDIS_AUTH AUTH SENTRY_DSN OTP_SEED TOTP MFA_SEED PIN SALT PASSWORD_SALT PEPPER HMAC_SECRET COOKIE_SECRET SESSION_COOKIE WEBHOOK_SIGNATURE RECOVERY_CODES ACCESS_CODE WALLET_MNEMONIC KERBEROS_KEYTAB dbPassword dbpassword db_pw apiKey clientSecret accessToken smtp-password basic-auth vpn_psk KEYSTORE_storepass'.split(
    ' ',
  );

/** Scripts and settings that hold a secret. */
const TEXTS: Record<string, (secret: string) => string> = {
  'an assignment': (s) => `export DB_PASSWORD=${s}\nrun`,
  'an assignment with blanks, quoted': (s) => `db_password = '${s}' # renewed`,
  'an assignment with :=': (s) => `DB_PASSWORD := "${s}"`,
  'a hash rocket': (s) => `{ 'password' => '${s}' }`,
  YAML: (s) => `db:\n  password: ${s}\n  host: db`,
  'YAML, a block': (s) => `db:\n  password: |\n    ${s}\n  host: db`,
  'YAML, the next line': (s) => `db:\n  password:\n    ${s}\n  host: db`,
  JSON: (s) => JSON.stringify({ user: 'shop', password: s }),
  'JSON, a list': (s) => JSON.stringify({ passwords: [s] }),
  'JSON in JSON': (s) => JSON.stringify({ config: JSON.stringify({ password: s }) }),
  'JSON, a pair': (s) => JSON.stringify([{ name: 'DB_PASSWORD', value: s }]),
  'JSON, a pair, value first': (s) => JSON.stringify([{ value: s, name: 'DB_PASSWORD' }]),
  'JSON, a pair in a script': (s) => `cat > env.json <<EOF\n[{"name": "DB_PASSWORD", "value": "${s}"}]\nEOF`,
  'YAML, a pair': (s) => `env:\n  - name: DB_PASSWORD\n    value: ${s}\n  - name: MODE\n    value: fast`,
  'an XML element': (s) => `<settings><password>${s}</password></settings>`,
  'an XML element with CDATA': (s) => `<settings><password><![CDATA[${s}]]></password></settings>`,
  'an XML attribute': (s) => `<connection user="shop" password="${s}"/>`,
  'an XML pair': (s) => `<appSettings><add key="ApiKey" value="${s}"/></appSettings>`,
  'properties of Java': (s) => `spring.datasource.password=${s}\nspring.datasource.url=jdbc:x`,
  '--password x': (s) => `serve --password ${s} --port 80`,
  '--password=x': (s) => `serve --password=${s} --port 80`,
  '--token x, on the next line': (s) => `serve --token \\\n  ${s} \\\n  --port 80`,
  '-Password x': (s) => `New-User -Name shop -Password ${s} -Enabled`,
  'mysql -px': (s) => `mysql -u root -p${s} shop < dump.sql`,
  'mysqldump -p"x"': (s) => `/usr/bin/mysqldump -uroot -p"${s}" shop`,
  'sshpass -p x': (s) => `sshpass -p ${s} ssh ops@host`,
  'curl -u': (s) => `curl -u shop:${s} https://api.example.com`,
  'curl --user, quoted': (s) => `curl -s --user "shop:${s}" https://api.example.com`,
  'wget --http-password': (s) => `wget --http-password=${s} https://api.example.com`,
  'redis-cli -a': (s) => `redis-cli -h cache -a ${s} ping`,
  'docker login -p': (s) => `docker login -u shop -p ${s} registry.example.com`,
  'a password piped into docker login': (s) => `echo ${s} | docker login -u shop --password-stdin registry.example.com`,
  'mongosh -p': (s) => `mongosh -u root -p ${s} admin`,
  'ldapsearch -w': (s) => `ldapsearch -x -D cn=admin -w ${s} -b dc=example`,
  'sqlcmd -P': (s) => `sqlcmd -S db -U sa -P ${s} -Q "select 1"`,
  'net user': (s) => `net user Administrator ${s} /add`,
  rabbitmqctl: (s) => `rabbitmqctl add_user shop ${s}`,
  'vault login': (s) => `vault login ${s}`,
  'htpasswd -b': (s) => `htpasswd -b /etc/users shop ${s}`,
  'openssl -passin': (s) => `openssl rsa -in key.pem -passin pass:${s}`,
  'zip -P': (s) => `zip -P ${s} dump.zip dump.sql`,
  'aws configure set': (s) => `aws configure set aws_secret_access_key ${s}`,
  'keytool -storepass': (s) => `keytool -list -storepass ${s}`,
  'echo into chpasswd': (s) => `echo "ec2-user:${s}" | chpasswd`,
  'echo into passwd --stdin': (s) => `echo ${s} | sudo passwd --stdin ec2-user`,
  'a here-string into chpasswd': (s) => `chpasswd <<< 'root:${s}'`,
  'chpasswd of cloud-init': (s) => `#cloud-config\nchpasswd:\n  list: |\n    root:${s}\n  expire: false`,
  'SQL, identified by': (s) => `CREATE USER shop IDENTIFIED BY '${s}';`,
  'SQL, with password': (s) => `ALTER ROLE shop WITH PASSWORD '${s}';`,
  '.netrc': (s) => `machine api.example.com login shop password ${s}`,
  'redis.conf': (s) => `requirepass ${s}\nport 6379`,
  'PowerShell, a secure string': (s) => `$p = ConvertTo-SecureString "${s}" -AsPlainText -Force`,
  'PowerShell, a variable': (s) => `$env:DB_PASSWORD = "${s}"`,
  'a Dockerfile': (s) => `FROM x\nENV DB_PASSWORD ${s}\nRUN y`,
  setx: (s) => `setx DB_PASSWORD ${s} /M`,
  '.npmrc': (s) => `//registry.example.com/:_authToken=${s}`,
  'a bearer header': (s) => `curl -H "Authorization: Bearer ${s}" https://api.example.com`,
  'a basic header': (s) => `curl -H 'authorization: basic ${s}' https://api.example.com`,
  'a header of its own': (s) => `curl -H "X-Api-Key: ${s}" https://api.example.com`,
  'a header without a blank': (s) => `curl -H "X-Api-Key:${s}" https://api.example.com`,
  'a URL with a password': (s) => `postgres://shop:${s}@db.example.com:5432/shop`,
  'a URL with a password alone': (s) => `redis://:${s}@cache.example.com:6379`,
  'a URL with a token as its user': (s) => `https://${s}@sentry.example.com/42`,
  JDBC: (s) => `jdbc:postgresql://db/shop?user=shop&password=${s}&ssl=true`,
  ADO: (s) => `Server=db;Database=shop;User Id=sa;Password=${s};Encrypt=True`,
  'ADO, Pwd': (s) => `Server=db;Uid=sa;Pwd=${s};`,
  libpq: (s) => `host=db user=shop password=${s} sslmode=require`,
  'storage of Azure': (s) => `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${s}==;Suffix=x`,
  'a SAS URL': (s) => `https://shop.blob.example.com/c?sv=2022&sig=${s}&se=2030`,
  'a presigned URL': (s) => `https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature=${s}&x=1`,
  'a security token in a URL': (s) => `https://b.s3.amazonaws.com/k?X-Amz-Security-Token=${s}`,
  'a signed URL of CloudFront': (s) => `https://d1.cloudfront.net/k?Expires=1&Signature=${s}&Key-Pair-Id=K1`,
  'a webhook of Slack': (s) => `https://hooks.slack.com/services/T0/B0/${s}`,
  'a webhook of Discord': (s) => `https://discord.com/api/webhooks/42/${s}`,
  'a key of SSH': (s) => `-----BEGIN OPENSSH PRIVATE KEY-----\n${s}\n-----END OPENSSH PRIVATE KEY-----`,
  'a key of RSA, cut off': (s) => `-----BEGIN RSA PRIVATE KEY-----\n${s}`,
  'a token of GitHub': (s) => `clone with ghp_${s.padEnd(36, 'x')}`,
  'a token of GitLab': (s) => `clone with glpat-${s.padEnd(24, 'x')}`,
  'a token of npm': (s) => `npm_${s.padEnd(36, 'x').slice(0, 36)}`,
  'a token of Slack': (s) => `post as xoxb-${s}`,
  'a key of Stripe': (s) => `pay with sk_live_${s}`,
  'a key of OpenAI': (s) => `ask with sk-${s.padEnd(40, 'x')}`,
  'a key of Google': (s) => `AIza${s.padEnd(35, 'x').slice(0, 35)}`,
  'a token of Vault': (s) => `use hvs.${s.padEnd(30, 'x')}`,
  'a key of SendGrid': (s) => `mail by SG.${s.padEnd(22, 'x')}.${s.padEnd(43, 'x')}`,
  'a JWT': (s) => `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${s}`,
  'a comment in a script': (s) => `# old password: ${s}\necho`,
};

const HEX: Record<string, (secret: string) => string> = {
  'a key of Mailgun': (s) => `mail by key-${s}`,
  'a token of Databricks': (s) => `run by dapi${s}`,
  'a token of DigitalOcean': (s) => `dop_v1_${s}${s}`,
  'a token of Shopify': (s) => `shpat_${s}`,
};

const CAPITALS: Record<string, (secret: string) => string> = {
  'an access key': (s) => `id AKIA${s.padEnd(16, 'X').slice(0, 16)} and more`,
  'a key of New Relic': (s) => `NRAK-${s.padEnd(27, 'X')}`,
};

/** Secret places of types: what stands there. */
const PLACES: [name: string, type: string, properties: (secret: string) => JsonObject, logicalId?: string][] = [
  ['RDS', 'AWS::RDS::DBInstance', (s) => ({ MasterUsername: 'admin', MasterUserPassword: s })],
  ['a number', 'Custom::Door', (s) => ({ Password: s })],
  ['ElastiCache', 'AWS::ElastiCache::ReplicationGroup', (s) => ({ AuthToken: s })],
  ['passwords in a list', 'AWS::ElastiCache::User', (s) => ({ Passwords: [s] })],
  ['Secrets Manager', 'AWS::SecretsManager::Secret', (s) => ({ SecretString: JSON.stringify({ any: s }) })],
  ['a key of API Gateway', 'AWS::ApiGateway::ApiKey', (s) => ({ Name: 'shop', Value: s })],
  [
    'AppFlow',
    'AWS::AppFlow::ConnectorProfile',
    (s) => ({
      ConnectorProfileConfig: {
        ConnectorProfileCredentials: { CustomConnector: { Custom: { CredentialsMap: { any: s } } } },
      },
    }),
  ],
  ['Pinpoint', 'AWS::Pinpoint::GCMChannel', (s) => ({ ApplicationId: 'a', ServiceJson: s })],
  ['MWAA', 'AWS::MWAA::Environment', (s) => ({ Name: 'air', AirflowConfigurationOptions: { 'smtp.any': s } })],
  ['Glue', 'AWS::Glue::Connection', (s) => ({ CatalogId: '1', ConnectionInput: { ConnectionProperties: { ANY: s } } })],
  ['AppConfig', 'AWS::AppConfig::HostedConfigurationVersion', (s) => ({ ApplicationId: 'a', Content: s })],
  ['SSM, by name', 'AWS::SSM::Parameter', (s) => ({ Name: '/app/db/password', Type: 'String', Value: s })],
  ['SSM, by the last part', 'AWS::SSM::Parameter', (s) => ({ Name: '/app/basic-auth', Type: 'String', Value: s })],
  ['SSM, by logical ID', 'AWS::SSM::Parameter', (s) => ({ Type: 'String', Value: s }), 'ShopDbPassword'],
  [
    'Beanstalk, a variable',
    'AWS::ElasticBeanstalk::Environment',
    (s) => ({
      OptionSettings: [
        { Namespace: 'aws:elasticbeanstalk:application:environment', OptionName: 'DB_PASSWORD', Value: s },
      ],
    }),
  ],
  [
    'Beanstalk, DBPassword',
    'AWS::ElasticBeanstalk::Environment',
    (s) => ({
      OptionSettings: [{ Namespace: 'aws:rds:dbinstance', OptionName: 'DBPassword', Value: s }],
    }),
  ],
  [
    'Batch, a variable',
    'AWS::Batch::JobDefinition',
    (s) => ({
      Type: 'container',
      ContainerProperties: { Image: 'i', Environment: [{ Name: 'API_TOKEN', Value: s }] },
    }),
  ],
  [
    'Batch, a command',
    'AWS::Batch::JobDefinition',
    (s) => ({
      Type: 'container',
      ContainerProperties: { Image: 'i', Command: ['serve', '--token', s] },
    }),
  ],
  [
    'ECS, a variable',
    'AWS::ECS::TaskDefinition',
    (s) => ({
      ContainerDefinitions: [{ Name: 'web', Image: 'i', Environment: [pair('DB_PASSWORD', s), pair('MODE', 'fast')] }],
    }),
  ],
  [
    'ECS, a command',
    'AWS::ECS::TaskDefinition',
    (s) => ({
      ContainerDefinitions: [{ Name: 'web', Image: 'i', Command: ['serve', '--db-password', s, '--port', '80'] }],
    }),
  ],
  [
    'ECS, an option',
    'AWS::ECS::TaskDefinition',
    (s) => ({
      ContainerDefinitions: [{ Name: 'web', Image: 'i', Command: ['serve', `--db-password=${s}`] }],
    }),
  ],
  [
    'ECS, mysql',
    'AWS::ECS::TaskDefinition',
    (s) => ({
      ContainerDefinitions: [{ Name: 'web', Image: 'i', Command: ['mysql', '-uroot', `-p${s}`] }],
    }),
  ],
  [
    'ECS, curl',
    'AWS::ECS::TaskDefinition',
    (s) => ({
      ContainerDefinitions: [
        { Name: 'web', Image: 'i', EntryPoint: ['curl', '-u', `shop:${s}`, 'https://x.example.com'] },
      ],
    }),
  ],
  [
    'ECS, a shell',
    'AWS::ECS::TaskDefinition',
    (s) => ({
      ContainerDefinitions: [{ Name: 'web', Image: 'i', Command: ['sh', '-c', `mysql -p${s} shop`] }],
    }),
  ],
  [
    'ECS, logging',
    'AWS::ECS::TaskDefinition',
    (s) => ({
      ContainerDefinitions: [
        { Name: 'web', Image: 'i', LogConfiguration: { LogDriver: 'splunk', Options: { 'splunk-token': s } } },
      ],
    }),
  ],
  ['CloudFront, Authorization', 'AWS::CloudFront::Distribution', (s) => origin('Authorization', s)],
  ['CloudFront, X-Origin-Verify', 'AWS::CloudFront::Distribution', (s) => origin('X-Origin-Verify', s)],
  ['CloudFront, X-Shared-Secret', 'AWS::CloudFront::Distribution', (s) => origin('X-Shared-Secret', s)],
  [
    'EventBridge, IsValueSecret',
    'AWS::Events::Connection',
    (s) => ({
      Name: 'c',
      AuthParameters: {
        InvocationHttpParameters: { HeaderParameters: [{ Key: 'X-Shop', Value: s, IsValueSecret: true }] },
      },
    }),
  ],
  [
    'EventBridge, an API key',
    'AWS::Events::Connection',
    (s) => ({
      Name: 'c',
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x', ApiKeyValue: s } },
    }),
  ],
  [
    'EventBridge, a query',
    'AWS::Events::Connection',
    (s) => ({
      Name: 'c',
      AuthParameters: {
        InvocationHttpParameters: { QueryStringParameters: [{ Key: 'api_key', Value: s, IsValueSecret: false }] },
      },
    }),
  ],
  [
    'CodeBuild',
    'AWS::CodeBuild::Project',
    (s) => ({
      Name: 'p',
      Environment: { EnvironmentVariables: [{ Name: 'NPM_TOKEN', Type: 'PLAINTEXT', Value: s }] },
    }),
  ],
  [
    'CodeBuild, a specification',
    'AWS::CodeBuild::Project',
    (s) => ({
      Name: 'p',
      Source: { Type: 'NO_SOURCE', BuildSpec: `version: 0.2\nenv:\n  variables:\n    DB_PASSWORD: ${s}\n` },
    }),
  ],
  [
    'CodePipeline',
    'AWS::CodePipeline::Pipeline',
    (s) => ({
      Stages: [{ Name: 'Source', Actions: [{ Name: 'S', Configuration: { Owner: 'o', OAuthToken: s } }] }],
    }),
  ],
  [
    'a webhook of CodePipeline',
    'AWS::CodePipeline::Webhook',
    (s) => ({ AuthenticationConfiguration: { SecretToken: s } }),
  ],
  ['Amplify', 'AWS::Amplify::App', (s) => ({ Name: 'a', BasicAuthConfig: { Username: 'u', Password: s } })],
  ['Amplify, a variable', 'AWS::Amplify::App', (s) => ({ Name: 'a', EnvironmentVariables: [pair('API_KEY', s)] })],
  [
    'App Runner',
    'AWS::AppRunner::Service',
    (s) => ({
      SourceConfiguration: {
        ImageRepository: { ImageConfiguration: { RuntimeEnvironmentVariables: [pair('DB_PASSWORD', s)] } },
      },
    }),
  ],
  [
    'Cognito',
    'AWS::Cognito::UserPoolIdentityProvider',
    (s) => ({
      ProviderName: 'g',
      ProviderDetails: { client_id: 'x', client_secret: s },
    }),
  ],
  [
    'a listener',
    'AWS::ElasticLoadBalancingV2::ListenerRule',
    (s) => ({
      Actions: [{ Type: 'authenticate-oidc', AuthenticateOidcConfig: { ClientId: 'x', ClientSecret: s } }],
    }),
  ],
  ['IAM', 'AWS::IAM::User', (s) => ({ UserName: 'u', LoginProfile: { Password: s } })],
  ['a certificate', 'AWS::IAM::ServerCertificate', (s) => ({ ServerCertificateName: 'c', PrivateKey: s })],
  [
    'VPN',
    'AWS::EC2::VPNConnection',
    (s) => ({ Type: 'ipsec.1', VpnTunnelOptionsSpecifications: [{ PreSharedKey: s }] }),
  ],
  [
    'OpsWorks',
    'AWS::OpsWorks::App',
    (s) => ({
      Name: 'o',
      Environment: [{ Key: 'PLAIN', Value: s, Secure: true }],
    }),
  ],
  [
    'Data Pipeline',
    'AWS::DataPipeline::Pipeline',
    (s) => ({
      Name: 'd',
      ParameterValues: [{ Id: 'myDbPassword', StringValue: s }],
    }),
  ],
  [
    'Firehose',
    'AWS::KinesisFirehose::DeliveryStream',
    (s) => ({
      DeliveryStreamName: 'f',
      HttpEndpointDestinationConfiguration: { EndpointConfiguration: { Url: 'https://x.example.com', AccessKey: s } },
    }),
  ],
  [
    'Firehose, an attribute',
    'AWS::KinesisFirehose::DeliveryStream',
    (s) => ({
      DeliveryStreamName: 'f',
      HttpEndpointDestinationConfiguration: {
        RequestConfiguration: { CommonAttributes: [{ AttributeName: 'api-token', AttributeValue: s }] },
      },
    }),
  ],
  ['DMS', 'AWS::DMS::Endpoint', (s) => ({ EndpointType: 'source', EngineName: 'mysql', Password: s })],
  ['MQ', 'AWS::AmazonMQ::Broker', (s) => ({ BrokerName: 'b', Users: [{ Username: 'u', Password: s }] })],
  ['Transfer', 'AWS::Transfer::Certificate', (s) => ({ Usage: 'SIGNING', PrivateKey: s })],
  [
    'SES',
    'AWS::SES::EmailIdentity',
    (s) => ({
      EmailIdentity: 'example.com',
      DkimSigningAttributes: { DomainSigningPrivateKey: s },
    }),
  ],
  [
    'a subscription',
    'AWS::SNS::Subscription',
    (s) => ({ Protocol: 'https', Endpoint: `https://shop:${s}@x.example.com` }),
  ],
  ['a nested stack', 'AWS::SSM::Association', (s) => ({ Name: 'a', Parameters: { Password: [s] } })],
  ['described variables', 'Custom::App', (s) => ({ Env: { DB_PASSWORD: { Value: s }, MODE: { Value: 'fast' } } })],
  ['a tag', 'AWS::SQS::Queue', (s) => ({ QueueName: 'q', Tags: [{ Key: 'webhook-secret', Value: s }] })],
  [
    'an HTTP integration',
    'AWS::ApiGateway::Method',
    (s) => ({
      HttpMethod: 'GET',
      Integration: { RequestParameters: { 'integration.request.header.Authorization': s } },
    }),
  ],
  [
    'a state machine',
    'AWS::StepFunctions::StateMachine',
    (s) => ({
      DefinitionString: JSON.stringify({
        StartAt: 'A',
        States: { A: { Type: 'Pass', Parameters: { password: s }, End: true } },
      }),
    }),
  ],
  ['user data', 'AWS::EC2::Instance', (s) => ({ UserData: base64(`#!/bin/sh\nexport DB_PASSWORD=${s}\n`) })],
  [
    'user data, curl',
    'AWS::EC2::Instance',
    (s) => ({ UserData: base64(`#!/bin/sh\ncurl -u shop:${s} https://x.example.com\n`) }),
  ],
  [
    'user data, passwd',
    'AWS::EC2::Instance',
    (s) => ({
      UserData: base64(`#!/bin/sh\necho "${s}" | passwd --stdin ec2-user\n`),
    }),
  ],
  [
    'a launch template',
    'AWS::EC2::LaunchTemplate',
    (s) => ({
      LaunchTemplateData: { UserData: base64(`#!/bin/sh\nmysql -uroot -p${s} shop\n`) },
    }),
  ],
  [
    'Base64 inside a text',
    'AWS::Lambda::Function',
    (s) => ({
      FunctionName: 'f',
      Environment: { Variables: { SCRIPT: `echo ${base64(`DB_PASSWORD=${s};run it now`)} | base64 -d` } },
    }),
  ],
];

/** Every kind, each in a resource of its own. */
export const KINDS: readonly Kind[] = [
  ...VARIABLES.map(
    (name): Kind => ({
      name: `the variable ${name}`,
      type: 'AWS::Lambda::Function',
      properties: (s) => variables({ [name]: s }),
    }),
  ),
  ...textKinds(TEXTS),
  ...textKinds(HEX, 'hex'),
  ...textKinds(CAPITALS, 'capitals'),
  ...PLACES.map(
    ([name, type, properties, logicalId]): Kind => ({
      name,
      type,
      properties,
      ...(logicalId === undefined ? {} : { logicalId }),
    }),
  ),
];

/** Names that sound like secrets, and are none. */
export const INNOCENT =
  'PASSWORD_POLICY SECRET_ARN TOKEN_URL KEY_ID KMS_KEY TABLE_KEY SORT_KEY BUCKET_KEY LOG_LEVEL PASS_THROUGH BYPASS COMPASS SECRET_NAME TOKEN_TTL PUBLIC_KEY PRIMARY_KEY AUTH_MODE PATH'.split(
    ' ',
  );

/** What a name without a secret is the name of: a variable, a pair, an assignment in a script, an option, a parameter. */
export function innocentProperties(name: string, value: (form: string) => string): JsonObject {
  return {
    FunctionName: 'innocent',
    Environment: { Variables: { [name]: value('map'), SCRIPT: `export ${name}=${value('text')}\nrun` } },
    Pairs: [pair(name, value('pair'))],
    Options: [{ OptionName: name, Value: value('option') }],
    Command: ['serve', `--${name.toLowerCase().replaceAll('_', '-')}`, value('argument')],
  };
}

function textKinds(texts: Record<string, (secret: string) => string>, shape: Shape = 'letters'): Kind[] {
  return Object.entries(texts).map(([name, text]) => ({
    name,
    shape,
    type: 'AWS::Lambda::Function',
    properties: (secret) => variables({ SETTING: text(secret) }),
  }));
}

function variables(of: Record<string, Json>): JsonObject {
  return { FunctionName: 'f', Environment: { Variables: of } };
}

function pair(name: string, value: string): JsonObject {
  return { Name: name, Value: value };
}

function origin(name: string, value: string): JsonObject {
  const headers = [{ HeaderName: name, HeaderValue: value }];
  return {
    DistributionConfig: {
      Enabled: true,
      Origins: [{ Id: 'o', DomainName: 'x.example.com', OriginCustomHeaders: headers }],
    },
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
