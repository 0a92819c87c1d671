import type { Json } from '../base/json.js';

/** What a call may have done to a resource. */
export type Deed = 'create' | 'update' | 'delete';

/** A successful call that may have changed a resource, by whoever is not its deployment. */
export interface WriteEvent {
  id: string;
  /** The operation, as the source of events names it. */
  name: string;
  /** ISO 8601. */
  time: string;
  /** Who called; absent where the event names nobody. */
  principal?: string;
  /** Whether that is a service of the cloud. */
  byService: boolean;
  /** By what means: `console`, a program. */
  via?: string;
  sourceIp?: string;
  parameters: Json;
  /** What calls of this name do to resources of its type; empty: something else that touches it. */
  deeds: readonly Deed[];
  /** What of such a resource calls of this name are about, in words; empty: anything. */
  about: readonly string[];
}

/** A difference whose author is looked for. */
export interface Change {
  deed: Deed;
  /** A JSON Pointer to the property; empty for the resource as a whole. */
  path: string;
  /** The live value as it may be shown; absent where it is gone. */
  live?: Json;
  /** The names of the resource's properties. */
  properties: readonly string[];
}
