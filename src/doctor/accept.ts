import { groupBy } from '../base/group.js';
import type { Access, DeployedStack, Provider } from '../cloud/cloud.js';
import { type Check, warn } from './check.js';

/** Something that a scan would not read, as an `accept:` rule names it. */
export interface Unread {
  type?: string;
  stack?: string;
  reason: string;
}

/** What would make the exit code 3, with the lines for `gitops-drift.yaml` that accept it; nothing where there is none. */
export function acceptChecks(found: readonly Unread[]): Check[] {
  const rules = [...groupBy(found, ({ type, stack }) => JSON.stringify([type, stack])).values()].flatMap(([first]) =>
    first === undefined ? [] : [ruleText(first)],
  );
  if (rules.length === 0) return [];
  const message = 'what could not be read makes the exit code of a scan 3; if it may stay so, accept it by these lines';
  return [warn('accept', message, ['accept:', ...rules].join('\n'))];
}

/** As YAML: a text in JSON is one in YAML, too. */
function ruleText({ type, stack, reason }: Unread): string {
  const selectors = Object.entries({ type, stack, reason: reason.replace(/\s+/g, ' ').trim() });
  const parts = selectors.flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${JSON.stringify(value)}`]));
  return `  - { ${parts.join(', ')} }`;
}

/** Types that these credentials may not read. */
export function deniedTypes(access: readonly Access[]): Unread[] {
  return access.flatMap(({ type, status, action }) => {
    if (type === undefined || status !== 'denied') return [];
    return [{ type, reason: action === undefined ? 'may not be read' : `${action} is not allowed` }];
  });
}

/** What a provider that nothing can be tried with, such as a snapshot, has no live state of. */
export async function unreadTypes(provider: Provider, stacks: readonly DeployedStack[]): Promise<Unread[]> {
  const found = stacks.flatMap(({ name, region, roleArn, resources }) =>
    resources.map(async ({ logicalId, type, physicalId }): Promise<Unread[]> => {
      if (physicalId === undefined) return [];
      const place = { name, region, ...(roleArn === undefined ? {} : { roleArn }) };
      const live = await provider.readResource({ ...place, logicalId, type, physicalId, properties: {} });
      return live.status === 'unreadable' ? [{ type, stack: name, reason: live.reason }] : [];
    }),
  );
  return (await Promise.all(found)).flat();
}
