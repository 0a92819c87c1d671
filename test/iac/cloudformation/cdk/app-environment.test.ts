import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { appEnvironment } from '../../../../src/iac/cloudformation/cdk/synth/app-environment.js';
import { temporaryDirectory, writeFiles } from '../../../support/repository.js';

/** What CDK's own command line asks for, as text behind other keys. */
const ASKED = ',"aws:cdk:enable-path-metadata":true,"aws:cdk:enable-asset-metadata":true}';

test.each([
  ['in a variable', 100_000, false],
  ['in a file, where that is too long for a variable', 100_001, true],
])('an app is given its context %s', async (_, bytes, isFile) => {
  const [directory, out] = [temporaryDirectory(), temporaryDirectory()];
  const zones = 'z'.repeat(bytes - '{"zones":""'.length - ASKED.length);
  writeFiles(directory, { 'cdk.context.json': JSON.stringify({ zones }) });
  const { CDK_CONTEXT_JSON: given, CONTEXT_OVERFLOW_LOCATION_ENV: file } = await appEnvironment(directory, {
    out,
    isTraced: true,
  });
  expect(file !== undefined).toBe(isFile);
  const context = JSON.parse(file === undefined ? (given ?? '') : readFileSync(file, 'utf8'));
  expect(context).toMatchObject({ zones, 'aws:cdk:enable-path-metadata': true });
  expect(isFile ? given : '{}').toBe('{}');
});
