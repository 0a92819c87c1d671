import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { validate } from 'dockerfile-utils';
import { HOME } from '../support/pipeline.js';

const DOCKERFILE = readFileSync(join(HOME, 'Dockerfile'), 'utf8');
const IGNORED = readFileSync(join(HOME, '.dockerignore'), 'utf8');
const MANIFEST = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')) as { bin: object };

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

test('what the release is built from is let through to the build, and nothing else', () => {
  const allowed = IGNORED.split('\n').flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  const shipped = ['action.yml', 'assets', 'bin', 'ci', 'data', 'fixtures/demo', 'LICENSE', 'NOTICE'];
  const toBuild = ['.npmrc', 'package.json', 'package-lock.json', 'schemas', 'scripts', 'src'];
  expect(allowed.sort()).toEqual([...shipped, ...toBuild, 'tsconfig.json', 'tsconfig.build.json'].sort());
  expect(IGNORED).toMatch(/^\*$/m);
});

test('the image is the release, without anything that is installed', () => {
  const [build = '', last = ''] = DOCKERFILE.split(/\n(?=FROM node:\S+\nLABEL)/);
  const folder = /^RUN npm run release:action -- (\S+)$/m.exec(build)?.[1];
  expect(last.match(/^COPY .*$/gm)).toEqual([`COPY --from=build ${folder} /opt/gitops-drift`]);
  expect(last).not.toMatch(/npm|node_modules/);
});
