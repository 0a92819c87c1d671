import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, test } from '@jest/globals';
import { versionIn } from '../../../scripts/cdk-fixtures.js';

/** Where `aws-cdk-lib` of some version is installed, with constructs and tsx. */
export interface Library {
  folder: string;
  version: string;
}

const folders = (process.env['CDK_LIBRARIES'] ?? '').split(delimiter).filter((folder) => folder !== '');

/** The libraries that `CDK_LIBRARIES` names. */
export const LIBRARIES: readonly Library[] = folders.map((folder) => {
  if (!existsSync(join(folder, 'node_modules/aws-cdk-lib')))
    throw new Error(`CDK_LIBRARIES: there is no node_modules/aws-cdk-lib in ${folder}`);
  return { folder, version: versionIn(folder) };
});

/** Tests with each library; without any they are skipped, which is said. */
export function describeLibraries(name: string, tests: (library: Library) => void): void {
  if (LIBRARIES.length === 0) {
    describe(name, () => test.skip('skipped: CDK_LIBRARIES names no folder with aws-cdk-lib', () => undefined));
    return;
  }
  describe.each(LIBRARIES)(`${name}, aws-cdk-lib $version`, tests);
}
