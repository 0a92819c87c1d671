import type { Checkout } from '../../../git/repository.js';
import type { Trace } from '../../../value/locate.js';
import type { FoundTemplates } from '../find/find-templates.js';
import type { Template } from '../template/parse.js';

/** A way to get templates, and to say where what stands in them was written. */
export interface TemplateSource {
  /** The templates of a checkout, and the files that look like some and are not read as such. */
  find(checkout: Checkout): Promise<FoundTemplates>;
  /** The template at a path. Throws a `DriftError` with all its problems. */
  read(checkout: Checkout, path: string): Promise<Template>;
  /** Where a person finds what stands at a range of a template, or of what gives it its parameters. */
  readonly trace: Trace;
}
