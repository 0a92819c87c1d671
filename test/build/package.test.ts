import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { richReport } from '../report/sample.js';
import { HOME, run } from '../support/pipeline.js';
import { temporaryDirectory } from '../support/repository.js';

const { files, version } = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')) as {
  files: string[];
  version: string;
};

/** A folder with what the package has in it, and no other package in reach. */
function unpacked(): string {
  const home = temporaryDirectory();
  for (const file of [...files, 'package.json']) cpSync(join(HOME, file), join(home, file), { recursive: true });
  return home;
}

test('the commands start and work without any other package', async () => {
  const home = unpacked();
  const started = await run(process.execPath, ['bin/gitops-drift.js', '--version'], { cwd: home });
  expect(started).toMatchObject({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  const demo = await run(process.execPath, ['bin/gitops-drift.js', 'demo'], { cwd: home });
  expect(demo).toMatchObject({ exitCode: 0, stderr: '' });
  expect(demo.stdout).toContain('Drift: 10 differences');
  const ci = await run(process.execPath, ['bin/gitops-drift-ci.js', '--version'], { cwd: home });
  expect(ci).toMatchObject({ exitCode: 0, stderr: '' });
});

test.each([
  ['config', 'isConfig', { version: 1, failOn: 'low' }, { version: 1, failOn: 'lowest' }],
  [
    'config',
    'isConfig',
    { version: 1, ignore: [ruleUntil('2028-02-29')] },
    { version: 1, ignore: [ruleUntil('2027-02-29')] },
  ],
  ['snapshot', 'isSnapshot', { snapshotVersion: 1, regions: {} }, { snapshotVersion: 1 }],
  ['snapshot', 'isStack', { name: 'shop', resources: [] }, { name: 'shop' }],
  ['report', 'isReport', richReport(), { schemaVersion: 1 }],
])('the compiled %s schema needs no ajv: %s', async (schema, name, good, bad) => {
  const script = `
    const { ${name}: validate } = await import('./dist/validators/${schema}.js');
    console.log(JSON.stringify(process.argv.slice(1).map((text) => validate(JSON.parse(text)))));`;
  const args = ['--input-type=module', '--eval', script, JSON.stringify(good), JSON.stringify(bad)];
  expect(await run(process.execPath, args, { cwd: unpacked() })).toMatchObject({
    stdout: '[true,false]\n',
    stderr: '',
  });
});

function ruleUntil(until: string) {
  return { type: 'AWS::S3::*', reason: 'known', until };
}
