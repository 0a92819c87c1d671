import { DriftError } from '../../../base/errors.js';
import { segments } from '../../../base/json-pointer.js';
import { checkAccount } from '../../../cloud/check-account.js';
import type { DeployedStack, LiveResource, Provider, StackResource } from '../../../cloud/cloud.js';
import type { ResourceTypes } from '../../../compare/types.js';
import { partOf } from '../../../model/defects.js';
import type { ConfiguredParameter } from '../../../model/parameter.js';
import type { Target } from '../../../model/target.js';
import { createSource } from '../../../syntax/source.js';
import type { Evaluated, EvaluatedResource } from '../../../value/evaluated.js';
import { isKnown, type PlainObject, toPlain } from '../../../value/value.js';
import type { Code, DeployedTemplate } from '../../state.js';
import type { CdkStack } from '../cdk/stack.js';
import { typesOf } from '../find/discover.js';
import { composerOf } from '../processed/composer.js';
import { isProcessed, readProcessed } from '../processed/processed.js';
import { type EvaluatedTemplate, evaluateTemplate } from '../template/evaluate.js';
import { MASKED, resolveParameters } from '../template/parameters.js';
import { parseTemplate, type Template } from '../template/parse.js';
import type { EvaluationInputs } from '../template/scope.js';
import { settleConditions } from '../template/settle-conditions.js';
import { answersOf } from './answers.js';
import { attributeOf } from './attributes.js';
import { conditionEvidence } from './condition-evidence.js';
import { type DeployedText, evaluateDeployed, readDeployed } from './deployed-template.js';
import type { StackContext, StackState } from './model.js';
import { stackZones } from './zones.js';

/**
 * Reads a stack: its template from Git, its structure and its resources from the provider, and evaluates the template
 * with physical IDs and live attributes.
 * Throws a `DriftError` when the template is bad or the stack can't be read; single resources never make it fail.
 */
export async function readStackState(target: Target, tools: StackContext): Promise<StackState> {
  const { provider } = tools;
  await checkAccount(target, tools.accountOf);
  const [deployed, deployedText] = await Promise.all([provider.readStack(target), readDeployedText(provider, target)]);
  assertStable(deployed);
  const { template, path } = await gitSide(target, deployed, deployedText, tools);
  const cdk = await tools.cdkOf(target);
  // What is uploaded has another name on each machine, and older stacks have these names in parameters.
  const unknown = cdk?.unknownAssets(template, deployed.parameters) ?? [];
  const parameters = {
    ...deployed.parameters,
    ...Object.fromEntries(unknown.map((name) => [name, { value: MASKED }])),
  };
  const exports = template.usesImports ? await tools.exportsOf(target.region, target.roleArn) : {};
  const zones = stackZones(provider, target);
  const deployedResources = new Map(
    deployed.resources
      .filter((resource) => resource.status !== 'DELETE_COMPLETE')
      .map((resource) => [resource.logicalId, resource]),
  );
  const live = new Map<string, LiveResource>();
  /** Whose live state makes a difference to what Git says. */
  const asked = new Set<string>();
  const accountId = deployed.account ?? (await tools.accountOf(target.roleArn));

  function inputsFor(version: Template, configured: Map<string, ConfiguredParameter>): EvaluationInputs {
    return {
      parameters: resolveParameters(version, { configured, deployed: parameters }),
      environment: {
        region: target.region,
        stackName: target.name,
        ...(accountId === undefined ? {} : { accountId }),
        ...(deployed.id === undefined ? {} : { stackId: deployed.id }),
      },
      resources: {
        physicalId: (logicalId) => deployedResources.get(logicalId)?.physicalId,
        hasNoState: (logicalId) => live.get(logicalId)?.status === 'unsupported' || undefined,
        attribute(logicalId, name, isDeclared) {
          // What a template declares is what Git says, also of a resource that drifted: else one drift would show twice.
          if (isDeclared) return undefined;
          asked.add(logicalId);
          const resource = live.get(logicalId);
          return resource?.status === 'live' ? attributeOf(resource.properties, name) : undefined;
        },
      },
      exports,
      availabilityZones: zones.of,
    };
  }

  const { failure, text } = deployedText;
  const deployedSide: DeployedText =
    failure === undefined
      ? readDeployed({ text, stack: deployed, template, configured: target.parameters })
      : { kind: 'unknown', reason: failure };
  assertHasResources(deployed);
  const evidence = conditionEvidence(deployed, deployedResources, () => {
    if (deployedSide.kind === 'unknown') return undefined;
    const isSame = deployedSide.kind === 'same';
    const version = isSame ? template : deployedSide.template;
    return { template: version, inputs: inputsFor(version, isSame ? target.parameters : new Map()) };
  });

  function evaluateAlone(version: Template, configured: Map<string, ConfiguredParameter>): EvaluatedTemplate {
    const inputs = inputsFor(version, configured);
    const conditions = settleConditions({ template: version, inputs }, evidence);
    return evaluateTemplate(version, conditions.size === 0 ? inputs : { ...inputs, conditions });
  }

  const processed = isProcessed(template)
    ? await readProcessed(provider, target, template, text, deployedResources.keys())
    : undefined;
  const composer =
    processed === undefined || 'reason' in processed
      ? undefined
      : composerOf({
          ...{ processed, template, evaluate: evaluateAlone, configured: target.parameters },
          isSame: deployedSide.kind === 'same',
        });
  const evaluate = composer?.evaluate ?? evaluateAlone;

  async function read(resource: EvaluatedResource, physicalId: string): Promise<void> {
    const { logicalId, type } = resource;
    const properties = toPlain(resource.properties) as PlainObject;
    try {
      live.set(logicalId, await provider.readResource({ ...target, logicalId, type, physicalId, properties }));
    } catch (error) {
      const reason = tools.defects.note(error, { ...partOf(target), logicalId, doing: 'reading it' });
      live.set(logicalId, { status: 'unreadable', reason });
    }
    tools.onResource({ found: 0, read: 1 });
  }

  const evaluateDesired = () =>
    zones.settled(() => {
      composer?.renew();
      return evaluate(template, target.parameters);
    });
  let evaluated = await evaluateDesired();
  for (let first = true; ; first = false) {
    const pending = [...evaluated.resources.values()].flatMap((resource) => {
      const physicalId = readablePhysicalId(resource, deployedResources);
      return physicalId === undefined || live.has(resource.logicalId) ? [] : [{ resource, physicalId }];
    });
    if (pending.length === 0) break;
    if (first) tools.onResource({ found: pending.length, read: 0 });
    // An identifier may need another resource's live attribute; such resources wait until that one has been read.
    const ready = pending.filter(({ resource }) => isIdentifierKnown(resource, tools.resourceTypes));
    const wave = ready.length === 0 ? pending : ready;
    await Promise.all(wave.map(({ resource, physicalId }) => read(resource, physicalId)));
    if (asked.size > 0) evaluated = await evaluateDesired();
  }
  const deployedTemplate = await zones.settled(() =>
    evaluateDeployed(deployedSide, (version, given) => composer?.deployed() ?? evaluate(version, given)),
  );
  const maker = tools.maker?.makes(template.source.path) ? tools.maker : undefined;
  const isEditable = maker !== undefined;
  const made = cdk && (await madeOf(cdk, { target, template, evaluated, deployedTemplate, isEditable }));
  if (made !== undefined) evaluated = made.evaluated;
  const facts = { template, path, deployed, evaluated, deployedResources, evaluate, composer };
  const unmade = processed !== undefined && 'reason' in processed ? processed.reason : undefined;
  return {
    ...facts,
    ...{ deployedTemplate: made?.deployedTemplate ?? deployedTemplate, code: made?.code },
    nestedTemplate: (logicalId, url) => cdk?.nestedTemplate(template, logicalId, url),
    account: accountId,
    live,
    asked,
    zones: zones.known,
    ...answersOf(target, { ...facts, unmade, maker, settle: made?.settle }),
  };
}

/** What Git says of a stack whose template CDK made, settled with what is deployed, and the code that made it. */
async function madeOf(
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

/** A template that code made, and what it was deployed from. */
interface MadeTemplate {
  evaluated: EvaluatedTemplate;
  deployedTemplate: DeployedTemplate;
  code: Code;
  /** Settles another version of it; absent where there is nothing to settle it with. */
  settle?(version: EvaluatedTemplate): EvaluatedTemplate;
}

/** Git's template. Of a nested stack that is deployed from elsewhere it has to be found; where Git has none, it is the deployed one. */
async function gitSide(
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
async function readDeployedText(
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

/** What is being changed can't be judged half-way. Cleaning up after an update touches only what is no longer in use. */
function assertStable({ name, region, status = '' }: DeployedStack): void {
  if (status === 'REVIEW_IN_PROGRESS') {
    const message = `stack ${name} in ${region} is not deployed yet: there is only a change set to create it`;
    throw new DriftError('provider', [
      { code: 'stack-unsettled', message, hint: 'execute the change set, then scan again' },
    ]);
  }
  if (!status.endsWith('_IN_PROGRESS') || status.endsWith('_CLEANUP_IN_PROGRESS')) return;
  const message = `stack ${name} in ${region} is being changed right now (${status}), so nothing in it was judged`;
  throw new DriftError('provider', [
    { code: 'stack-unsettled', message, hint: 'scan again when CloudFormation is done' },
  ]);
}

/** CloudFormation makes no stack without resources: a list of none is no answer. */
function assertHasResources({ name, region, status = '', resources }: DeployedStack): void {
  if (resources.length > 0 || !/^(?:CREATE|UPDATE|IMPORT)(?:_ROLLBACK)?_COMPLETE$/.test(status)) return;
  const message = `stack ${name} in ${region} is deployed (${status}), and its list of resources is empty`;
  throw new DriftError('provider', [
    { code: 'cloud-bad-answer', message, hint: 'scan again; what AWS told is not the whole stack' },
  ]);
}

function readablePhysicalId(resource: EvaluatedResource, deployed: Map<string, StackResource>): string | undefined {
  const counterpart = deployed.get(resource.logicalId);
  if (resource.presence !== 'present' || counterpart?.type !== resource.type) return undefined;
  return counterpart.physicalId;
}

function isIdentifierKnown(resource: EvaluatedResource, types: ResourceTypes): boolean {
  const paths = types.get(resource.type)?.primaryIdentifier ?? [];
  return paths.every((path) => {
    const declared = resource.properties.entries.get(segments(path)[0] ?? '');
    return declared === undefined || isKnown(toPlain(declared));
  });
}
