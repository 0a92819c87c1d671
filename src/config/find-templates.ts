import { DriftError } from '../base/errors.js';
import type { Checkout } from '../git/repository.js';
import type { SkippedTemplate } from '../model/coverage.js';
import type { Source } from '../syntax/source.js';
import { textKey } from '../template/deployed-text.js';
import { nestedTemplates } from '../template/nested-stack.js';
import { looksLikeTemplate, parseTemplate } from '../template/parse.js';
import type { TemplateCandidate } from './match.js';

const TEMPLATE_FILE = /\.(?:ya?ml|json|template)$/;
/** Folders whose files are not the repository's own, or are settings of tools. */
export const SKIPPED_FOLDER = /(?:^|\/)(?:node_modules|\.[^/]+)\//;
/** What `gitops-drift snapshot` writes holds templates, but is none. */
const SNAPSHOT = /^\s*\{\s*"snapshotVersion"/;

/** The templates of a checkout, and the files that look like some and are not read as such. */
export interface FoundTemplates {
  /** Those that can't be parsed come with their problems. */
  templates: TemplateCandidate[];
  skipped: SkippedTemplate[];
}

/**
 * The files of a checkout that are CloudFormation templates, those that can't be parsed with their problems. Throws a
 * `DriftError` when there are none.
 */
export async function findTemplates(checkout: Checkout): Promise<TemplateCandidate[]> {
  const { templates } = await listTemplates(checkout);
  if (templates.length > 0) return templates;
  const hint = 'templates are .yaml, .yml, .json or .template files with Resources; name others in gitops-drift.yaml';
  throw new DriftError('config', [{ message: 'no CloudFormation template was found in the repository', hint }]);
}

/** The same, where there may be none. */
export async function listTemplates(checkout: Checkout): Promise<FoundTemplates> {
  const templates: TemplateCandidate[] = [];
  for (const path of await checkout.list()) {
    if (!TEMPLATE_FILE.test(path) || SKIPPED_FOLDER.test(path)) continue;
    const source = await readOrSkip(checkout, path);
    if (source === undefined || !looksLikeTemplate(source) || SNAPSHOT.test(source.text)) continue;
    templates.push(candidateOf(path, source));
  }
  return { templates, skipped: [] };
}

function candidateOf(path: string, source: Source): TemplateCandidate {
  const text = textKey(source.text);
  try {
    const template = parseTemplate(source);
    return { path, text, resources: template.resourceTypes, nested: nestedTemplates(template) };
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    return { path, text, problems: error.problems };
  }
}

/** A file that is too big or no text is no template. One that a configuration names would be an error. */
async function readOrSkip(checkout: Checkout, path: string): Promise<Source | undefined> {
  try {
    return await checkout.read(path);
  } catch (error) {
    if (error instanceof DriftError) return undefined;
    throw error;
  }
}
