import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { scanFiles } from '../support/memory.js';
import { temporaryDirectory } from '../support/repository.js';

function hasTranslator(): boolean {
  try {
    execFileSync('python3', ['-c', 'import samtranslator'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Pay:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: pay.handler
      Runtime: nodejs20.x
      MemorySize: 256
  Ship:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: ship.handler
      Runtime: nodejs20.x
      AutoPublishAlias: live
      InlineCode: "exports.handler = 1"
`;

function functionOf(handler: string, more: object) {
  return { Type: 'AWS::Lambda::Function', Properties: { Handler: handler, Runtime: 'nodejs20.x', ...more } };
}

const PROCESSED = {
  Resources: {
    Pay: functionOf('pay.handler', { MemorySize: 256, Code: { S3Bucket: 'b', S3Key: 'k' } }),
    Ship: functionOf('ship.handler', { Code: { ZipFile: 'exports.handler = 1' } }),
  },
};

function files(liveOfPay: object) {
  const resources = Object.entries(PROCESSED.Resources).map(([logicalId, { Type, Properties }]) => ({
    ...{ logicalId, type: Type, physicalId: `shop-${logicalId}` },
    properties: { ...Properties, ...(logicalId === 'Pay' ? liveOfPay : {}) },
  }));
  const stack = { name: 'shop', status: 'UPDATE_COMPLETE', template: TEMPLATE.replaceAll('src/', 's3://b/k') };
  const stacks = [{ ...stack, processedTemplate: PROCESSED, resources }];
  const regions = { 'eu-west-1': { stacks } };
  return {
    'template.yaml': TEMPLATE,
    'live.json': JSON.stringify({ snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: null, regions }),
    'gitops-drift.yaml':
      'version: 1\nprovider: snapshot\nsnapshot: live.json\nstacks:\n  - { name: shop, template: template.yaml, region: eu-west-1 }\n',
  };
}

test('by rules alone an edit is proven without another program', async () => {
  const { report } = await scanFiles(files({ MemorySize: 512 }), { patch: {} });
  expect(report.findings.map(({ path, patch }) => [path, patch.status, patch.proof])).toEqual([
    ['/MemorySize', 'patchable', 'rules'],
  ]);
});

const isThere = hasTranslator();
if (!isThere) console.warn('skipped: proofs by the SAM translator (python3 has no package samtranslator)');

(isThere ? describe : describe.skip)('where SAM’s own translator is installed', () => {
  test('an edit is also proven by what the translator makes of it before and after', async () => {
    const { report } = await scanFiles(files({ MemorySize: 512 }), { patch: { remakes: true } });
    expect(report.findings.map(({ path, patch }) => [path, patch.status, patch.proof])).toEqual([
      ['/MemorySize', 'patchable', 'transform'],
    ]);
  });

  test('Python takes no code from the folders of its own variables', async () => {
    const folder = temporaryDirectory();
    const marker = join(folder, 'ran');
    for (const name of ['sitecustomize', 'json', 'samtranslator'])
      writeFileSync(join(folder, `${name}.py`), `open(${JSON.stringify(marker)}, "w")\n`);
    await withEnvironment({ PYTHONPATH: folder }, async () => {
      const { report } = await scanFiles(files({ MemorySize: 514 }), { patch: { remakes: true } });
      expect(report.findings.map(({ patch }) => patch.proof)).toEqual(['transform']);
    });
    expect(existsSync(marker)).toBe(false);
  });
});

test.each([
  ['there is none', undefined],
  ['it can not be run', 'echo "python3: command not found" >&2; exit 127'],
  ['it has no such package', 'echo "ModuleNotFoundError: No module named samtranslator" >&2; exit 1'],
])('where %s, that is told instead of proving less', async (_, program) => {
  const scanned = withEnvironment({ PATH: pathWith(program) }, () =>
    scanFiles(files({ MemorySize: 513 }), { patch: { remakes: true } }),
  );
  await expect(scanned).rejects.toMatchObject({ code: 'usage', problems: [{ code: 'sam-transform' }] });
});

test.each([
  ['says so, whatever its words are', 'echo "No module named ENOENT" >&2; exit 9'],
  ['gives what is no template', 'echo "[]"'],
  ['gives what is no JSON', 'echo NaN'],
])('a translator that %s leaves the proof by rules', async (_, program) => {
  await withEnvironment({ PATH: pathWith(program) }, async () => {
    const { report } = await scanFiles(files({ MemorySize: 513 }), { patch: { remakes: true } });
    expect(report.findings.map(({ patch }) => [patch.status, patch.proof])).toEqual([['patchable', 'rules']]);
  });
});

test('the translator gets no credentials, and runs outside of the repository', async () => {
  const told = join(temporaryDirectory(), 'told');
  const path = pathWith(`{ env; echo "CWD=$(pwd)"; } > ${told}; exit 9`);
  const secrets = { AWS_SECRET_ACCESS_KEY: 's3cr3t', AWS_PROFILE: 's3cr3t', GITHUB_TOKEN: 's3cr3t' };
  await withEnvironment({ PATH: path, ...secrets }, () =>
    scanFiles(files({ MemorySize: 513 }), { patch: { remakes: true } }),
  );
  const text = readFileSync(told, 'utf8');
  expect(text).toContain('CWD=/\n');
  expect(text).toContain('AWS_SHARED_CREDENTIALS_FILE=/dev/null\n');
  expect(text).not.toContain('s3cr3t');
});

/** A search path whose first `python3` is a shell script; with none, there is no such program. */
function pathWith(program: string | undefined): string {
  const folder = temporaryDirectory();
  if (program === undefined) return folder;
  writeFileSync(join(folder, 'python3'), `#!/bin/sh\n${program}\n`, { mode: 0o755 });
  return [folder, '/usr/bin', '/bin'].join(delimiter);
}

async function withEnvironment<T>(variables: Record<string, string>, run: () => Promise<T>): Promise<T> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return await run();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
