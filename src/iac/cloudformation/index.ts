import type { Iac } from '../iac.js';
import { editor } from './edits/editor.js';
import { discoverTargets } from './find/discover.js';
import { surveyTemplates } from './find/survey.js';
import { nestedIn } from './nested/nested-in.js';
import { notReverted } from './remedies/not-reverted.js';
import { remediesOf } from './remedies/remedies.js';
import { parseParameterFile } from './sources/parameter-file.js';
import { stackReader } from './state/reader.js';
import { suggestStacks } from './suggest/suggest.js';
import { commentPlaces } from './suppress/places.js';
import { evaluateAlone } from './template/alone.js';
import { parseTemplate } from './template/parse.js';
import { cloudFormationTypes } from './types/types.js';

/** AWS CloudFormation. */
export const cloudFormation: Iac = {
  name: 'cloudformation',
  types: cloudFormationTypes,
  comments: commentPlaces,
  editor,
  find: discoverTargets,
  made: async (checkout, folder) => (await import('./cdk/find.js')).madeStacks(checkout, folder),
  parse: parseTemplate,
  evaluate: evaluateAlone,
  parameters: parseParameterFile,
  survey: surveyTemplates,
  nestedIn,
  suggest: suggestStacks,
  reader: stackReader,
  remedies: remediesOf,
  notReverted,
};
