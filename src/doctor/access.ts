import type { Access, DeployedStack } from '../cloud/cloud.js';
import type { ReadableTypes } from '../cloud/types.js';
import { type Check, fail, ok, warn } from './check.js';

const NAMED = 3;
const ADD_IT =
  'allow it to these credentials: gitops-drift permissions, with the options given here, prints the whole policy';

/** A check for each action, and one for all types that could be read; types that are denied by action. */
export function accessChecks(found: readonly Access[], region: string, roleArn: string | undefined): Check[] {
  const where = `in ${region}${roleArn === undefined ? '' : `, as ${roleArn}`}`;
  const checks = found.flatMap(({ action, type, status, reason }): Check[] => {
    if (type !== undefined || action === undefined) return [];
    if (status === 'allowed') return [ok('permission', `${action} ${where}`)];
    if (status === 'denied') return [fail('permission', `${action} is denied ${where}`, ADD_IT)];
    return [warn('permission', `${action} could not be tried ${where}: ${reason}`, 'run it again later')];
  });
  const types = found.flatMap((access) => (access.type === undefined ? [] : [{ ...access, type: access.type }]));
  const readable = types.filter(({ status }) => status === 'allowed').length;
  if (readable > 0) checks.push(ok('permission', `reading ${countTypes(readable)} ${where}`));
  for (const [action, denied] of byAction(types.filter(({ status }) => status === 'denied'))) {
    const what = action === '' ? 'reading' : `${action}, for reading`;
    checks.push(fail('permission', `${what} ${someOf(denied)}, is denied ${where}`, ADD_IT));
  }
  const untried = types.filter(({ status }) => status === 'unknown');
  if (untried.length > 0) {
    const message = `reading ${someOf(untried.map(({ type }) => type))} could not be tried ${where}: ${untried[0]?.reason}`;
    checks.push(warn('permission', message, 'run it again later'));
  }
  return checks;
}

/** One deployed resource of each type whose identifier its physical ID tells, to try reading with. */
export function samplesOf(
  stacks: readonly DeployedStack[],
  types: ReadableTypes,
  { region, accountId }: { region: string; accountId: string | undefined },
): { type: string; identifier: string }[] {
  const samples = new Map<string, string>();
  for (const { type: name, physicalId } of stacks.flatMap(({ resources }) => resources)) {
    const type = types.get(name);
    if (!type?.readable || physicalId === undefined || samples.has(name)) continue;
    const environment = { region, ...(accountId === undefined ? {} : { accountId }) };
    const built = types.identifier(type, { physicalId, properties: {}, environment });
    if ('identifier' in built) samples.set(name, built.identifier);
  }
  return [...samples].sort().map(([type, identifier]) => ({ type, identifier }));
}

function byAction(denied: readonly { action?: string; type: string }[]): Map<string, string[]> {
  const types = new Map<string, string[]>();
  for (const { action = '', type } of denied) types.set(action, [...(types.get(action) ?? []), type]);
  return types;
}

function someOf(types: readonly string[]): string {
  const shown = types.slice(0, NAMED).join(', ');
  return types.length > NAMED ? `${shown} and ${countTypes(types.length - NAMED, ' more')}` : shown;
}

function countTypes(count: number, more = ''): string {
  return `${count}${more} ${count === 1 ? 'resource type' : 'resource types'}`;
}
