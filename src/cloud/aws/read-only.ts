import { DriftError } from '../../base/errors.js';
import type { SteppedClient } from './middleware.js';

/** What the names of operations that only read begin with; `Detect` has AWS compare, and changes no resource. */
const READS = /^(?:BatchDescribe|BatchGet|Describe|Detect|Get|List|Lookup)[A-Z]/;
/** What it takes to read as another role. */
const AS_A_ROLE = /^AssumeRole$/;

/** Whether an operation is one of the allow-list: AWS's name of it, without `Command`. */
export function onlyReads(operation: string): boolean {
  return READS.test(operation) || AS_A_ROLE.test(operation);
}

/**
 * Has a client refuse, before anything of it is sent, each operation that is neither on the allow-list nor among
 * `writes`. It rejects with a `DriftError` (code `provider`).
 */
export function holdReadOnly({ middlewareStack }: SteppedClient, writes: readonly string[] = []): void {
  middlewareStack.add(
    (next, { commandName }) => {
      const operation = commandName?.replace(/Command$/, '') ?? 'an operation without a name';
      if (onlyReads(operation) || writes.includes(operation)) return next;
      return () => Promise.reject(refused(operation));
    },
    { name: 'readOnly', step: 'initialize', priority: 'high' },
  );
}

function refused(operation: string): DriftError {
  const message = `${operation} was not sent to AWS: it may change something, and this command only reads`;
  return new DriftError('provider', [
    { code: 'cloud-read-only', message, hint: 'please report it: nothing was changed' },
  ]);
}
