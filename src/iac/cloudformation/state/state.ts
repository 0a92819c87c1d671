import { segments } from '../../../base/json-pointer.js';
import { checkAccount } from '../../../cloud/check-account.js';
import type { LiveResource, StackResource } from '../../../cloud/cloud.js';
import type { ResourceTypes } from '../../../compare/types.js';
import { partOf } from '../../../model/defects.js';
import type { ConfiguredParameter } from '../../../model/parameter.js';
import type { Target } from '../../../model/target.js';
import type { EvaluatedResource } from '../../../value/evaluated.js';
import { isKnown, type PlainObject, toPlain } from '../../../value/value.js';
import { composerOf } from '../processed/composer.js';
import { isProcessed, readProcessed } from '../processed/processed.js';
import { type EvaluatedTemplate, evaluateTemplate } from '../template/evaluate.js';
import { MASKED, resolveParameters } from '../template/parameters.js';
import type { Template } from '../template/parse.js';
import type { EvaluationInputs } from '../template/scope.js';
import { settleConditions } from '../template/settle-conditions.js';
import { answersOf } from './answers.js';
import { attributeOf } from './attributes.js';
import { conditionEvidence } from './condition-evidence.js';
import { type DeployedText, evaluateDeployed, readDeployed } from './deployed-template.js';
import { gitSide, readDeployedText } from './git-side.js';
import { madeOf } from './made-template.js';
import type { StackContext, StackState } from './model.js';
import { assertHasResources, assertStable } from './stable.js';
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
