import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/base/json.js';
import type { Snapshot, SnapshotResource } from '../../src/cloud/snapshot/snapshot.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { Finding } from '../../src/model/report.js';
import { desiredOfStack } from '../../src/scan/desired.js';
import { isKnown, toPlain } from '../../src/value/value.js';
import { scanEstate } from '../support/estate.js';
import { makeRepository } from '../support/repository.js';

const DEMO = fileURLToPath(new URL('../../fixtures/demo/', import.meta.url));
const STATE = JSON.parse(readFileSync(join(DEMO, 'live.json'), 'utf8')) as Snapshot;
const TYPES = cloudFormationTypes;
const PATHS = readdirSync(DEMO, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(?:ya?ml|json)$/.test(path));
const FILES = Object.fromEntries(
  PATHS.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(DEMO, path), 'utf8')]),
);

function identifierOf({ type, properties }: SnapshotResource): string | undefined {
  const parts = TYPES.get(type)?.primaryIdentifier.map((path) => properties?.[path.slice(1)]) ?? [];
  const known = parts.filter((part) => typeof part === 'string');
  return known.length > 0 && known.length === parts.length ? known.join('|') : undefined;
}

/** What AWS expects: the template as it is in Git, as deployed, without what is never told. */
async function expectedProperties(repository: string): Promise<Record<string, JsonObject>> {
  const expected: Record<string, JsonObject> = {};
  for (const { stacks } of Object.values(STATE.regions)) {
    for (const { name } of stacks) {
      const snapshot = join(repository, 'live.json');
      const { resources } = await desiredOfStack({ repository, snapshot, stacks: [name] });
      for (const { logicalId, properties, type } of resources.values()) {
        const known = Object.entries(toPlain(properties) as JsonObject).filter(
          ([key, value]) => isKnown(value) && !TYPES.get(type)?.writeOnly.includes(`/${key}`),
        );
        expected[`${name}/${logicalId}`] = Object.fromEntries(known) as Record<string, Json>;
      }
    }
  }
  return expected;
}

function placesOf(findings: readonly Finding[]): Set<string> {
  return new Set(findings.map(({ stack, logicalId, path }) => `${stack} ${logicalId} ${path.split('/')[1] ?? ''}`));
}

test("in the demo, AWS's judgement names the properties that the own comparison does, and rules explain what else it lists", async () => {
  const expected = await expectedProperties(makeRepository(FILES));
  const cloud = { accounts: { [STATE.account ?? '']: STATE }, identifierOf, drift: { expected } };
  const files = {
    ...FILES,
    'gitops-drift.yaml': (FILES['gitops-drift.yaml'] ?? '').replace('provider: snapshot', 'provider: aws'),
  };
  const own = await scanEstate(files, cloud, ['--cross-check']);
  const aws = await scanEstate(files, { ...cloud }, ['--provider', 'cloudformation']);
  const disagreements = own.report.crossCheck?.disagreements ?? [];
  const reasons = disagreements.map(
    ({ logicalId, path, own: here, aws: there, reason }) =>
      `${logicalId} /${path.split('/')[1] ?? ''} ${here}/${there}: ${reason}`,
  );
  expect([...new Set(reasons)].sort()).toEqual([
    'ApiService /DesiredCount unverifiable/modified: auto scaling of this stack moves it',
    'ApiTargets /TargetGroupAttributes inSync/modified: Git does not declare it',
    'Database /EngineVersion inSync/modified: equal by the rule "schema-transform"',
    'Database /PreferredMaintenanceWindow inSync/modified: equal by the rule "weekly-window"',
    'DatabaseSubnets /DBSubnetGroupName inSync/modified: equal by the rule "case"',
    'LoadBalancer /LoadBalancerAttributes inSync/modified: Git does not declare it',
    'OrderWorker /Code unverifiable/modified: AWS never returns this property (write-only)',
    expect.stringMatching(/^OrderWorker \/Environment modified\/inSync: AWS's drift detection tells nothing/),
    'OrderWorkerTrigger /FunctionName inSync/modified: equal by the rule "arn-or-name"',
  ]);
  // What could not be evaluated without the stack is not known to the simulated AWS either.
  const judged = [...placesOf(own.report.findings)].filter((place) => {
    const [stack, logicalId, property = ''] = place.split(' ');
    return property === '' || Object.hasOwn(expected[`${stack}/${logicalId}`] ?? {}, property);
  });
  expect(judged.length).toBeGreaterThan(5);
  const found = placesOf(aws.report.findings);
  expect(judged.filter((place) => !found.has(place))).toEqual([]);
});
