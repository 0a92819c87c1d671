import type { Checkout } from '../../../git/repository.js';
import type { Surveyed, TemplateSurvey } from '../../survey.js';
import { deployedTypes } from '../processed/generated-types.js';
import { isNesting, isStackSet } from '../template/nested-stack.js';
import { readCheckedTemplates, readWithNested, type TreeTemplate } from './template-trees.js';

/** What templates ask of those who read their stacks, with those nested in them; without paths, all that are any good. */
export async function surveyTemplates(checkout: Checkout, paths?: ReadonlySet<string>): Promise<Surveyed> {
  const found =
    paths === undefined
      ? await readCheckedTemplates(checkout)
      : { trees: await readWithNested(checkout, paths), broken: [] };
  return { ...found, trees: new Map([...found.trees].map(([path, tree]) => [path, tree.map(surveyOf)])) };
}

function surveyOf({ template, nested }: TreeTemplate): TemplateSurvey {
  const { source, usesImports, usesZones, resourceTypes } = template;
  const types = deployedTypes(template);
  const written = [...resourceTypes.values()];
  return {
    ...{ path: source.path, types, usesImports, usesZones },
    nests: types.some(isNesting),
    spreads: types.some(isStackSet),
    isOpen: written.some(isStackSet) || written.filter(isNesting).length > nested.length,
  };
}
