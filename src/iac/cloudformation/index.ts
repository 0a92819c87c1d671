import type { Iac } from '../iac.js';
import { editor } from './edits/editor.js';
import { remediesOf } from './remedies/remedies.js';
import { commentPlaces } from './suppress/places.js';
import { cloudFormationTypes } from './types/types.js';

/** AWS CloudFormation. */
export const cloudFormation: Iac = {
  name: 'cloudformation',
  types: cloudFormationTypes,
  comments: commentPlaces,
  editor,
  remedies: remediesOf,
};
