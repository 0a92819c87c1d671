import { DriftError, type Problem } from '../base/errors.js';
import { problemOf } from '../cloud/place.js';
import type { ReadState } from '../cloud/snapshot/record-stack.js';
import { addOwners, addUnmanaged, recordSnapshot, type Snapshot } from '../cloud/snapshot/write.js';
import type { State } from '../iac/state.js';
import { noteDefects } from '../model/defects.js';
import type { Target } from '../model/target.js';
import { withoutDeclaredSecrets } from '../secrets/declared-secrets.js';
import { evaluatedSecrets, secretOutputs } from '../secrets/known-secrets.js';
import { markSecrets } from '../secrets/mark-secrets.js';
import type { SecretTypes } from '../secrets/types.js';
import { severityRules } from '../severity/rules.js';
import { judgeStack } from './judge.js';
import { makePlan, type Plan, scannedByThemselves, templatesTold } from './plan.js';
import { trackProgress } from './progress.js';
import type { ScanRequest } from './request.js';
import { uncommitted } from './uncommitted.js';
import { scanUnmanaged } from './unmanaged.js';

/**
 * Records what the provider sees of the stacks that a scan with this request would compare, nested ones included.
 * Throws a `DriftError` where anything of it can't be read; a snapshot never lacks a stack silently.
 */
export async function recordStacks(request: ScanRequest): Promise<{ snapshot: Snapshot; warnings: Problem[] }> {
  trackProgress(0, request.onProgress).enter('stacks');
  const plan = await makePlan(request);
  const tracker = trackProgress(plan.targets.length, request.onProgress);
  try {
    if (plan.errors.length > 0) throw new DriftError('provider', plan.errors.map(problemOf));
    const defects = noteDefects();
    const { iac, provider, checkout } = plan;
    const { types } = iac;
    const reader = iac.reader({ checkout, provider, onResource: tracker.onResource, defects });
    const states = new Map<Target, Promise<State>>();
    const read = (target: Target) => {
      const state = states.get(target) ?? tracker.during(target, () => reader.state(target));
      states.set(target, state);
      return state;
    };
    const isScanned = scannedByThemselves(plan);
    const children = async (target: Target) => {
      const state = await read(target);
      const found = await reader.children({ ...target, template: state.path }, state);
      return found.children.flatMap((child) => (isScanned(child.target) ? [] : [child.target]));
    };
    const targets = await withNested(plan.targets, children);
    const owners = reader.owners(plan.targets, request.ownerLimit);
    const judging = {
      types,
      severity: severityRules(types),
      resourceType: async (type: string) => types.get(type),
      explain: false,
      defects,
    };
    const snapshot = await recordSnapshot(
      plan.provider,
      targets,
      async (target) => {
        const state = await read(target);
        // Judging asks for what a scan of the snapshot will ask for.
        await judgeStack(target, state, { ...judging, others: owners.of(target) });
        return withoutSecrets(state, types);
      },
      await ownAccount(plan),
    );
    addOwners(snapshot, owners.learned(), types);
    if (request.unmanaged) {
      tracker.enter('unmanaged');
      const { resources, errors } = await scanUnmanaged(plan.provider, plan.places);
      if (errors.length > 0) throw new DriftError('provider', errors.map(problemOf));
      addUnmanaged(snapshot, new Set(plan.places.map(({ region }) => region)), resources);
    }
    const paths = await Promise.all(targets.map(async (target) => (await read(target)).path));
    const changed = uncommitted(
      plan,
      paths.map((template) => ({ template })),
    );
    return { snapshot, warnings: [...changed, ...templatesTold(plan, new Set(paths)).warnings, ...defects.problems()] };
  } finally {
    plan.provider.close?.();
  }
}

/** The account of the credentials as they are, where a scan uses them without a role. */
async function ownAccount({ provider, places }: Plan): Promise<string | undefined> {
  if (places.every(({ roleArn }) => roleArn !== undefined)) return undefined;
  return (await provider.connect()).account;
}

/** A stack's state without the secrets that its template tells of. */
function withoutSecrets(state: State, types: SecretTypes): ReadState {
  const { deployed, account, live, zones, evaluated, deployedTemplate, isProcessed } = state;
  const kept = [...live].map(([logicalId, resource]) => {
    const declared = evaluated.resources.get(logicalId);
    if (resource.status !== 'live' || declared === undefined) return [logicalId, resource] as const;
    const properties = withoutDeclaredSecrets(
      resource.properties,
      markSecrets(declared.properties, { types, ...declared }),
    );
    return [logicalId, { ...resource, properties }] as const;
  });
  const sides = deployedTemplate.kind === 'other' ? [evaluated, deployedTemplate.evaluated] : [evaluated];
  return {
    types,
    deployed,
    account,
    live: new Map(kept),
    zones,
    isProcessed,
    secrets: [...new Set(sides.flatMap((side) => [...evaluatedSecrets(side, types)]))],
    secretOutputs: new Set(sides.flatMap((side) => [...secretOutputs(side)])),
  };
}

/** What can't be read is left to recording, which tells all such stacks together. */
async function withNested(
  targets: readonly Target[],
  childrenIn: (target: Target) => Promise<Target[]>,
): Promise<Target[]> {
  const trees = targets.map(async (target): Promise<Target[]> => {
    const children = await childrenIn(target).catch((error: unknown) => {
      if (error instanceof DriftError) return [];
      throw error;
    });
    return [target, ...(await withNested(children, childrenIn))];
  });
  return (await Promise.all(trees)).flat();
}
