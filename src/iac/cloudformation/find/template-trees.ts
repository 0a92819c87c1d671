import { DriftError, type Problem } from '../../../base/errors.js';
import type { Checkout } from '../../../git/repository.js';
import type { CdkStack } from '../cdk/stack.js';
import { cdkStackOf } from '../sources/cdk.js';
import { plain } from '../sources/plain.js';
import { nestedTemplates } from '../template/nested-stack.js';
import type { Template } from '../template/parse.js';
import { templatesAndApps } from './find-apps.js';

/** A template, and those of the repository that it nests. */
export interface TreeTemplate {
  template: Template;
  nested: readonly string[];
}

/** Templates by path, each with those that it nests from the repository, to any depth. */
export type TemplateTrees = Map<string, TreeTemplate[]>;

/** Reads the templates of a checkout, all that are any good. Throws a `DriftError` where none is. */
export async function readCheckedTemplates(
  checkout: Checkout,
): Promise<{ trees: TemplateTrees; broken: readonly Problem[] }> {
  const { templates: found, apps } = await templatesAndApps(checkout);
  const readable = found.filter(({ problems }) => problems === undefined).map(({ path }) => path);
  const broken = [...found.flatMap(({ problems = [] }) => problems), ...(apps?.problems ?? [])];
  const made = apps?.stacks.map(({ template }) => template) ?? [];
  if (readable.length + made.length === 0) throw new DriftError('template', broken);
  return { trees: await readWithNested(checkout, new Set([...readable, ...made])), broken };
}

/** Reads templates with those nested in them. Throws a `DriftError` with the problems of all. */
export async function readWithNested(checkout: Checkout, paths: ReadonlySet<string>): Promise<TemplateTrees> {
  const problems: Problem[] = [];
  const trees: TemplateTrees = new Map();
  for (const path of paths) {
    try {
      const cdk = await cdkStackOf(checkout, path);
      trees.set(path, await withNested(path, checkout, new Set(), cdk));
    } catch (error) {
      if (!(error instanceof DriftError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new DriftError('template', problems);
  return trees;
}

async function withNested(
  path: string,
  checkout: Checkout,
  seen: Set<string>,
  cdk: CdkStack | undefined,
): Promise<TreeTemplate[]> {
  seen.add(path);
  const template = await plain.read(checkout, path);
  const nested = [...nestedTemplates(template), ...(cdk?.nested(template) ?? [])];
  const found: TreeTemplate[] = [{ template, nested }];
  for (const inner of nested) {
    if (seen.has(inner) || inner.startsWith('..') || !(await checkout.exists(inner))) continue;
    found.push(...(await withNested(inner, checkout, seen, cdk)));
  }
  return found;
}
