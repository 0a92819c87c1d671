import { DriftError, type Problem } from '../../../base/errors.js';
import type { Checkout } from '../../../git/repository.js';
import { plain } from '../sources/plain.js';
import { nestedTemplates } from '../template/nested-stack.js';
import type { Template } from '../template/parse.js';
import { findTemplates } from './find-templates.js';

/** Templates by path, each with those that it nests from the repository, to any depth. */
export type TemplateTrees = Map<string, Template[]>;

/** Reads the templates of a checkout, all that are any good. Throws a `DriftError` where none is. */
export async function readCheckedTemplates(
  checkout: Checkout,
): Promise<{ trees: TemplateTrees; broken: readonly Problem[] }> {
  const found = await findTemplates(checkout);
  const readable = found.filter(({ problems }) => problems === undefined);
  const broken = found.flatMap(({ problems = [] }) => problems);
  if (readable.length === 0) throw new DriftError('template', broken);
  return { trees: await readWithNested(checkout, new Set(readable.map(({ path }) => path))), broken };
}

/** Reads templates with those nested in them. Throws a `DriftError` with the problems of all. */
export async function readWithNested(checkout: Checkout, paths: ReadonlySet<string>): Promise<TemplateTrees> {
  const problems: Problem[] = [];
  const trees: TemplateTrees = new Map();
  for (const path of paths) {
    try {
      trees.set(path, await withNested(path, checkout, new Set()));
    } catch (error) {
      if (!(error instanceof DriftError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new DriftError('template', problems);
  return trees;
}

async function withNested(path: string, checkout: Checkout, seen: Set<string>): Promise<Template[]> {
  seen.add(path);
  const template = await plain.read(checkout, path);
  const found = [template];
  for (const nested of nestedTemplates(template)) {
    if (seen.has(nested) || nested.startsWith('..') || !(await checkout.exists(nested))) continue;
    found.push(...(await withNested(nested, checkout, seen)));
  }
  return found;
}
