import { setImmediate } from 'node:timers/promises';
import pLimit from 'p-limit';
import { keepLast } from '../../../base/keep-last.js';
import { once } from '../../../base/once.js';
import type { ListedStack } from '../../../cloud/cloud.js';
import type { ReadingTools } from '../../state.js';
import type { CdkStack } from '../cdk/stack.js';
import { matchChild } from '../find/match-child.js';
import { cdkStackOf } from '../sources/cdk.js';
import { plain } from '../sources/plain.js';
import type { Template } from '../template/parse.js';
import { cloudFormationTypes } from '../types/types.js';
import type { StackContext } from './model.js';

/** A template that several stacks are made from is parsed once, unless as many others came in between. */
const MOST_TEMPLATES = 16;

/** What stacks of one scan share: accounts and exports are asked for once, however many stacks need them. */
export function stackContext({ checkout, provider, onResource, defects }: ReadingTools): StackContext {
  const accounts = new Map<string, Promise<{ account?: string }>>();
  const exports = new Map<string, Promise<Record<string, string>>>();
  const stacks = new Map<string, Promise<readonly ListedStack[]>>();
  const made = new Map<string, Promise<CdkStack | undefined>>();
  let templates: ReturnType<typeof plain.find> | undefined;
  const parsing = pLimit(1);
  const remembered = keepLast<string, Promise<Template>>(MOST_TEMPLATES);
  return {
    provider,
    resourceTypes: cloudFormationTypes,
    onResource,
    defects,
    // Parsing keeps the processor busy; one template at a time leaves room for the cloud's answers in between.
    templateOf: (path) =>
      remembered(path, () =>
        parsing(async () => {
          await setImmediate();
          return plain.read(checkout, path);
        }),
      ),
    async cdkOf({ template, ancestors: [root = template] = [] }) {
      return template === null || root === null ? undefined : once(made, root, () => cdkStackOf(checkout, root));
    },
    async templateFor(child) {
      templates ??= plain.find(checkout);
      return matchChild(child, (await templates).templates);
    },
    stacksIn: (region, roleArn) =>
      once(stacks, `${region} ${roleArn ?? ''}`, () => provider.listStacks(region, roleArn)),
    async accountOf(roleArn) {
      const { account } = await once(accounts, roleArn ?? '', () => provider.connect(roleArn));
      return account;
    },
    exportsOf: (region, roleArn) =>
      once(exports, `${region} ${roleArn ?? ''}`, () => provider.readExports(region, roleArn)),
  };
}
