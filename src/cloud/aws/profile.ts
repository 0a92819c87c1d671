import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { insteadOf } from '../../base/closest.js';
import { DriftError } from '../../base/errors.js';

/** A section of AWS's files: `[profile shop]` in the configuration, `[shop]` in the credentials. */
const SECTION = /^[ \t]*\[[ \t]*(?:profile[ \t]+)?["']?([^\]"']+?)["']?[ \t]*\]/gm;

/** The error for a profile that `AWS_PROFILE` names and no file has; undefined where it is there, or none is named. */
export async function missingProfile(env: NodeJS.ProcessEnv, cause: unknown): Promise<DriftError | undefined> {
  const profile = env['AWS_PROFILE'];
  if (profile === undefined || profile === '') return undefined;
  const names = await profileNames(env);
  if (names.includes(profile)) return undefined;
  const message = `there is no AWS profile "${profile}", which AWS_PROFILE names`;
  const hint = `${insteadOf(profile, names, 'profiles')}; aws configure --profile ${shown(profile)} makes it`;
  return new DriftError('credentials', [{ code: 'credentials-no-profile', message, hint }], { cause });
}

/** A name that a shell may take for something else is left to the reader. */
function shown(profile: string): string {
  return /^[\w.@+-]+$/.test(profile) ? profile : '<name>';
}

async function profileNames(env: NodeJS.ProcessEnv): Promise<string[]> {
  const folder = join(homedir(), '.aws');
  const files = [
    env['AWS_CONFIG_FILE'] ?? join(folder, 'config'),
    env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(folder, 'credentials'),
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  const names = texts.flatMap((text) => [...text.matchAll(SECTION)].map(([, name = '']) => name.trim()));
  return names.filter((name) => !/^(?:sso-session|services)\s/.test(name));
}
