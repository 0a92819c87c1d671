import type { Target } from '../model/target.js';
import type { Progress } from './request.js';

/** Follows what is under way, and tells it. */
export interface Tracker {
  /** Resources were found in a stack, or read. */
  onResource(counts: { found: number; read: number }): void;
  /** Does the work of a stack, which is under way meanwhile. */
  during<Result>(target: Target, work: () => Promise<Result>): Promise<Result>;
  /** Goes on to another kind of work. */
  enter(phase: Progress['phase']): void;
}

/** Tells `onProgress` how far the reading of so many stacks is. */
export function trackProgress(stacks: number, onProgress: ((progress: Progress) => void) | undefined): Tracker {
  const underWay = new Set<Target>();
  const total = { found: 0, read: 0, done: 0, known: 0 };
  let phase: Progress['phase'] = 'stacks';

  function tell(): void {
    const { found, read, done, known } = total;
    // What has not been looked into yet is taken to be like the rest.
    const expected = known === 0 ? 0 : Math.max(found, Math.round((found / known) * Math.max(stacks, known)));
    const [stack] = [...underWay].slice(-1);
    onProgress?.({
      phase,
      ...(stack === undefined ? {} : { stack: stack.path ?? stack.name }),
      stacks: { done, total: stacks },
      resources: { done: read, total: found, expected },
    });
  }

  return {
    onResource({ found, read }) {
      total.found += found;
      total.read += read;
      if (found > 0) total.known += 1;
      tell();
    },
    async during(target, work) {
      underWay.add(target);
      tell();
      try {
        return await work();
      } finally {
        underWay.delete(target);
        total.done += 1;
        tell();
      }
    },
    enter(next) {
      phase = next;
      tell();
    },
  };
}
