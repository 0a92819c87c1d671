import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { missingProfile } from '../../src/cloud/aws/profile.js';
import { temporaryDirectory, writeFiles } from '../support/repository.js';

const folder = temporaryDirectory();
writeFiles(folder, {
  config: '[default]\nregion = eu-west-1\n[profile shop-prod]\n  [ profile "two words" ]\n[sso-session corp]\n',
  credentials: '[keys]\naws_access_key_id = x\n',
});
const told = async (profile: string | undefined, files = folder) => {
  const env = {
    ...(profile === undefined ? {} : { AWS_PROFILE: profile }),
    AWS_CONFIG_FILE: join(files, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(files, 'credentials'),
  };
  return (await missingProfile(env, undefined))?.message;
};

test.each([undefined, '', 'default', 'shop-prod', 'two words', 'keys'])('%j is there', async (profile) => {
  expect(await told(profile)).toBeUndefined();
});

test('a profile that is in no file is named, with those that there are', async () => {
  expect(await told('shop-prd')).toBe(
    'there is no AWS profile "shop-prd", which AWS_PROFILE names\n' +
      '  profiles: default, keys, shop-prod, two words; aws configure --profile shop-prd makes it',
  );
  expect(await told('corp')).toContain('there is no AWS profile "corp"');
  expect(await told('a;b', join(folder, 'none'))).toBe(
    'there is no AWS profile "a;b", which AWS_PROFILE names\n  there are no profiles; aws configure --profile <name> makes it',
  );
});
