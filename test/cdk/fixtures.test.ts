import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { recordedAssembly } from '../../scripts/cdk-fixtures.js';
import { describeLibraries } from './support/libraries.js';

const FIXTURES = fileURLToPath(new URL('../../fixtures/cdk', import.meta.url));
/** What hangs on the version of Node: its own frames, and how a package is loaded. */
const INNER = /"[^"]*(?:node:internal|node_modules\/tsx)[^"]*",?/g;

describeLibraries('the recorded assemblies', ({ folder, version }) => {
  test.each([
    ['as it is', false],
    ['compiled', true],
  ])('are what the library synthesises of the app %s', (_, isCompiled) => {
    const recorded = join(FIXTURES, isCompiled ? `${version}-compiled` : version);
    // Only one version has been compiled, and others than the recorded ones are good for patches alone.
    if (!existsSync(recorded)) return;
    for (const [path, text] of recordedAssembly(folder, isCompiled))
      expect([path, text.replace(INNER, '')]).toEqual([
        path,
        readFileSync(join(recorded, path), 'utf8').replace(INNER, ''),
      ]);
  });
});
