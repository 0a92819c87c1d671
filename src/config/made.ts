import { DriftError, type Problem } from '../base/errors.js';
import { accountOfRole } from '../cloud/account-of-role.js';
import type { Checkout } from '../git/repository.js';
import type { Iac } from '../iac/iac.js';
import type { MadeStack } from '../iac/wanted.js';
import { problemAt } from '../syntax/problem.js';
import { accountNamed } from './accounts.js';
import type { AppConfig } from './apps.js';
import type { ConfigTree } from './include.js';
import type { Config } from './load.js';
import { repeatedStacks, type StackConfig } from './stack.js';

/**
 * A configuration with the stacks of its apps among its own: an entry of the same name overrides what an app says of a
 * stack. Throws a `DriftError` with all that is wrong: apps that have made nothing, stacks that are there twice.
 */
export async function withMadeStacks(
  config: ConfigTree,
  checkout: Checkout,
  iac: Pick<Iac, 'made'>,
): Promise<ConfigTree> {
  const problems: Problem[] = [];
  const made = new Map<Config, StackConfig[]>();
  for (const each of config.only === undefined ? [config, ...config.folders] : config.folders) {
    made.set(each, await madeBy(each, checkout, iac, problems));
  }
  const overridden = (own: StackConfig): StackConfig => {
    const found = [...made.values()].flat().filter(({ name }) => name === own.name);
    const [same] = found.filter(({ region }) => region === (own.region ?? region));
    const base = same ?? (found.length === 1 ? found[0] : undefined);
    if (own.template !== '') return own;
    if (base === undefined) problems.push(noTemplate(own));
    return base === undefined ? own : merged(own, base);
  };
  const all = config.stacks.map(overridden);
  const isOverridden = ({ name, region }: StackConfig) =>
    all.some((own) => own.name === name && (own.region ?? region) === (region ?? own.region));
  const added = new Map([...made].map(([each, stacks]) => [each, stacks.filter((stack) => !isOverridden(stack))]));
  const stacks = [...all, ...[...added.values()].flat()];
  if (added.size > 0) problems.push(...repeatedStacks(stacks, config.region));
  if (problems.length > 0) throw new DriftError('config', problems);
  const own = (each: Config) => stacks.filter(({ source }) => source === each.source);
  return { ...config, stacks, folders: config.folders.map((each) => ({ ...each, stacks: own(each) })) };
}

async function madeBy(
  config: Config,
  checkout: Checkout,
  iac: Pick<Iac, 'made'>,
  problems: Problem[],
): Promise<StackConfig[]> {
  const found: StackConfig[] = [];
  for (const app of config.apps) {
    for (const out of app.out) {
      try {
        const stacks = await iac.made(checkout, out);
        found.push(...stacks.map((stack) => stackOf(stack, app, config)));
      } catch (error) {
        if (!(error instanceof DriftError)) throw error;
        const { start } = app.range;
        problems.push(
          ...error.problems.map((each) =>
            each.file === undefined ? problemAt(each.code, app.source, start, each.message, each.hint) : each,
          ),
        );
      }
    }
  }
  return found;
}

/** A stack as if it were written in the configuration, in the place of its app. */
function stackOf(made: MadeStack, app: AppConfig, { accounts, region: ofAll }: Config): StackConfig {
  const account = made.account ?? app.account;
  const region = made.region ?? app.region ?? ofAll;
  const isOfRole = app.roleArn !== undefined && (account ?? accountOfRole(app.roleArn)) === accountOfRole(app.roleArn);
  const roleArn = isOfRole ? app.roleArn : accountNamed(accounts, account)?.roleArn;
  return {
    name: made.name,
    template: made.template,
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    ...(roleArn === undefined ? {} : { roleArn }),
    parameters: new Map(),
    source: app.source,
    index: -1,
    range: app.range,
    ranges: { template: app.range },
  };
}

function merged(own: StackConfig, made: StackConfig): StackConfig {
  const { template, region, account, roleArn } = made;
  const { regions, ...written } = own;
  return {
    ...(account === undefined ? {} : { account }),
    ...(roleArn === undefined || own.account !== undefined ? {} : { roleArn }),
    ...(region === undefined ? (regions === undefined ? {} : { regions }) : { region }),
    ...{ ...written, template },
  };
}

function noTemplate({ name, source, range }: StackConfig): Problem {
  const hint = 'give it a "template:", or correct the name; cdk: names apps, and none of them has such a stack';
  return problemAt('config-no-template', source, range.start, `stack ${name} has no template`, hint);
}
