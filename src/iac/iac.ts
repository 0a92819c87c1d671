import type { TypeSystem } from '../compare/types.js';
import type { ReadableTypes } from '../provider/types.js';
import type { SecretTypes } from '../secrets/types.js';
import type { RatedTypes } from '../severity/types.js';

/** A kind of infrastructure as code: all that the rest of the tool asks of it. One folder beside this file each. */
export interface Iac {
  readonly name: 'cloudformation';
  readonly types: IacTypes;
}

/** What is known of a kind's resource types; each floor asks it through a port of its own. */
export interface IacTypes extends SecretTypes, TypeSystem, RatedTypes, ReadableTypes {}
