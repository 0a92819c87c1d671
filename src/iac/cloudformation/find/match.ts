import type { Problem } from '../../../base/errors.js';
import { cloudFormationTypes } from '../types/types.js';

/** A template that may be a stack's. Without resources: it can't be parsed, for the reasons given. */
export interface TemplateCandidate {
  path: string;
  /** Types by logical ID. */
  resources?: ReadonlyMap<string, string>;
  /** Local templates of the stacks nested in it. */
  nested?: readonly string[];
  problems?: readonly Problem[];
  /** What its text is known by (`textKey`). */
  text?: string;
}

/** A deployed stack. Without resources: it can't be read. */
export interface StackCandidate {
  name: string;
  resources?: ReadonlyMap<string, string>;
  /** What its deployed template's text is known by (`textKey`), where that could be read. */
  text?: string | undefined;
}

/** The template that a stack is deployed from, or why that is not sure; undefined when no template has to do with it. */
export type Match = { template: string } | { reason: string } | undefined;

/** What is enough for a template whose name is in the stack's: the share of the smaller side's resources that both have. */
const NAMED_SHARE = 0.5;
/** What it takes without a name: most of the template's resources, and more than a few that any stack might have. */
const UNNAMED_SHARE = 0.8;
const UNNAMED_RESOURCES = 3;
/** A difference in likeness that tells two templates apart. */
const CLEAR = 0.2;

/** Words in the names of files, folders and stacks that say nothing of what is in them. */
const GENERAL_WORD =
  /^(?:aws|cfn|cloudformation|deploy(?:ment)?s?|iac|index|infra(?:structure)?|main|stacks?|templates?)$/;

interface Ranked {
  path: string;
  score: number;
  /** Shared resources as a share of all that either has: 1 means the same. */
  likeness: number;
}

/**
 * Finds the template of a stack: the file that it was deployed from as it is, whatever its name; of copies the one that
 * the stack's name says most of. Where the text is another by now, its name, or its folder's, is in the stack's name, and
 * its resources confirm it. Where names say nothing, nearly all resources must agree. What is unsure is told, never guessed.
 */
export function matchTemplate(stack: StackCandidate, templates: readonly TemplateCandidate[]): Match {
  const same = templates.filter(({ text }) => text !== undefined && text === stack.text);
  if (same.length > 0) return byName(stack, same);
  const named = templates.filter(({ path }) => nameScore(path, stack.name) > 0);
  const { resources } = stack;
  // It can't be scanned, and scanning it says why; here only the name can tell whose stack it is.
  if (resources === undefined) return byName(stack, named);
  const ranked = templates
    .flatMap((template) => rank(template, stack.name, resources))
    .sort((left, right) => right.score - left.score || right.likeness - left.likeness);
  const [best] = ranked;
  if (best !== undefined) {
    const rivals = ranked.filter((each) => each !== best && challenges(each, best));
    return rivals.length === 0 ? { template: best.path } : ambiguous(stack, [best, ...rivals]);
  }
  const unparsed = named.filter((template) => template.resources === undefined);
  if (unparsed.length > 0) return byName(stack, unparsed);
  if (named.length === 0) return undefined;
  return { reason: `stack ${stack.name} is named like ${pathsOf(named)}, but has other resources` };
}

/** Whether a template has a name to look for, or stands at the root as `template.yaml`. */
export function isNamed(path: string): boolean {
  return namesOf(path).length > 0;
}

/** Whether a stack's name says that it may be deployed from a template. */
export function isNamedLike(path: string, stack: string): boolean {
  return nameScore(path, stack) > 0;
}

function rank({ path, resources }: TemplateCandidate, stack: string, deployed: ReadonlyMap<string, string>): Ranked[] {
  if (resources === undefined || resources.size === 0 || deployed.size === 0) return [];
  const shared = countShared(resources, deployed);
  const score = nameScore(path, stack);
  const isEnough =
    score > 0
      ? shared / Math.min(resources.size, deployed.size) >= NAMED_SHARE
      : shared / resources.size >= UNNAMED_SHARE && shared >= UNNAMED_RESOURCES;
  return isEnough ? [{ path, score, likeness: shared / (resources.size + deployed.size - shared) }] : [];
}

/** How many of a template's resources are deployed in a stack; both by logical ID. */
export function countShared(declared: ReadonlyMap<string, string>, deployed: ReadonlyMap<string, string>): number {
  return [...declared].filter(([logicalId, type]) => isDeployedAs(type, deployed.get(logicalId))).length;
}

/** SAM's resources are deployed under their names as the types that they are transformed to. */
function isDeployedAs(type: string, deployed: string | undefined): boolean {
  return deployed !== undefined && (deployed === type || cloudFormationTypes.transformOf(type) !== undefined);
}

/** As good by name and hardly less alike, or clearly more alike under a worse name. */
function challenges(rival: Ranked, best: Ranked): boolean {
  const ahead = rival.likeness - best.likeness;
  return rival.score === best.score ? ahead > -CLEAR : ahead >= CLEAR;
}

/** The one template whose name is the stack's best. */
function byName(stack: StackCandidate, templates: readonly TemplateCandidate[]): Match {
  const best = Math.max(...templates.map(({ path }) => nameScore(path, stack.name)));
  const [first, ...others] = templates.filter(({ path }) => nameScore(path, stack.name) === best);
  if (first === undefined) return undefined;
  return others.length === 0 ? { template: first.path } : ambiguous(stack, [first, ...others]);
}

function ambiguous(stack: StackCandidate, templates: readonly { path: string }[]): Match {
  return { reason: `stack ${stack.name} could belong to any of ${pathsOf(templates)}` };
}

function pathsOf(templates: readonly { path: string }[]): string {
  return templates.map(({ path }) => path).join(', ');
}

/** How well a path names a stack: all of it, or how many of its words; 0 when a word of the path is not in the name. */
function nameScore(path: string, stack: string): number {
  const words = wordsOf(stack);
  const file = wordsOf(partsOf(path).at(-1) ?? '');
  if (file.join('') === words.join('')) return Number.POSITIVE_INFINITY;
  const telling = tellingWords(stack).join('');
  if (namesOf(path).some((name) => name.join('') === telling)) return Number.POSITIVE_INFINITY;
  return Math.max(0, ...namesOf(path).map((name) => (name.every((word) => words.includes(word)) ? name.length : 0)));
}

/** Words of the last part that says something, and with those of the one before: `prod/shop.yaml` is `shop`, `prod shop`. */
function namesOf(path: string): string[][] {
  const telling = partsOf(path)
    .map(tellingWords)
    .filter((words) => words.length > 0);
  const [last, previous] = telling.reverse();
  if (last === undefined) return [];
  return previous === undefined ? [last] : [last, [...previous, ...last]];
}

function partsOf(path: string): string[] {
  return path.replace(/(?:\.template)?\.[^./]+$/, '').split('/');
}

function tellingWords(name: string): string[] {
  return wordsOf(name).filter((word) => !GENERAL_WORD.test(word));
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
