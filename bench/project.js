import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KINDS } from './kinds.js';

const ACCOUNTS = ['111111111111', '222222222222', '333333333333', '444444444444'];
const REGIONS = ['eu-west-1', 'us-east-1', 'ap-south-1'];

const HEAD = `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Env: { Type: String, Default: dev }
  Signature: { Type: String, Default: '1' }
Mappings:
  Timeouts:
    dev: { Queue: 30 }
    prod: { Queue: 120 }
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:`;

/**
 * Makes a Git repository of `stacks` templates with `resources` resources altogether, in a temporary folder, and the
 * recorded clouds that it is deployed to: an account each. `drifted` of the resources, evenly spread, are not as the
 * templates say: one of each stack, unless told. Each has as many values that no template declares as `undeclared` says.
 */
export function createProject({ stacks, resources, accounts = 1, regions = 1, drifted = stacks, undeclared = 0 }) {
  const folder = mkdtempSync(join(tmpdir(), 'gitops-drift-bench-'));
  const repository = join(folder, 'repository');
  mkdirSync(join(repository, 'templates'), { recursive: true });
  const places = ACCOUNTS.slice(0, accounts).flatMap((account) =>
    REGIONS.slice(0, regions).map((region) => ({ account, region, stacks: [] })),
  );
  const count = resources / stacks;
  const lines = [];
  function isDrifted(resource) {
    const before = (one) => Math.ceil((one * drifted) / resources);
    return before(resource + 1) > before(resource);
  }
  for (let index = 0; index < stacks; index += 1) {
    const place = places[Math.floor((index * places.length) / stacks)];
    const stack = createStack(place, index, count, { isDrifted, undeclared });
    place.stacks.push(stack);
    writeFileSync(join(repository, 'templates', `${stack.name}.yaml`), stack.template);
    const role = accounts === 1 ? '' : `, roleArn: "arn:aws:iam::${place.account}:role/reader"`;
    lines.push(`  - { name: ${stack.name}, template: templates/${stack.name}.yaml, region: ${place.region}${role} }`);
  }
  writeFileSync(join(repository, 'gitops-drift.yaml'), `version: 1\nprovider: aws\nstacks:\n${lines.join('\n')}\n`);
  git(repository, 'init', '--quiet');
  git(repository, 'add', '.');
  git(repository, '-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '-m', 'bench');
  const snapshots = ACCOUNTS.slice(0, accounts).map((account) => {
    const file = join(folder, `${account}.json`);
    writeFileSync(file, JSON.stringify(snapshotOf(account, places)));
    return file;
  });
  return { folder, repository, snapshots };
}

function snapshotOf(account, places) {
  const own = places.filter((place) => place.account === account);
  const regions = Object.fromEntries(own.map(({ region, stacks }) => [region, { stacks, unmanaged: [] }]));
  return { snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account, regions };
}

function createStack(place, index, count, { isDrifted, undeclared }) {
  const texts = [HEAD];
  const resources = [];
  for (let position = 0; position < count; position += 1) {
    const kind = KINDS[position % KINDS.length];
    const n = `${index}-${position}`;
    const logicalId = `${kind.id}${position}`;
    const properties = { ...kind.live(n, place), ...(isDrifted(index * count + position) ? kind.drifted(place) : {}) };
    for (let at = 0; at < undeclared; at += 1)
      properties[`Setting${at}`] = `a value of ${logicalId} that somebody set ${at}`;
    texts.push(`  ${logicalId}:${kind.yaml(n)}`);
    resources.push({ logicalId, type: typeOf(kind), physicalId: kind.physicalId(n, place), properties });
  }
  const template = `${texts.join('\n')}\n`;
  return { name: `bench-${index}`, template, parameters: { Env: 'prod' }, outputs: {}, exports: {}, resources };
}

function typeOf(kind) {
  return /Type: (\S+)/.exec(kind.yaml(''))[1];
}

function git(folder, ...args) {
  execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}
