import type { Json } from '../../../base/json.js';

/**
 * How a service itself undoes what CloudFormation never declared. `{id}` is the physical ID, `{value}` what is live there,
 * `{accepted}` what the baseline has; `/Name` after it is a member, and a question mark leaves the entry out where there is none.
 */
export interface ServiceCommand {
  types: readonly string[];
  /** A pattern of the place: `*` stands for an element or a member. A finding of what is around the place counts, too. */
  path: string;
  /** Only where that is live. */
  live?: Json;
  /** Gives names to parts of the physical ID; only where it matches. */
  id?: RegExp;
  /** It puts back what disappeared; else something is live that is to go, or to be otherwise. */
  isGone?: true;
  /** The words after `aws`; an object is written as JSON. */
  words: readonly (string | { json: Json })[];
  /** What to know before. */
  note?: string;
}
