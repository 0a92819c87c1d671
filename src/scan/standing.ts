import type { State } from '../iac/state.js';
import type { Standing } from '../model/finding.js';
import type { Location } from '../syntax/location.js';
import type { EvaluatedResource } from '../value/evaluated.js';
import { locate } from '../value/locate.js';

const NO_TEMPLATE = 'Git has no template for this stack: put it there to be offered an edit';

/** What a stack's state says of the place of things in Git. */
type Written = Pick<State, 'path' | 'trace' | 'code'>;

/** Where a resource, or the property at a path of it, stands in Git. Without a template there is no text to point at. */
export function standingOf(resource: EvaluatedResource, state: Written, property = ''): Standing {
  if (state.path === null) return { noPatch: NO_TEMPLATE };
  const { logicalId } = resource;
  const place = locate(resource.properties, property, state.trace) ?? placeOf(resource, state);
  // What a configuration gives a parameter is written there; all else is made by the construct.
  const isMade = state.code !== undefined && place.file === resource.source.path;
  const location = isMade ? state.code?.constructs.get(logicalId)?.location : place;
  return { location, ...standingNowhere(state, logicalId, property) };
}

/** Of what was made of another resource, only that one stands in Git. */
function placeOf({ source, keyRange, sourceId }: EvaluatedResource, { trace }: Written): Location {
  const place = trace(source, keyRange);
  return sourceId === undefined ? place : { ...place, origin: 'owner' };
}

/** Of what Git's template does not declare. */
export function standingNowhere({ path, code }: Pick<State, 'path' | 'code'>, logicalId?: string, at = ''): Standing {
  const noPatch = path === null ? NO_TEMPLATE : code?.noPatch(logicalId, at);
  return noPatch === undefined ? {} : { noPatch };
}
