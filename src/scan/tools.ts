import { setImmediate } from 'node:timers/promises';
import pLimit from 'p-limit';
import { parseTemplate } from '../template/parse.js';
import type { Plan } from './plan.js';
import type { StackTools } from './stack-state.js';

/** What stacks of one scan share: accounts and exports are asked for once, however many stacks need them. */
export function stackTools(plan: Plan, onResource: StackTools['onResource']): StackTools {
  const { checkout, provider, resourceTypes } = plan;
  const accounts = new Map<string, Promise<{ account?: string }>>();
  const exports = new Map<string, Promise<Record<string, string>>>();
  const parsing = pLimit(1);
  return {
    provider,
    resourceTypes,
    onResource,
    // Parsing keeps the processor busy; one template at a time leaves room for the cloud's answers in between.
    templateOf: (path) =>
      parsing(async () => {
        const source = await checkout.read(path);
        await setImmediate();
        return parseTemplate(source);
      }),
    async accountOf(roleArn) {
      const { account } = await once(accounts, roleArn ?? '', () => provider.connect(roleArn));
      return account;
    },
    exportsOf: (region, roleArn) =>
      once(exports, `${region} ${roleArn ?? ''}`, () => provider.readExports(region, roleArn)),
  };
}

function once<T>(cache: Map<string, Promise<T>>, key: string, start: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known) return known;
  const started = start();
  cache.set(key, started);
  return started;
}
