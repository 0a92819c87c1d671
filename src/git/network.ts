import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { isolate } from './isolation.js';
import { type LocalSetting, readConfigFile } from './local-config.js';

/** A remote to talk to. */
export interface Remote {
  /** For Git: the address, or a name that the user's own configuration explains. */
  address: string;
  /** What lets Git talk to it. */
  variables: Record<string, string>;
}

/** By a name, the repository says where to: not to this machine, where hooks of its own would run. */
const PROTOCOLS = 'git:http:https:ssh';

/**
 * A remote by the name or address that was given, for one way. Of the repository's configuration, the remote's address is
 * taken, and the header by which `actions/checkout` logs in; neither proxies nor other addresses nor programs.
 */
export async function remoteFor(root: string, remote: string, way: 'fetch' | 'push'): Promise<Remote> {
  const { settings, environment } = await isolate(root);
  const isAddress = /[/:\\]/.test(remote);
  const protocols = process.env['GIT_ALLOW_PROTOCOL'] ?? (isAddress ? `${PROTOCOLS}:file` : PROTOCOLS);
  const headers = (await credentials(settings)).filter(({ name }) => /^http\.(?:.*\.)?extraheader$/.test(name));
  const variables = { GIT_ALLOW_PROTOCOL: protocols, ...asVariables(headers, environment) };
  const find = (key: string) => settings.find(({ name }) => name === `remote.${remote}.${key}`)?.value;
  const address = isAddress ? undefined : ((way === 'push' ? find('pushurl') : undefined) ?? find('url'));
  return { address: address ?? remote, variables };
}

/** `actions/checkout` keeps its credentials in the configuration, or since version 6 in a file of the runner that it includes. */
async function credentials(settings: readonly LocalSetting[]): Promise<LocalSetting[]> {
  const { RUNNER_TEMP } = process.env;
  if (RUNNER_TEMP === undefined || RUNNER_TEMP === '') return [...settings];
  const folder = await realpath(RUNNER_TEMP).catch(() => RUNNER_TEMP);
  const included = settings.filter(({ name }) => /^includeif\..*\.path$/.test(name));
  const files = await Promise.all(included.map(({ value }) => realpath(value).catch(() => '')));
  const ofRunner = new Set(files.filter((file) => file.startsWith(`${folder}${sep}`)));
  const found = await Promise.all([...ofRunner].map(readConfigFile));
  return [...settings, ...found.flat()];
}

/** Settings as Git takes them from its environment, behind those that are there already (`git-config(1)`). */
function asVariables(settings: readonly LocalSetting[], environment: NodeJS.ProcessEnv): Record<string, string> {
  const before = Number.parseInt(environment['GIT_CONFIG_COUNT'] ?? '', 10) || 0;
  const entries = settings.flatMap(({ name, value }, at): [string, string][] => [
    [`GIT_CONFIG_KEY_${before + at}`, name],
    [`GIT_CONFIG_VALUE_${before + at}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(before + settings.length), ...Object.fromEntries(entries) };
}
