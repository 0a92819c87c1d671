import type { JsonObject } from '../base/json.js';
import type { UndeclaredInput } from '../compare/undeclared.js';
import type { Comparison } from '../model/comparison.js';
import type { FindingSubject, Standing } from '../model/finding.js';
import type { Shown } from '../secrets/shown.js';

/** A resource with what is known of its live side. */
export interface UndeclaredSubject extends UndeclaredInput {
  subject: FindingSubject;
  live: JsonObject;
  /** Git's properties against the live ones; `rest` is what no template declares. */
  comparison: Comparison;
  show(): Shown;
  /** Where a path of it stands in Git. */
  standing(path: string): Standing;
}
