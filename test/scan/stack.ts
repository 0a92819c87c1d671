import type { Provider } from '../../src/cloud/cloud.js';
import { createSnapshotProvider } from '../../src/cloud/snapshot/provider.js';
import type { Snapshot, SnapshotRegion, SnapshotResource, SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import type { StackContext, StackState } from '../../src/iac/cloudformation/state/model.js';
import { readStackState } from '../../src/iac/cloudformation/state/state.js';
import { parseTemplate } from '../../src/iac/cloudformation/template/parse.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { noteDefects } from '../../src/model/defects.js';
import type { Target } from '../../src/model/target.js';
import { judgeStack } from '../../src/scan/judge.js';
import type { Judgement, JudgeOptions } from '../../src/scan/judgement.js';
import { severityRules } from '../../src/severity/rules.js';
import { createSource } from '../../src/syntax/source.js';

export const ACCOUNT = '111111111111';
export const REGION = 'eu-west-1';
export const TARGET: Target = { name: 'shop', region: REGION, template: 'shop.yaml', parameters: new Map() };

/** A stack in the cloud next to its template in Git. */
export interface Given {
  /** Git's template. */
  template: string;
  /** What the stack has; default: nothing but the resources. */
  stack?: Partial<SnapshotStack>;
  resources?: SnapshotResource[];
  /** More of its region. */
  region?: Partial<SnapshotRegion>;
  target?: Partial<Target>;
  /** What the provider does otherwise than a recording. */
  provider?: Partial<Provider>;
  onResource?: StackContext['onResource'];
}

/** Reads the state of a stack as a scan does. */
export async function stateOf({
  template,
  stack,
  resources = [],
  region,
  target,
  provider,
  onResource = () => {},
}: Given): Promise<StackState> {
  const recorded: Snapshot = {
    snapshotVersion: 1,
    capturedAt: '2026-01-01T00:00:00Z',
    account: ACCOUNT,
    regions: { [REGION]: { stacks: [{ name: 'shop', resources, ...stack }], ...region } },
  };
  const snapshot = await createSnapshotProvider({
    resourceTypes: cloudFormationTypes,
    snapshot: { path: 'live.json', text: JSON.stringify(recorded) },
  });
  const cloud = { ...snapshot, ...provider };
  return readStackState(
    { ...TARGET, ...target },
    {
      provider: cloud,
      resourceTypes: cloudFormationTypes,
      templateOf: async (path) => parseTemplate(createSource(path, template)),
      cdkOf: async () => undefined,
      templateFor: async () => undefined,
      stacksIn: (place, roleArn) => cloud.listStacks(place, roleArn),
      accountOf: async (roleArn) => (await cloud.connect(roleArn)).account,
      exportsOf: (place, roleArn) => cloud.readExports(place, roleArn),
      onResource,
      defects: noteDefects(),
    },
  );
}

/** Judges a stack as a scan does. */
export async function judged(given: Given, options: Partial<JudgeOptions> = {}): Promise<Judgement[]> {
  const state = await stateOf(given);
  return judgeStack({ ...TARGET, ...given.target }, state, {
    types: cloudFormationTypes,
    severity: severityRules(cloudFormationTypes),
    defects: noteDefects(),
    resourceType: async (type) => cloudFormationTypes.get(type),
    explain: false,
    ...options,
  });
}

/** A recorded resource with its logical ID as physical ID. */
export function recorded(
  logicalId: string,
  type: string,
  properties?: SnapshotResource['properties'],
  more: Partial<SnapshotResource> = {},
): SnapshotResource {
  return { logicalId, type, physicalId: logicalId, ...(properties === undefined ? {} : { properties }), ...more };
}
