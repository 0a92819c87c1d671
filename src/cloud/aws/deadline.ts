import type { Readable } from 'node:stream';
import type { SteppedClient } from './middleware.js';

/**
 * Ends an answer that has not come in as a whole after `ms` from its request on, however little is missing: the SDK's own
 * limits begin anew with every byte. The request fails with a `TimeoutError`, which is tried again.
 */
export function limitAnswers({ middlewareStack }: SteppedClient, ms: number): void {
  middlewareStack.addRelativeTo(
    (next) => async (input) => {
      const started = performance.now();
      const output = await next(input);
      const body = bodyOf(output);
      if (body === undefined || body.destroyed) return output;
      const left = Math.max(0, ms - (performance.now() - started));
      const timer = setTimeout(() => body.destroy(late()), left);
      for (const event of ['close', 'end', 'error']) body.once(event, () => clearTimeout(timer));
      return output;
    },
    { name: 'deadline', relation: 'after', toMiddleware: 'deserializerMiddleware' },
  );
}

function bodyOf(output: unknown): Readable | undefined {
  const { response } = output as { response?: { body?: Readable } };
  return typeof response?.body?.destroy === 'function' ? response.body : undefined;
}

function late(): Error {
  return Object.assign(new Error('the answer took too long'), { name: 'TimeoutError' });
}
