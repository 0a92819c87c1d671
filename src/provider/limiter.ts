/** Runs a task when its turn has come, and gives its outcome. */
export type Limiter = <T>(task: () => Promise<T>) => Promise<T>;

/** Lets at most `limit` tasks run at a time; the others wait in the order in which they came. */
export function createLimiter(limit: number): Limiter {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async (task) => {
    if (running < limit) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      // The turn is handed on, so that nobody overtakes those who wait.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
