import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { deployedAssembly, shopWith } from '../../../support/cdk-worlds.js';
import { type Files, makeRepository } from '../../../support/repository.js';

const LIBRARY = new URL('../../../../dist/index.js', import.meta.url).href;
const HOOK = 'export const load = (url, context, next) => (process._rawDebug(url), next(url, context));';
const PROGRAM = `
import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(HOOK)}));
const { scan } = await import(${JSON.stringify(LIBRARY)});
const { report } = await scan({ repository: process.cwd(), patch: {} });
console.log(report.summary.resources.total, report.summary.exitCode);
`;

/** What scanning a repository prints, and what of CDK it loads. */
function scanned(files: Files): { told: string; loaded: string[] } {
  const cwd = makeRepository(files);
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    cwd,
    encoding: 'utf8',
  });
  const loaded = stderr.match(/iac\/cloudformation\/cdk\/[\w-]+|trace-mapping|@babel/g) ?? [];
  return { told: stdout.trim(), loaded: [...new Set(loaded)].sort() };
}

test('nothing that knows CDK is loaded where there is no assembly', async () => {
  expect(fileURLToPath(LIBRARY)).toMatch(/dist/);
  const files = shopWith('2.276.0-compiled');
  const live = JSON.stringify(await deployedAssembly(files));
  const config = 'version: 1\nprovider: snapshot\nsnapshot: live.json\n';
  const own = { 'live.json': live, 'data.template.json': String(files['cdk.out/Data.template.json']) };
  const plain = scanned({
    ...own,
    'gitops-drift.yaml': `${config}stacks:\n  - { name: shop-data, template: data.template.json, region: eu-west-1 }\n`,
  });
  expect(plain).toEqual({ told: expect.stringMatching(/^\d+ 0$/), loaded: [] });
  // Where there is one, source maps are read only of compiled code, and nothing parses code.
  const { told, loaded } = scanned({ ...files, 'live.json': live, 'gitops-drift.yaml': `${config}cdk: {}\n` });
  expect(told).toBe('78 0');
  expect(loaded).toEqual(expect.arrayContaining(['iac/cloudformation/cdk/constructs', 'trace-mapping']));
  expect(loaded).not.toContain('@babel');
});
