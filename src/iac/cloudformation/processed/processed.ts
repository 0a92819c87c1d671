import { DriftError } from '../../../base/errors.js';
import type { Provider, StackTarget } from '../../../cloud/cloud.js';
import { createSource } from '../../../syntax/source.js';
import { isSameText } from '../template/deployed-text.js';
import { isModule } from '../template/made-elsewhere.js';
import { parseTemplate, type Template } from '../template/parse.js';

/** A deployed template, and what transforms, macros and modules made of it. */
export interface Processed {
  /** What was made of it: this is what was deployed. */
  made: Template;
  /** As it was sent; the very template of Git where the text is the same. */
  original: Template;
}

/** Whether something may make other resources of a template, or other properties, than stand in it. */
export function isProcessed({ macros, source, resourceTypes }: Template): boolean {
  if (macros.length > 0 || /(?:Fn::|!)Transform\b/.test(source.text)) return true;
  return [...resourceTypes.values()].some(isModule);
}

/**
 * Reads what CloudFormation made of a deployed template: `GetTemplate` with the stage `Processed`
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html).
 * Where that can't be had, the reason for people; single templates never make a scan fail here.
 */
export async function readProcessed(
  provider: Provider,
  target: StackTarget,
  ours: Template,
  deployed: string | undefined,
  resources: Iterable<string>,
): Promise<Processed | { reason: string }> {
  try {
    const text = await provider.readProcessedTemplate?.(target);
    if (text === undefined) return { reason: 'what was made of the deployed template is not known' };
    if (deployed === undefined) return { reason: 'the deployed template is not known' };
    const made = parseTemplate({
      ...createSource(`the processed template of stack ${target.name}`, text),
      isMade: true,
    });
    const original = isSameText(deployed, ours.source.text)
      ? ours
      : parseTemplate(createSource(`the deployed template of stack ${target.name}`, deployed));
    const missing = missingIn(made, original, resources);
    return missing === undefined
      ? { made, original }
      : { reason: `what was made of the deployed template has no ${missing}` };
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    return { reason: error.problems[0]?.message ?? error.message };
  }
}

/** What is deployed of an original template under its own logical ID, and not in what is told to be made of it: that is no answer. */
function missingIn(made: Template, original: Template, resources: Iterable<string>): string | undefined {
  if (made.resourceTypes.size === 0) return 'resources';
  return [...resources].find((id) => original.resourceTypes.has(id) && !made.resourceTypes.has(id));
}
