import { DriftError } from '../../../base/errors.js';
import type { DeployedStack, Provider } from '../../../cloud/cloud.js';
import type { Target } from '../../../model/target.js';
import { createSource } from '../../../syntax/source.js';
import { typesOf } from '../find/match-stacks.js';
import { parseTemplate } from '../template/parse.js';
import type { StackContext, StackState } from './model.js';

/** Git's template. Of a nested stack that is deployed from elsewhere it has to be found; where Git has none, it is the deployed one. */
export async function gitSide(
  target: Target,
  deployed: DeployedStack,
  { text, failure }: Awaited<ReturnType<typeof readDeployedText>>,
  tools: StackContext,
): Promise<Pick<StackState, 'template' | 'path'>> {
  if (target.template !== null) return { path: target.template, template: await tools.templateOf(target.template) };
  const own =
    text === undefined ? undefined : parseTemplate(createSource(`the deployed template of ${target.name}`, text));
  const path = await tools.templateFor({
    url: target.templateUrl,
    text,
    resources: own?.resourceTypes ?? typesOf(deployed),
  });
  if (path !== undefined) return { path, template: await tools.templateOf(path) };
  if (own !== undefined) return { path: null, template: own };
  const reason = failure === undefined ? '' : `: ${failure}`;
  const message = `stack ${target.name} has no template in Git, and its deployed one is not known${reason}`;
  throw new DriftError('provider', [
    { code: 'stack-template-unknown', message, hint: 'allow cloudformation:GetTemplate, or put its template into Git' },
  ]);
}

/** The deployed template's text. A scan goes on without it: then it can't tell drift from pending deployments. */
export async function readDeployedText(
  provider: Provider,
  target: Target,
): Promise<{ text: string | undefined; failure?: string }> {
  try {
    return { text: await provider.readTemplate(target) };
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    return { text: undefined, failure: error.problems[0]?.message ?? error.message };
  }
}
