import { DriftError } from '../base/errors.js';
import { requiredNode } from '../base/version.js';
import { runOutside } from '../git/process.js';
import { type Check, fail, failures, ok } from './check.js';

/** `git rev-parse --is-shallow-repository` and `--no-optional-locks` are that old. */
const LEAST_GIT = '2.15.0';

/** Whether this version of Node, `20.19.1`, is new enough. */
export function checkNode(version: string): Check {
  const least = requiredNode();
  if (isAtLeast(version, least)) return ok('Node.js', version);
  return fail('Node.js', `${version} is older than ${least}`, `install Node.js ${least} or newer (https://nodejs.org)`);
}

/** Whether Git is there, and new enough. */
export async function checkGit(): Promise<Check> {
  try {
    const { stdout } = await runOutside(['--version']);
    const version = /(?<!\d)\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? '0';
    if (isAtLeast(version, LEAST_GIT)) return ok('Git', version);
    return fail(
      'Git',
      `${version} is older than ${LEAST_GIT}`,
      `install Git ${LEAST_GIT} or newer (https://git-scm.com)`,
    );
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    return failures('Git', error)[0] ?? fail('Git', error.message);
  }
}

/** Compares versions of numbers, `2.39.5`. */
export function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
  for (const [index, wanted] of (want ?? []).entries()) {
    const found = have?.[index] ?? 0;
    if (found !== wanted) return found > wanted;
  }
  return true;
}
