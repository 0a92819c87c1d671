import { DriftError, type Problem } from '../../../base/errors.js';
import type { Checkout } from '../../../git/repository.js';
import type { SkippedTemplate } from '../../../model/coverage.js';
import type { Source } from '../../../syntax/source.js';
import { textKey } from '../template/deployed-text.js';
import { nestedTemplates } from '../template/nested-stack.js';
import { looksLikeTemplate, parseTemplate } from '../template/parse.js';
import type { TemplateCandidate } from './match.js';

const TEMPLATE_FILE = /\.(?:ya?ml|json|template)$/i;
/** What other programs make templates of. */
const SOURCE_OF_TEMPLATE = /\.(?:ya?ml|json|template)\.(?:j2|jinja2?|erb|ejs|hbs|mustache|tmpl|tpl|tftpl|gotmpl)$/i;
/** Folders whose files are not the repository's own, are made by tools, or are their settings. */
export const SKIPPED_FOLDER = new RegExp(
  `(?:^|/)(?:node_modules|bower_components|\\.(?:${[
    'aws-sam|serverless|terraform|terragrunt-cache|cache|gradle|m2|next|npm|nox|pnpm-store|tox|venv|yarn',
    'azuredevops|buildkite|circleci|devcontainer|git|github|gitlab|husky|idea|vscode',
  ].join('|')}))/`,
);
/** As many files are looked into in such folders, where a repository holds them, to tell what is left out. */
const MOST_IN_FOLDERS = 500;
/** What `gitops-drift snapshot` writes holds templates, but is none. */
const SNAPSHOT = /^\s*\{\s*"snapshotVersion"/;

/** The templates of a checkout, and the files that look like some and are not read as such. */
export interface FoundTemplates {
  /** Those that can't be parsed come with their problems. */
  templates: TemplateCandidate[];
  skipped: SkippedTemplate[];
}

/** Throws a `DriftError`, with what was skipped, where there are no templates. */
export function mustHaveTemplates(found: FoundTemplates): FoundTemplates {
  if (found.templates.length > 0) return found;
  const hint = 'templates are .yaml, .yml, .json or .template files with Resources; name others in gitops-drift.yaml';
  const problem: Problem = {
    code: 'discovery-no-template',
    message: 'no CloudFormation template was found in the repository',
    hint,
  };
  throw new DriftError('config', [problem, ...skippedProblems(found.skipped)]);
}

/** What was skipped, as warnings. */
export function skippedProblems(skipped: readonly SkippedTemplate[]): Problem[] {
  return skipped.map(({ file, reason }) => ({
    code: 'discovery-file-skipped',
    file,
    message: `not looked at: ${reason}`,
  }));
}

/** The files of a checkout that are CloudFormation templates, those that can't be parsed with their problems. */
export async function listTemplates(checkout: Checkout): Promise<FoundTemplates> {
  const found: FoundTemplates = { templates: [], skipped: [] };
  const paths = await checkout.list();
  for (const path of paths) {
    const isMade = SOURCE_OF_TEMPLATE.test(path);
    if (SKIPPED_FOLDER.test(path) || !(isMade || TEMPLATE_FILE.test(path))) continue;
    const source = await readOrReason(checkout, path);
    if ('reason' in source) {
      if (!isMade) found.skipped.push({ file: path, reason: source.reason });
    } else if (isTemplate(source)) {
      if (isMade) found.skipped.push({ file: path, reason: 'another program makes a template of it' });
      else found.templates.push(candidateOf(path, source));
    }
  }
  const submodules = (await checkout.submodules?.()) ?? [];
  found.skipped.push(...(await inFolders(checkout, paths)), ...submodules.map(submodule));
  return found;
}

/** A template's text, as far as that can be told at a glance. */
function isTemplate(source: Source): boolean {
  return looksLikeTemplate(source) && !SNAPSHOT.test(source.text);
}

/** The folders that are not searched, each with how many files in it look like templates. */
async function inFolders(checkout: Checkout, paths: readonly string[]): Promise<SkippedTemplate[]> {
  const counts = new Map<string, number>();
  const inside = paths.filter((path) => SKIPPED_FOLDER.test(path) && TEMPLATE_FILE.test(path));
  for (const path of inside.slice(0, MOST_IN_FOLDERS)) {
    const source = await readOrReason(checkout, path);
    if ('reason' in source || !isTemplate(source)) continue;
    const [folder = ''] = /^.*?(?:^|\/)(?:node_modules|bower_components|\.[^/]+)\//.exec(path) ?? [];
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].map(([file, number]) => {
    const looks = number === 1 ? '1 file there looks' : `${number} files there look`;
    return { file, reason: `${looks} like a template, but folders of tools and packages are not searched` };
  });
}

function submodule(path: string): SkippedTemplate {
  const reason = `a submodule, which is another repository: scan it by itself: gitops-drift scan ${path}`;
  return { file: path, reason };
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

/** A file that is too big or no text is not looked into. One that a configuration names would be an error. */
async function readOrReason(checkout: Checkout, path: string): Promise<Source | { reason: string }> {
  try {
    return await checkout.read(path);
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    return { reason: error.problems[0]?.message ?? error.message };
  }
}
