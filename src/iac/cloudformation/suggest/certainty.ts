import type { Certainty } from '../../suggestions.js';
import { countShared, isNamedLike, type Match, type TemplateCandidate } from '../find/match.js';
import { type MatchedStack, typesOf } from '../find/match-stacks.js';
import type { SamDeployment } from '../find/samconfig.js';

/** Most of a template's resources; the others may be waiting for their deployment, or left out by a condition. */
const MOST = 0.8;

/** How sure a match is: names that say so and most resources, one of both, or names alone. */
export function certaintyOf(
  { stack, deployed }: MatchedStack,
  template: TemplateCandidate,
  told: SamDeployment | undefined,
): Certainty {
  const isNamed = isNamedLike(template.path, stack.name);
  const witness = told === undefined ? 'the name' : told.origin;
  if (template.resources === undefined)
    return { level: 'unsure', why: `by ${witness} only: the template can't be parsed` };
  if (deployed === undefined) return { level: 'unsure', why: `by ${witness} only: the stack could not be read` };
  const shared = countShared(template.resources, typesOf(deployed));
  const resources = `${shared} of ${template.resources.size} resources match`;
  if (told === undefined && !isNamed) return { level: 'likely', why: `${resources}, but not the name` };
  return { level: shared >= MOST * template.resources.size ? 'sure' : 'likely', why: `${witness} and ${resources}` };
}

/** The template that SAM's configuration names for a stack, if there is one, goes before names and resources. */
export function templateOf(
  { match }: { match: Match },
  templates: readonly TemplateCandidate[],
  told: SamDeployment | undefined,
): TemplateCandidate | undefined {
  const path = told?.templates.find((each) => templates.some((one) => one.path === each));
  const chosen = path ?? (match && 'template' in match ? match.template : undefined);
  return templates.find((template) => template.path === chosen);
}
