import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ACCOUNT = '111111111111';
const REGION = 'eu-west-1';
/** The call stack of a resource is as deep as the limit that finds all lines. */
const FRAMES = 30;
/** Lines of a file that creates a resource. */
const LINES_EACH = 6;

/**
 * Makes the same estate twice, each a repository with what is deployed: as an app with its cloud assembly, and as plain
 * templates of the same texts. `stacks` of them have `resources` resources altogether.
 */
export function createCdkProjects({ stacks, resources }) {
  const folder = mkdtempSync(join(tmpdir(), 'gitops-drift-bench-'));
  const made = Array.from({ length: stacks }, (_, index) => createStack(`Shop${index}`, resources / stacks));
  return { folder, cdk: writeApp(join(folder, 'cdk'), made), plain: writePlain(join(folder, 'plain'), made) };
}

function createStack(name, count) {
  const template = { Resources: {} };
  const metadata = {};
  const resources = [];
  const code = [`import * as sqs from 'aws-cdk-lib/aws-sqs';`, ''];
  for (let at = 0; at < count; at += 1) {
    const logicalId = `Queue${at}A9B65338`;
    const properties = { DelaySeconds: at % 900, VisibilityTimeout: 180, Tags: [{ Key: 'team', Value: 'shop' }] };
    const path = `${name}/Queue${at}/Resource`;
    template.Resources[logicalId] = {
      ...{ Type: 'AWS::SQS::Queue', Properties: properties, UpdateReplacePolicy: 'Delete', DeletionPolicy: 'Delete' },
      Metadata: { 'aws:cdk:path': path },
    };
    const line = code.length + 1;
    code.push(`new sqs.Queue(scope, 'Queue${at}', {`, '  // what it is for', `  delaySeconds: ${at % 900},`);
    code.push('  visibilityTimeout: 180,', '});', '');
    const frames = [`new ${name} (/builds/shop/lib/${name}.ts:${line}:1)`, '<anonymous> (/builds/shop/bin/app.ts:3:1)'];
    const folded = Array.from({ length: FRAMES - 3 }, (_, each) => `f${each} (node:internal/modules/loader:${each}:1)`);
    metadata[`/${path}`] = [
      { type: 'aws:cdk:logicalId', data: logicalId },
      { type: 'aws:cdk:creationStack', data: ['...new Queue2 in aws-cdk-lib...', ...frames, ...folded] },
    ];
    const physicalId = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}-${logicalId}`;
    resources.push({
      logicalId,
      type: 'AWS::SQS::Queue',
      physicalId,
      properties: { ...properties, QueueUrl: physicalId },
    });
  }
  if (code.length !== 2 + count * LINES_EACH) throw new Error('the lines of the code are not those of its frames');
  return { name, template: JSON.stringify(template), metadata, resources, code: `${code.join('\n')}\n` };
}

function writeApp(folder, stacks) {
  const repository = join(folder, 'repository');
  for (const each of ['bin', 'lib', 'cdk.out']) mkdirSync(join(repository, each), { recursive: true });
  writeFileSync(join(repository, 'cdk.json'), '{"app":"npx tsx bin/app.ts"}\n');
  writeFileSync(join(repository, 'bin/app.ts'), '// The stacks of the shop.\n\nmakeStacks();\n');
  const artifacts = {};
  for (const { name, template, metadata, code } of stacks) {
    writeFileSync(join(repository, `lib/${name}.ts`), code);
    writeFileSync(join(repository, `cdk.out/${name}.template.json`), template);
    writeFileSync(join(repository, `cdk.out/${name}.metadata.json`), JSON.stringify(metadata));
    artifacts[name] = {
      ...{ type: 'aws:cloudformation:stack', environment: `aws://${ACCOUNT}/${REGION}` },
      ...{ properties: { templateFile: `${name}.template.json` }, additionalMetadataFile: `${name}.metadata.json` },
    };
  }
  writeFileSync(join(repository, 'cdk.out/manifest.json'), JSON.stringify({ version: '55.0.0', artifacts }));
  return commit(folder, 'cdk: { out: cdk.out }', stacks);
}

function writePlain(folder, stacks) {
  mkdirSync(join(folder, 'repository/templates'), { recursive: true });
  const entries = stacks.map(({ name, template }) => {
    writeFileSync(join(folder, `repository/templates/${name}.json`), template);
    return `  - { name: ${name}, template: templates/${name}.json, region: ${REGION} }`;
  });
  return commit(folder, `stacks:\n${entries.join('\n')}`, stacks);
}

function commit(folder, configuration, stacks) {
  const repository = join(folder, 'repository');
  writeFileSync(join(repository, 'gitops-drift.yaml'), `version: 1\nprovider: aws\n${configuration}\n`);
  git(repository, 'init', '--quiet');
  git(repository, 'add', '.');
  git(repository, '-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '-m', 'bench');
  const recorded = stacks.map(({ name, template, resources }) => ({ name, template, resources }));
  const regions = { [REGION]: { stacks: recorded, unmanaged: [] } };
  const file = join(folder, 'live.json');
  const capturedAt = '2026-01-01T00:00:00Z';
  writeFileSync(file, JSON.stringify({ snapshotVersion: 1, capturedAt, account: ACCOUNT, regions }));
  return { repository, snapshots: [file] };
}

function git(folder, ...args) {
  execFileSync('git', args, { cwd: folder });
}
