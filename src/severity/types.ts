import type { PlainObject } from '../value/value.js';
import type { SeverityRule } from './rule.js';

/** What rating asks of a kind of infrastructure as code: rules say of values what they mean, and here of which types. */
export interface RatedTypes {
  /** The rules that ship, in the order in which they are asked; the last one holds for every change. */
  severityRules(): readonly SeverityRule[];
  /**
   * The policy that a resource adds to another one's, where its properties are those of a single statement; undefined for
   * all others.
   */
  permission(type: string, properties: PlainObject): PlainObject | undefined;
}
