import type { Target } from '../../../model/target.js';
import type { Evaluated } from '../../../value/evaluated.js';
import type { Code, DeployedTemplate } from '../../state.js';
import type { CdkStack } from '../cdk/stack.js';
import type { EvaluatedTemplate } from '../template/evaluate.js';
import type { Template } from '../template/parse.js';

/** A template that code made, and what it was deployed from. */
interface MadeTemplate {
  evaluated: EvaluatedTemplate;
  deployedTemplate: DeployedTemplate;
  code: Code;
  /** Settles another version of it; absent where there is nothing to settle it with. */
  settle?(version: EvaluatedTemplate): EvaluatedTemplate;
}

/** What Git says of a stack whose template CDK made, settled with what is deployed, and the code that made it. */
export async function madeOf(
  cdk: CdkStack,
  {
    target,
    template,
    evaluated,
    deployedTemplate,
    isEditable,
  }: {
    target: Target;
    template: Template;
    evaluated: EvaluatedTemplate;
    deployedTemplate: DeployedTemplate;
    isEditable: boolean;
  },
): Promise<MadeTemplate> {
  const code = await cdk.code(template, (target.path ?? target.name).split('/').slice(1), isEditable);
  if (deployedTemplate.kind !== 'other') return { evaluated, deployedTemplate, code };
  const settle = (version: EvaluatedTemplate, isSure = false) => {
    const { evaluated: own, ...settled } = cdk.settle<Evaluated>(version, deployedTemplate.evaluated, isSure);
    return { ...settled, evaluated: { ...version, resources: own.resources } };
  };
  const settled = settle(evaluated);
  const notices = settled.differs ? [...code.notices, cdk.notAsDeployed] : code.notices;
  return {
    evaluated: settled.evaluated,
    deployedTemplate: { kind: 'other', evaluated: settled.deployed },
    code: { ...code, notices },
    // Where all was as deployed, what an edit changes is no dummy for what was not looked up.
    settle: (version) => settle(version, !settled.differs).evaluated,
  };
}
