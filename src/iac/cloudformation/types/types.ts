import type { IacTypes } from '../../iac.js';
import { declaredSecrets, maskEdits, maskTemplate, secretParameters } from '../secrets/mask-template.js';
import { secretPlaces } from '../secrets/places.js';
import { isNestedStack } from '../template/nested-stack.js';
import { loadAwsDefaults } from './aws-own/defaults.js';
import { ownOfAws } from './aws-own/own.js';
import { volatileLines } from './aws-own/volatile.js';
import { CAPACITIES, SCALERS } from './capacities.js';
import { CHILD_KINDS, childKindsOf } from './child-kinds.js';
import { standInsFor } from './exclusive.js';
import { resourceTypeFromSchema } from './from-schema.js';
import { cloudControlIdentifier } from './identifier.js';
import { loadResourceTypes } from './index-file.js';
import { withoutState } from './live-state.js';
import { factsOf } from './path-data.js';
import { permissionOf } from './permission.js';
import { ALIASES, DEFINITIONS, ECHOES } from './quirks.js';
import { declaredName } from './schema-meanings.js';
import { shippedRules } from './severity-rules.js';
import { transformAlternatives } from './transforms.js';
import { wordOf } from './words.js';

/** Its transform makes the resources that are deployed under types which the template does not name. */
const SERVERLESS = 'AWS::Serverless';

/** What is known of CloudFormation's resource types. Files are read when something is first asked that they know. */
export const cloudFormationTypes: IacTypes = {
  get: (name) => loadResourceTypes().get(name),
  names: () => loadResourceTypes().names(),
  facts: factsOf,
  word: (type, path) => wordOf(declaredName(path, new Set(type.maps)) ?? ''),
  alternatives: transformAlternatives,
  own: (place, about) => ownOfAws(place, about),
  defaults: (type) => loadAwsDefaults().of(type).places(),
  moving: (type) => volatileLines(type).filter((line) => line.type !== 'AWS::*'),
  childKinds: CHILD_KINDS,
  childKindsOf,
  // IAM has no regions: a stack of any region may attach a policy to a role.
  isGlobal: (type) => type.startsWith('AWS::IAM::'),
  capacities: (type) => CAPACITIES.get(type) ?? [],
  scalers: SCALERS,
  alias: (type) => ALIASES.get(type),
  definition: (type) => DEFINITIONS.get(type),
  echoes: (type) => ECHOES.get(type) ?? [],
  standIns: standInsFor,
  ...secretPlaces,
  declaredSecrets,
  secretParameters,
  maskTemplate,
  maskEdits,
  severityRules: shippedRules,
  permission: permissionOf,
  withoutState,
  isNestedStack,
  transformOf: (type) => (type.startsWith(`${SERVERLESS}::`) ? SERVERLESS : undefined),
  identifier: cloudControlIdentifier,
  fromSchema: resourceTypeFromSchema,
};
