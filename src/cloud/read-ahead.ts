import type { DeployedStack, Provider, StackTarget } from './cloud.js';

/** Texts beyond this many characters in all are asked for again instead of being kept. */
const MOST_CHARACTERS = 32_000_000;

interface Known {
  stack?: DeployedStack;
  text?: { value: string | undefined };
}

/**
 * A provider that keeps what was asked of stacks until `keep` says which of them will be asked for once more: these
 * answers are given again, once, and all others are forgotten. So looking for stacks costs no call for those that are
 * scanned then, and both looks see the same state.
 */
export function readAhead(provider: Provider): { provider: Provider; keep(targets: readonly StackTarget[]): void } {
  const known = new Map<string, Known>();
  let isOpen = true;
  let characters = 0;

  function note(target: StackTarget, answer: Known): void {
    characters += answer.text?.value?.length ?? 0;
    if (isOpen && characters <= MOST_CHARACTERS) known.set(keyOf(target), { ...known.get(keyOf(target)), ...answer });
  }

  function take<Key extends keyof Known>(target: StackTarget, key: Key): Known[Key] | undefined {
    const answers = known.get(keyOf(target));
    const answer = answers?.[key];
    if (!isOpen) delete answers?.[key];
    return answer;
  }

  return {
    provider: {
      ...provider,
      async readStack(target) {
        const stack = take(target, 'stack') ?? (await provider.readStack(target));
        note(target, { stack });
        return stack;
      },
      async readTemplate(target) {
        const text = take(target, 'text') ?? { value: await provider.readTemplate(target) };
        note(target, { text });
        return text.value;
      },
    },
    keep(targets) {
      isOpen = false;
      const kept = new Set(targets.map(keyOf));
      for (const key of known.keys()) if (!kept.has(key)) known.delete(key);
    },
  };
}

function keyOf({ name, region, roleArn }: StackTarget): string {
  return JSON.stringify([name, region, roleArn]);
}
