import { DriftError } from '../base/errors.js';
import { isolate } from './isolation.js';
import { execute, surroundings } from './process.js';

const WHO = ['AUTHOR', 'COMMITTER'] as const;
/** `Ada Lovelace <ada@example.com> 1767225600 +0000`. */
const IDENTITY = /^([^<]*)<([^>]*)> \d+ [+-]\d{4}$/;

/**
 * Who commits in a repository, as variables for Git. Throws a `DriftError` (code `git`) when Git does not know.
 *
 * The user's own configuration may say so for the folder that a repository is in (`includeIf "gitdir:…"`), so Git is
 * asked in the repository itself. That reads its configuration and nothing else, unless it includes other files: then
 * Git is shown our own.
 */
export async function committerOf(root: string): Promise<Record<string, string>> {
  const { settings, environment } = await isolate(root);
  const includes = settings.some(({ name }) => /^include(?:if)?\./.test(name));
  const env = includes ? environment : surroundings();
  const variables: Record<string, string> = {};
  for (const who of WHO) {
    const { exitCode, stdout } = await execute(['-C', root, 'var', `GIT_${who}_IDENT`], env);
    const [, name, email] = IDENTITY.exec(stdout.trim()) ?? [];
    if (exitCode !== 0 || name === undefined || email === undefined) {
      const hint = 'run: git config user.name "Your Name" && git config user.email you@example.com';
      throw new DriftError('git', [{ code: 'git-no-identity', message: 'Git does not know who commits', hint }]);
    }
    variables[`GIT_${who}_NAME`] = name.trimEnd();
    variables[`GIT_${who}_EMAIL`] = email;
  }
  return variables;
}
