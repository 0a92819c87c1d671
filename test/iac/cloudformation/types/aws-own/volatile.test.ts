import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import type { Json, JsonObject } from '../../../../../src/base/json.js';
import { pointerOf, segments } from '../../../../../src/base/json-pointer.js';
import { pathPatterns, pathTable } from '../../../../../src/base/path-pattern.js';
import { ownOfAws } from '../../../../../src/iac/cloudformation/types/aws-own/own.js';
import { volatileLines, volatileOf } from '../../../../../src/iac/cloudformation/types/aws-own/volatile.js';
import { VOLATILE, type VolatileLine } from '../../../../../src/iac/cloudformation/types/aws-own/volatile-data.js';
import { resourceTypeFromSchema } from '../../../../../src/iac/cloudformation/types/from-schema.js';
import { loadResourceTypes } from '../../../../../src/iac/cloudformation/types/index-file.js';
import { listPlaces } from '../../../../../src/iac/cloudformation/types/schema-walk.js';
import { describeShared } from '../../../../support/shared.js';

const TYPES = loadResourceTypes();
const ZIP = 'schemas/cloudformation-schemas.zip';

/** A type and a place that a line is about. */
function sampleOf({ type, path }: VolatileLine): { type: string; path: string } {
  const keys = segments(path).map((key) => (key === '*' ? '0' : key === '**' ? 'Inner' : key));
  return { type: type === 'AWS::*' ? 'AWS::Acme::Cart' : type.replace('*', 'Acme'), path: pointerOf(keys) };
}

/** A model with values at pointers; lists where the key is an index. */
function modelOf(places: readonly (readonly [string, Json])[]): JsonObject {
  const root: JsonObject = {};
  for (const [path, value] of places) {
    let at: JsonObject | Json[] = root;
    const keys = segments(path);
    for (const [index, key] of keys.entries()) {
      const isLast = index === keys.length - 1;
      const inner: Json = isLast ? value : ((at as JsonObject)[key] ?? (keys[index + 1] === '0' ? [] : {}));
      (at as JsonObject)[key] = inner;
      at = inner as JsonObject;
    }
  }
  return root;
}

function kindOf(type: string, path: string, live: JsonObject): string | undefined {
  const value = 'somebody’s value';
  return ownOfAws({ type, path, value }, { resourceType: undefined, live })?.kind;
}

const lines = VOLATILE.map((line) => [`${line.type} ${line.path}`, line] as const);

test.each(lines)('%s moves by itself, and its neighbour does not', (_, line) => {
  const { type, path } = sampleOf(line);
  const { where } = line;
  const there = where === undefined ? [] : [[where.path, where.is ?? { Anything: 1 }] as const];
  const live = modelOf([...there, [path, 'somebody’s value']]);
  expect(kindOf(type, path, live)).toBe('volatile');
  expect(kindOf(type, `${path}/Below`, live)).toBe('volatile');
  expect(kindOf(type, `${path}Limit`, live)).toBeUndefined();
  if (line.type !== 'AWS::*') expect(kindOf('AWS::Other::Thing', path, live)).toBeUndefined();
  if (where !== undefined) expect(kindOf(type, path, modelOf([[path, 'x']]))).toBeUndefined();
});

test.each(lines)('%s says what moves it, and names a type that exists', (_, { type, because }) => {
  expect(because).not.toBe('');
  const names = TYPES.names().filter((name) =>
    type.endsWith('*') ? name.startsWith(type.slice(0, -1)) : name === type,
  );
  expect(names).not.toEqual([]);
});

describe('what does not move by itself', () => {
  test.each([
    ['AWS::ECS::Service', '/TaskDefinition'],
    ['AWS::ECS::Service', '/PlatformVersion'],
    ['AWS::Lambda::Alias', '/FunctionVersion'],
    ['AWS::IAM::AccessKey', '/Status'],
    ['AWS::IAM::ManagedPolicy', '/DefaultVersionId'],
    ['AWS::S3::Bucket', '/VersioningConfiguration/Status'],
    ['AWS::AutoScaling::AutoScalingGroup', '/MaxSize'],
    ['AWS::AutoScaling::AutoScalingGroup', '/LaunchTemplate/Version'],
    ['AWS::EKS::Nodegroup', '/ScalingConfig/MaxSize'],
    ['AWS::Kinesis::Stream', '/ShardCount'],
    ['AWS::RDS::DBInstance', '/EngineVersion'],
  ])('%s %s', (type, path) => {
    expect(kindOf(type, path, modelOf([[path, 'x']]))).toBeUndefined();
  });

  test('keys of the author’s own, whatever they are called', () => {
    const type = 'AWS::Lambda::Function';
    const live = { Environment: { Variables: { CreatedAt: 'x' } } };
    const about = { resourceType: TYPES.get(type), live };
    expect(ownOfAws({ type, path: '/Environment/Variables/CreatedAt', value: 'x' }, about)).toBeUndefined();
    expect(ownOfAws({ type, path: '/Environment/CreatedAt', value: 'x' }, about)?.kind).toBe('volatile');
  });
});

test('what a filter asks for is no event', () => {
  const type = 'AWS::SecurityHub::AutomationRule';
  const live = modelOf([
    ['/Criteria/CreatedAt', 'x'],
    ['/CreatedAt', 'x'],
  ]);
  expect(kindOf(type, '/Criteria/CreatedAt', live)).toBeUndefined();
  expect(kindOf(type, '/CreatedAt', live)).toBe('volatile');
});

/** Places that no template sets, though their schemas do not say so. */
const FORGOTTEN: string[] = [
  'AppConfig::Extension/LatestVersionNumber',
  'AppConfig::HostedConfigurationVersion/LatestVersionNumber',
  'AuditManager::Assessment/Delegations/*/CreationTime',
  'AuditManager::Assessment/Delegations/*/LastUpdated',
  'EventSchemas::RegistryPolicy/RevisionId',
  'GameLift::MatchmakingConfiguration/CreationTime',
  'Glue::Schema/CheckpointVersion/IsLatest',
  'IoT::Command/CreatedAt',
  'IoT::Command/LastUpdatedAt',
  'IoTWireless::WirelessDevice/LastUplinkReceivedAt',
  'IoTWireless::WirelessGateway/LastUplinkReceivedAt',
  'MSK::Configuration/LatestRevision',
  'NetworkManager::GlobalNetwork/CreatedAt',
  'RUM::AppMonitor/ResourcePolicy/PolicyRevisionId',
  'RoboMaker::RobotApplication/CurrentRevisionId',
  'RoboMaker::RobotApplicationVersion/CurrentRevisionId',
  'RoboMaker::SimulationApplication/CurrentRevisionId',
  'RoboMaker::SimulationApplicationVersion/CurrentRevisionId',
  'SageMaker::InferenceExperiment/StatusReason',
  'SageMaker::ModelPackage/ModelPackageStatusDetails/ValidationStatuses/*/FailureReason',
  'SageMaker::MonitoringSchedule/FailureReason',
  'SageMaker::MonitoringSchedule/LastMonitoringExecutionSummary/CreationTime',
  'SageMaker::MonitoringSchedule/LastMonitoringExecutionSummary/FailureReason',
  'SageMaker::MonitoringSchedule/LastMonitoringExecutionSummary/LastModifiedTime',
  'Wisdom::AIAgentVersion/ModifiedTimeSeconds',
  'Wisdom::AIGuardrailVersion/ModifiedTimeSeconds',
  'Wisdom::AIPromptVersion/ModifiedTimeSeconds',
  'XRay::SamplingRule/SamplingRuleRecord/CreatedAt',
];

describeShared(ZIP, 'names that hold for every type, and all schemas', () => {
  test('are settings nowhere: what schemas forget to call read-only was looked at', () => {
    const everywhere = pathTable(volatileLines('AWS::Acme::Cart').map(({ path }) => [path, path] as const));
    const found = Object.entries(unzipSync(readFileSync(new URL(`../../../../../../shared/${ZIP}`, import.meta.url))))
      .filter(([name]) => name.endsWith('.json'))
      .flatMap(([, bytes]) => {
        const schema = JSON.parse(Buffer.from(bytes).toString('utf8')) as JsonObject;
        const type = resourceTypeFromSchema(schema);
        const readOnly = pathPatterns(type.readOnly);
        const moving = volatileOf(type.name, type);
        return listPlaces(schema).flatMap(({ path }) => {
          if (everywhere.at(path).length === 0 || moving(path).length === 0 || readOnly.covers(path)) return [];
          return [`${type.name.slice(5)}${path}`];
        });
      });
    expect([...new Set(found)].sort()).toEqual(FORGOTTEN);
  });
});

test('no name that holds for every type is one that a schema lets people set and that switches something', () => {
  const names = volatileLines('AWS::Acme::Cart').map(({ path }) => segments(path).at(-1) ?? '');
  expect(names.filter((name) => /^(?:Status|State|Enabled|Version|Policy)$/.test(name))).toEqual([]);
});
