import type { Checkout } from '../../../git/repository.js';
import type { Surveyed, TemplateSurvey } from '../../survey.js';
import { declaredTypes } from '../template/declared-resources.js';
import { isModule } from '../template/made-elsewhere.js';
import { isNesting, isStackSet, nestedTemplates } from '../template/nested-stack.js';
import type { Template } from '../template/parse.js';
import { rewritingMacro } from '../template/transforms.js';
import { cloudFormationTypes } from '../types/types.js';
import { readCheckedTemplates, readWithNested } from './template-trees.js';

/** What templates ask of those who read their stacks, with those nested in them; without paths, all that are any good. */
export async function surveyTemplates(checkout: Checkout, paths?: ReadonlySet<string>): Promise<Surveyed> {
  const found =
    paths === undefined
      ? await readCheckedTemplates(checkout)
      : { trees: await readWithNested(checkout, paths), broken: [] };
  return { ...found, trees: new Map([...found.trees].map(([path, tree]) => [path, tree.map(surveyOf)])) };
}

function surveyOf(template: Template): TemplateSurvey {
  const { source, usesImports, usesZones, resourceTypes } = template;
  const types = declaredTypes(template);
  const written = [...resourceTypes.values()];
  return {
    ...{ path: source.path, types, usesImports, usesZones },
    nests: types.some(isNesting),
    spreads: types.some(isStackSet),
    isOpen: written.some(isStackSet) || written.filter(isNesting).length > nestedTemplates(template).length,
    madeElsewhere: madeElsewhere(template, types),
  };
}

/** What macros and modules make, which is nowhere in Git. */
function madeElsewhere({ transforms }: Template, types: readonly string[]): TemplateSurvey['madeElsewhere'] {
  const macro = rewritingMacro(transforms);
  if (macro !== undefined) return [{ reason: `the macro ${macro} makes its resources` }];
  return types.flatMap((type) => {
    if (isModule(type)) return [{ type, reason: 'a module makes other resources of it' }];
    const transform = cloudFormationTypes.transformOf(type);
    return transform === undefined ? [] : [{ type, reason: `${transform} makes other resources of it` }];
  });
}
