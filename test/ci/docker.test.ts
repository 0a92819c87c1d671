import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { validate } from 'dockerfile-utils';
import { HOME, run } from '../support/pipeline.js';
import { temporaryDirectory } from '../support/repository.js';

const DOCKERFILE = readFileSync(join(HOME, 'Dockerfile'), 'utf8');
const IGNORED = readFileSync(join(HOME, '.dockerignore'), 'utf8');
const MANIFEST = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')) as { files: string[]; bin: object };

test('a linter finds nothing in the Dockerfile, and would find mistakes', () => {
  expect(validate(DOCKERFILE)).toEqual([]);
  expect(validate(DOCKERFILE.replace('WORKDIR /repo', 'WORKDR /repo'))).toHaveLength(1);
});

test('the image runs as nobody special, and starts what package.json names', () => {
  const last = DOCKERFILE.slice(DOCKERFILE.lastIndexOf('\nFROM '));
  expect(last).toMatch(/^USER node$/m);
  expect(last).toMatch(/^ENTRYPOINT \["gitops-drift"\]$/m);
  for (const [name, file] of Object.entries(MANIFEST.bin)) {
    expect(last).toContain(`/opt/gitops-drift/${file} /usr/local/bin/${name}`);
  }
});

test('what is built and shipped is let through to the build, and nothing else', () => {
  const allowed = IGNORED.split('\n').flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  const shipped = MANIFEST.files.filter((file) => file !== 'dist' && !file.endsWith('.md'));
  const toBuild = [
    '.npmrc',
    'package.json',
    'package-lock.json',
    'scripts',
    'src',
    'tsconfig.json',
    'tsconfig.build.json',
  ];
  expect(allowed.sort()).toEqual([...shipped, ...toBuild].sort());
  expect(IGNORED).toMatch(/^\*$/m);
});

test('it runs with what npm prune --omit=dev leaves', async () => {
  const home = temporaryDirectory();
  for (const file of [...MANIFEST.files.filter((each) => !each.endsWith('.md')), 'package.json']) {
    cpSync(join(HOME, file), join(home, file), { recursive: true });
  }
  const { packages } = JSON.parse(readFileSync(join(HOME, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  for (const [path, { dev, devOptional }] of Object.entries(packages)) {
    // Those inside of others come with them.
    if (path === '' || dev || devOptional || path.lastIndexOf('node_modules/') > 0) continue;
    mkdirSync(dirname(join(home, path)), { recursive: true });
    symlinkSync(join(HOME, path), join(home, path));
  }
  const options = { cwd: home, env: { NODE_OPTIONS: '--preserve-symlinks --preserve-symlinks-main' } };
  for (const args of [
    ['bin/gitops-drift.js', 'demo'],
    ['bin/gitops-drift-ci.js', '--version'],
    ['--eval', "import('./dist/index.js')"],
  ]) {
    const { exitCode, stderr } = await run(process.execPath, args, options);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  }
});
