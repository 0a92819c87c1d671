import { EXIT } from '../base/exit-codes.js';
import type { Reverting } from '../revert/open.js';
import type { RevertIo } from './revert-io.js';
import type { RevertOptions } from './revert-options.js';

/** What a run needs beside its options. */
export interface Run {
  repository: string;
  options: RevertOptions;
  io: RevertIo;
  reverting: Reverting;
}

const GRAVEST = [EXIT.terminated, EXIT.interrupted, EXIT.error, EXIT.drift, EXIT.unverified];

/** The first of the contract's exit codes that one of these is. */
export function worstOf(codes: readonly number[]): number {
  return GRAVEST.find((code) => codes.includes(code)) ?? EXIT.inSync;
}
