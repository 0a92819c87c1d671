import { spawnSync } from 'node:child_process';
import { describe } from '@jest/globals';

/** `describe` for suites that need a program that may not be there; then they are skipped and say so. */
export function describeWith(program: string, name: string, suite: () => void): void {
  if (spawnSync(program, ['--version']).status === 0) {
    describe(name, suite);
    return;
  }
  console.warn(`skipped: ${name} (${program} is not installed)`);
  describe.skip(name, suite);
}
