import { locateRange } from '../../../value/locate.js';
import { listTemplates } from '../find/find-templates.js';
import { parseTemplate } from '../template/parse.js';
import type { TemplateSource } from './source.js';

/** Templates that are files of the repository, as somebody wrote them. */
export const plain: TemplateSource = {
  find: listTemplates,
  read: async (checkout, path) => parseTemplate(await checkout.read(path)),
  trace: locateRange,
};
