import type { ReadableTypes } from './types.js';

/** What a provider may need to be made; each takes what concerns it. */
export interface ProviderOptions {
  resourceTypes: ReadableTypes;
  /** The recorded state for `snapshot`, with the name that errors call it by. */
  snapshot?: { path: string; text: string | Buffer };
  /** The region where a stack names none; default: what the AWS SDK finds in the environment or the profile. */
  region?: string;
  /** Most requests at a time, default 25. */
  concurrency?: number;
  /** How long to wait for one answer to come in as a whole, in ms, default 30,000. */
  timeoutMs?: number;
  /** External IDs by the role that asks for one when it is assumed. */
  externalIds?: ReadonlyMap<string, string>;
  /** Whether it may change the cloud; default: it only reads. */
  writes?: boolean;
  /** How to wait (in ms) for what takes AWS a while (drift detection), and before another attempt; default: as long as that. */
  wait?: (ms: number) => Promise<void>;
  /** Most requests for who changed something, to a region of an account; default 240. */
  whoBudget?: number;
  /** A clock in ms for pacing those; default: a real one. */
  now?: () => number;
}
