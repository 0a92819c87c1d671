import type { State } from '../iac/state.js';
import type { Standing } from '../model/finding.js';
import type { EvaluatedResource } from '../value/evaluated.js';
import { locate, locateRange } from '../value/locate.js';

const NO_TEMPLATE = 'Git has no template for this stack: put it there to be offered an edit';

/** Where a resource, or the property at a path of it, stands in Git. Without a template there is no text to point at. */
export function standingOf(resource: EvaluatedResource, { path }: Pick<State, 'path'>, property = ''): Standing {
  if (path === null) return { noPatch: NO_TEMPLATE };
  return { location: locate(resource.properties, property) ?? locateRange(resource.source, resource.keyRange) };
}

/** Of what Git's template does not declare. */
export function standingNowhere({ path }: Pick<State, 'path'>): Standing {
  return path === null ? { noPatch: NO_TEMPLATE } : {};
}
