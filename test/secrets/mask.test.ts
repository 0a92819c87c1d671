import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { secretTexts } from '../../src/secrets/mark-secrets.js';
import { maskSecrets, maskText, maskValue } from '../../src/secrets/mask.js';
import { isSecretName } from '../../src/secrets/secret-name.js';
import { createSource } from '../../src/syntax/source.js';
import { unresolved } from '../../src/value/value.js';

const ANY = { types: cloudFormationTypes };

describe('names', () => {
  // Property names of AWS's registry schemas, environment variables and headers.
  test.each(
    `Password MasterUserPassword SecretString AuthToken PrivateKey ClientSecret ApiKey ApiKeyValue AuthorizationApiKeyValue
     AccessKey SecretKey SecretAccessKey SaslPassword TdeCredentialPassword Passwords PrivateKeyList PreSharedKey AuthKey
     StreamKey AppSKey NwkSEncKey FNwkSIntKey HECToken AzureBlobSasToken OauthToken RefreshToken accessToken Token TokenKey
     KerberosKeytab KeyPassphrase PrivateKeyPassphrase ADDomainJoinPassword StaticKeyValue AppServerPrivateKey ApiSecretKey
     DB_PASSWORD DB_PASS DB_PWD dbpassword dbPassword POSTGRES_PASSWORD_2 STRIPE_API_KEY STRIPE_KEY JWT_SIGNING_KEY
     SECRET_KEY_BASE GITHUB_TOKEN GITHUB_PAT SESSION_SECRET apikey api_key x-api-key X-Auth-Token --db-password
     RAILS_MASTER_KEY PASSWORD_HASH SLACK_CREDS Authorization integration.request.header.Authorization`.split(/\s+/),
  )('%s is secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each(
    `SecretArn SecretId SecretName SecretsManagerSecretId SecretOptions Secrets SecretVersion SecretStringTemplate
     PasswordPolicy PasswordLength PasswordHistorySize TemporaryPasswordValidityDays PasswordParam
     AdminPasswordSecretArn MasterUserSecret.KmsKeyId KeyId KmsKeyId KmsKey KMSMasterKeyID KeyName Key KeyType KeySchema
     KeyPolicy KeySpec KeyUsage EncryptionKey DefaultEncryptionKey PublicKey EncodedKey SshPublicKeys KeyPair AccessKeyId
     PartitionKey S3Key ObjectKey RouteKey TagKey ResourceTagKey ProjectKey ShortcutKey BucketKeyEnabled ApiKeyRequired
     ApiKeyId ApiKeyName ApiKeySourceType ApiKeySelectionExpression TokenValidityUnits AccessTokenValidity TokenEndpoint
     TokenUrl HttpTokens MaxTokens TokenKeyName NextToken ServiceToken ClientToken VersionToken DkimDNSTokenValue1 TokenType
     AuthorizationType AuthorizationScopes AuthType AuthorizerCredentials ReturnConnectionPasswordEncrypted Bypass Compass
     PartitionKeys PrivateIp PrivateDnsName Keyword KMS_KEY SORT_KEY CACHE_KEY PUBLIC_KEY S3_KEY TOKEN_TTL MAX_TOKENS
     PASSWORD_MIN_LENGTH SECRET_NAME SECRET_ARN API_KEY_PARAMETER_NAME MONKEY AWS_REGION`.split(/\s+/),
  )('%s is not', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('properties', () => {
  test('masks secrets however deep, and keeps what is none', () => {
    const properties = {
      MasterUsername: 'admin',
      MasterUserPassword: 'hunter2-hunter2',
      Passwords: ['one-password', 'two-password'],
      NumericPassword: 12345678,
      PasswordPolicy: { MinimumLength: 12 },
      GenerateSecret: true,
      MasterUserSecret: { KmsKeyId: 'alias/shop' },
      GenerateSecretString: { PasswordLength: 30, ExcludeCharacters: '/@' },
      Credential: { AuthToken: 'abc', Host: 'cache' },
    };
    expect(maskSecrets(properties, ANY)).toEqual({
      ...properties,
      MasterUserPassword: '****',
      Passwords: ['****', '****'],
      NumericPassword: '****',
      Credential: { AuthToken: '****', Host: 'cache' },
    });
    expect(properties.MasterUserPassword).toBe('hunter2-hunter2');
  });

  test('masks secret-named variables in maps and in lists of pairs', () => {
    expect(
      maskSecrets(
        {
          Environment: { Variables: { STRIPE_API_KEY: 'abc', LOG_LEVEL: 'info', SECRET_ARN: 'arn:aws:x' } },
          ContainerDefinitions: [{ Environment: [pair('DB_PASSWORD', 'p'), pair('DB_HOST', 'db')] }],
          OptionSettings: [{ OptionName: 'DBPassword', Value: 'p' }],
          HeaderParameters: [{ Key: 'X-Shop', Value: 'p', IsValueSecret: true }],
        },
        ANY,
      ),
    ).toEqual({
      Environment: { Variables: { STRIPE_API_KEY: '****', LOG_LEVEL: 'info', SECRET_ARN: 'arn:aws:x' } },
      ContainerDefinitions: [{ Environment: [pair('DB_PASSWORD', '****'), pair('DB_HOST', 'db')] }],
      OptionSettings: [{ OptionName: 'DBPassword', Value: '****' }],
      HeaderParameters: [{ Key: 'X-Shop', Value: '****', IsValueSecret: true }],
    });
  });

  test('shows what a secret-named property holds when it is a reference, a switch or a unit', () => {
    const properties = {
      Secrets: [{ Name: 'DB_PASSWORD', ValueFrom: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop' }],
      DomainJoinServiceAccountSecret: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:ad',
      TokenValidityUnits: { AccessToken: 'minutes', RefreshToken: 'days' },
      Variables: [{ Name: 'API_TOKEN', Value: '/shop/api-token', Type: 'PARAMETER_STORE' }],
      Password: '',
    };
    expect(maskSecrets(properties, ANY)).toEqual(properties);
  });

  test('masks known secrets wherever they stand', () => {
    const options = { secrets: ['s3cr3t-value', '4711'] };
    expect(maskSecrets({ Url: 'https://x/?k=s3cr3t-value&y', Port: 4711, Note: 's3cr3t' }, ANY, options)).toEqual({
      Url: 'https://x/?k=****&y',
      Port: '****',
      Note: 's3cr3t',
    });
    expect(maskSecrets({ Name: 'banana', Code: 'a' }, ANY, { secrets: ['a', ''] })).toEqual({
      Name: 'banana',
      Code: '****',
    });
  });

  test('masks what its type keeps secret, and SSM parameters by their names alone', () => {
    const key = { Name: 'shop', Value: 'abc' };
    expect(maskSecrets(key, { ...ANY, type: 'AWS::ApiGateway::ApiKey' })).toEqual({ Name: 'shop', Value: '****' });
    expect(maskSecrets(key, { ...ANY, type: 'AWS::SSM::Parameter' })).toEqual(key);
    expect(maskSecrets(key, { ...ANY, type: 'AWS::SSM::Parameter', logicalId: 'DbPassword' })).toEqual({
      ...key,
      Value: '****',
    });
  });

  test('a hostile key stays data', () => {
    const properties = JSON.parse('{"__proto__": {"Password": "p"}, "constructor": {"Token": "t"}}') as JsonObject;
    const masked = maskSecrets(properties, ANY);
    expect(JSON.stringify(masked)).toBe('{"__proto__":{"Password":"****"},"constructor":{"Token":"****"}}');
    expect('Password' in masked).toBe(false);
  });
});

describe('a value at a path', () => {
  test.each([
    ['/MasterUserPassword', 'p', '****'],
    ['/Passwords/0', 'p', '****'],
    ['/Environment/Variables/API_TOKEN', 'p', '****'],
    ['/ContainerDefinitions/Name=web/Environment/Name=DB_PASSWORD/Value', 'p', '****'],
    ['/ContainerDefinitions/Name=web/Environment/Name=DB_HOST/Value', 'p', 'p'],
    ['/Tags/Key=Team/Value', 'shop', 'shop'],
    ['/SecretArn', 'arn:aws:x', 'arn:aws:x'],
  ])('%s', (path, value, expected) => {
    expect(maskValue(value, path)).toBe(expected);
  });

  test('what is not known is said, unless it is secret', () => {
    expect(maskValue({ A: unresolved('no such export'), B: unresolved('NoEcho', { secret: true }) }, '/X')).toEqual({
      A: { $unresolved: 'no such export' },
      B: '****',
    });
  });

  test('an added pair is masked as a whole', () => {
    expect(maskValue({ Name: 'DB_PASSWORD', Value: 'p' }, '/Environment/4')).toEqual(pair('DB_PASSWORD', '****'));
  });
});

test('texts of NoEcho parameters are collected from an evaluated value', () => {
  const source = createSource('t.yaml', '');
  const origin = { source, use: { source, range: { start: 0, end: 0 } }, via: [] };
  const secret = { kind: 'scalar', value: 'p', secret: true, origin } as const;
  const plain = { kind: 'scalar', value: 'x', origin } as const;
  const list = { kind: 'list', items: [secret, plain], origin } as const;
  expect(secretTexts({ kind: 'map', entries: new Map([['A', { ...list, items: [...list.items] }]]), origin })).toEqual([
    'p',
  ]);
});

describe('texts', () => {
  const key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  test.each([
    ['{{resolve:secretsmanager:shop/db:SecretString:password}}', '****'],
    ['jdbc:x;user=a;{{resolve:ssm-secure:/shop/db:1}}', 'jdbc:x;user=a;****'],
    ['postgres://shop:hunter2@db.internal:5432/shop', 'postgres://shop:****@db.internal:5432/shop'],
    ['redis://:p@ss@cache:6379', 'redis://:****@cache:6379'],
    [
      'jdbc:sqlserver://db;user=sa;password=hunter2;encrypt=true',
      'jdbc:sqlserver://db;user=sa;password=****;encrypt=true',
    ],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nrest', '****\nrest'],
    ['-----BEGIN PRIVATE KEY-----\nMIIE', '****'],
    [`AKIAIOSFODNN7EXAMPLE ${key}`, '****'],
    ['id AKIAIOSFODNN7EXAMPLE.', 'id ****.'],
    [`aws_secret_access_key = ${key}`, 'aws_secret_access_key = ****'],
    ['export DB_PASSWORD="two words"\necho', 'export DB_PASSWORD="****"\necho'],
    ['{"user":"a","password":"h\\"x","port":1}', '{"user":"a","password":"****","port":1}'],
    ['"{\\"password\\":\\"x\\",\\"port\\":1}"', '"{\\"password\\":\\"****\\",\\"port\\":1}"'],
    ['db:\n  password: hunter2\n  host: db', 'db:\n  password: ****\n  host: db'],
    ['Authorization: Bearer abcdefghijklmnop1234', 'Authorization: **** ****'],
    ['https://hooks.slack.com/services/T0/B0/xyz', 'https://hooks.slack.com/services/****'],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', '****'],
  ])('%j', (text, expected) => {
    expect(maskText(text)).toBe(expected);
  });

  test.each([
    'arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/db-AbCdEf',
    '{"Effect":"Allow","Action":["secretsmanager:GetSecretValue","sts:GetSessionToken"],"Resource":"*"}',
    '{{resolve:ssm:/shop/image:3}}',
    'export DB_PASSWORD=$(aws ssm get-parameter)',
    'https://example.com:8443/path@x',
    'mailto:ops@example.com',
    '{"SecretArn": "arn:aws:secretsmanager:eu-west-1:111111111111:secret:a", "Token": true}',
    'rotates the secret every month',
  ])('%j stays', (text) => {
    expect(maskText(text)).toBe(text);
  });

  test('looks into base64', () => {
    const script = (password: string) => Buffer.from(`#!/bin/sh\nexport DB_PASSWORD=${password}\n`).toString('base64');
    expect(maskText(script('hunter2'))).toBe(script('****'));
    const harmless = Buffer.from('#!/bin/sh\nyum install -y httpd\n').toString('base64');
    expect(maskText(harmless)).toBe(harmless);
  });

  test.each([
    ...[
      'eyJ-',
      'eyJaaaaaaaaa.',
      '| passwd',
      'echo a | passwd ',
      'mysql ',
      'mysql -p',
      'curl -u a:',
      '--token ',
      '--a ',
    ],
    ...['token: |\n', 'token:\n  ', '<password>', '<password ', '"name":"password",', 'name: password ', '?sig='],
    ...[
      'password="$\\',
      'password="\\"',
      'passwd<<<',
      'chpasswd:\n list:',
      'identified with ',
      'ENV a ',
      '${',
      '$(',
      '\\\n',
    ],
    ...['https://', '{{resolve:ssm-secure:', 'QUFB', '[', '{"a":', 'a-', 'sk-', '-H "a:', 'A_', '"', "'"],
  ])('a hundred kilobytes of %j are masked in linear time', (unit) => {
    // What is quadratic takes minutes here, which Jest's own limit ends.
    const masked = maskText(unit.repeat(Math.ceil(100_000 / unit.length)));
    expect(typeof masked).toBe('string');
    expect(masked.length).toBeGreaterThan(0);
  });

  test('thousands of known secrets are looked for in one walk', () => {
    const secrets = Array.from({ length: 15_000 }, (_, index) => `known-${index}-secret`);
    const text = Array.from({ length: 2000 }, (_, index) => `say known-${index * 7}-secret, and plain-${index}`).join(
      '\n',
    );
    const masked = maskText(text, secrets);
    expect(masked).not.toContain('known-');
    expect(masked.match(/plain-\d+/g)).toHaveLength(2000);
  });

  test('a megabyte of anything is masked without catastrophe', () => {
    for (const unit of ['a', 'password', 'eyJ', '://a:', '="', '-----BEGIN PRIVATE KEY-----', 'AKIA', 'x.y: ']) {
      expect(typeof maskText(unit.repeat(1_000_000 / unit.length))).toBe('string');
    }
  });
});

function pair(name: string, value: string): JsonObject {
  return { Name: name, Value: value };
}
