import { expect, test } from '@jest/globals';
import type { Finding } from '../../src/model/report.js';
import { scan } from '../../src/scan/scan.js';
import { describeLibraries, type Library } from './support/libraries.js';
import { type Drift, shopWith } from './support/shop.js';

/** Literals that are named much as the properties that they become, in constructs of all three levels. */
const NAMED: Drift = {
  'shop-data Key961B73FD /Description': 'Encrypts it all',
  'shop-data Key961B73FD /PendingWindowInDays': 21,
  'shop-data Key961B73FD /EnableKeyRotation': false,
  'shop-data OrdersA9B65338 /DeletionProtectionEnabled': false,
  'shop-data OrdersA9B65338 /PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled': false,
  'shop-data OrdersA9B65338 /ProvisionedThroughput/ReadCapacityUnits': 8,
  'shop-data OrdersA9B65338 /ProvisionedThroughput/WriteCapacityUnits': 5,
  'shop-data OrdersWriteScalingTarget2A2748FC /MaxCapacity': 60,
  'shop-data OrdersWriteScalingTarget2A2748FC /MinCapacity': 4,
  'shop-data Queue4A7E3555 /ReceiveMessageWaitTimeSeconds': 15,
  'shop-data Queue4A7E3555 /RedrivePolicy/maxReceiveCount': 9,
  'shop-data Queue4A7E3555 /VisibilityTimeout': 95,
  'shop-data Audit /DelaySeconds': 13,
  'shop-data Audit /KmsDataKeyReusePeriodSeconds': 900,
  'shop-data Audit /MessageRetentionPeriod': 345600,
  'shop-data Audit /VisibilityTimeout': 55,
  'shop-data Uploads4F6EB0FD /CorsConfiguration/CorsRules/0/MaxAge': 3600,
  'shop-data Uploads4F6EB0FD /LifecycleConfiguration/Rules/0/NoncurrentVersionExpiration/NoncurrentDays': 90,
  'shop-data Uploads4F6EB0FD /LifecycleConfiguration/Rules/1/ExpirationInDays': 28,
  'shop-data Uploads4F6EB0FD /LifecycleConfiguration/Rules/1/Prefix': 'in/',
  'shop-data Alerts91F83244 /DisplayName': 'Alerts',
  'shop-data CurrencyAE054BEA /Description': 'The currency',
  'shop-data CurrencyAE054BEA /Value': 'CHF',
  'Service Worker11F36D0F /Description': 'Works',
  'Service Worker11F36D0F /Environment/Variables/LOG_LEVEL': 'debug',
  'Service Worker11F36D0F /Environment/Variables/RETRIES': '6',
  'Service Worker11F36D0F /Handler': 'main.handler',
  'Service Worker11F36D0F /MemorySize': 512,
  'Service Worker11F36D0F /ReservedConcurrentExecutions': 25,
  'Service WorkerSqsEventSourceDataQueue5971E8005A4B5693 /BatchSize': 40,
  'Service ApiDeploymentStagelive43C16EA7 /MethodSettings/0/ThrottlingBurstLimit': 300,
  'Service ApiDeploymentStagelive43C16EA7 /MethodSettings/0/ThrottlingRateLimit': 150,
  'Service ApiDeploymentStagelive43C16EA7 /TracingEnabled': false,
  'Service ApiF70053CD /Name': 'shop-door',
  'Service ApiordersGET54B35769 /ApiKeyRequired': false,
  'Service ApiordersGET54B35769 /OperationName': 'Orders',
  'Service ClusterEB0386A7 /ClusterName': 'shop-2',
  'Service WebServiceD04B5F3E /DesiredCount': 3,
  'Service WebServiceD04B5F3E /HealthCheckGracePeriodSeconds': 120,
  'Service WebTaskDef1C8E6ED7 /ContainerDefinitions/0/Image': 'public.ecr.aws/nginx/nginx:1.28',
  'Service WebServiceTaskCountTargetF7BAB0BC /MaxCapacity': 12,
  'Service WebServiceTaskCountTargetCpu44C13166 /TargetTrackingScalingPolicyConfiguration/ScaleInCooldown': 140,
  'Service NightlyC44EE0A7 /Description': 'Cleans',
  'Service NightlyC44EE0A7 /ScheduleExpression': 'cron(45 3 * * ? *)',
  'Service Auditors7E7F196B /Description': 'Reads',
  'Service Auditors7E7F196B /MaxSessionDuration': 7200,
  'Service Auditors7E7F196B /Path': '/audit/',
  'Service Plain /Description': 'Plain',
  'Service Plain /MaxSessionDuration': 3600,
  'Service Backlog7AD37F26 /AlarmDescription': 'Orders wait',
  'Service Backlog7AD37F26 /EvaluationPeriods': 6,
  'Service Backlog7AD37F26 /Threshold': 750,
  'Service Errors /EvaluationPeriods': 5,
  'Service Errors /Period': 600,
  'Service Errors /Threshold': 30,
  'Service CheckoutReminderB9485A42 /FlexibleTimeWindow/MaximumWindowInMinutes': 25,
  'Service CheckoutReminderB9485A42 /ScheduleExpression': 'rate(3 hours)',
  'Service CheckoutReminderB9485A42 /Target/RetryPolicy/MaximumRetryAttempts': 8,
  'Network Dhcp /DomainName': 'store.internal',
  'Network Dhcp /NetbiosNodeType': 4,
};

/** What an equal value by a fitting name is not the source of, or not of that alone. */
const WRONG: Drift = {
  // The literal is that of the public subnets, a sibling with the same key.
  'Network VpcdataSubnet1SubnetE2B009FB /MapPublicIpOnLaunch': true,
  // The recovery's switch has the same value, and half the name.
  'shop-data OrdersA9B65338 /TimeToLiveSpecification/Enabled': false,
  // One literal is in the key schema and in the attributes.
  'shop-data OrdersA9B65338 /AttributeDefinitions/1/AttributeName': 'orderedAt',
  // One literal is in the API and in its deployment.
  'Service ApiF70053CD /Description': 'The door',
  // One port is in the task, the service, its security group.
  'Service WebTaskDef1C8E6ED7 /ContainerDefinitions/0/PortMappings/0/ContainerPort': 8081,
  // The version stands in another policy, too.
  'Service AuditorsDefaultPolicyE168CA66 /PolicyDocument/Version': '2008-10-17',
};

async function patchesOf(library: Library, drift: Drift) {
  const asked = new Set(Object.keys(drift));
  const key = ({ stack, logicalId, path }: Finding) => `${stack} ${logicalId} ${path}`;
  const wants = (finding: Finding) => asked.has(key(finding));
  const { report, patched } = await scan({ ...shopWith(library, drift), synthesis: 'all', patch: { wants } });
  const found = new Map(report.findings.filter(wants).map((finding) => [key(finding), finding.patch]));
  return { found, patched, lost: [...asked].filter((each) => !found.has(each)) };
}

describeLibraries('patches', (library) => {
  test('of named literals are proven, each to change its leaf and nothing else', async () => {
    const { found, lost } = await patchesOf(library, NAMED);
    expect(lost).toEqual([]);
    const exact = [...found.values()].filter(({ status, proof }) => status === 'patchable' && proof === 'synth');
    const rest = [...found]
      .filter(([, { status }]) => status !== 'patchable')
      .map(([place, { reason }]) => `${place}: ${reason}`);
    console.log(`${library.version}: ${exact.length} of ${found.size} named literals exact\n${rest.join('\n')}`);
    expect(found.size).toBeGreaterThanOrEqual(50);
    expect(exact.length).toBeGreaterThanOrEqual(40);
  });

  test('of wrong literals do not get through the proof', async () => {
    const { found, patched, lost } = await patchesOf(library, WRONG);
    expect(lost).toEqual([]);
    expect([...found.values()].map(({ status }) => status)).toEqual([...found.keys()].map(() => 'refused'));
    expect(patched).toEqual([]);
  });

  test('of what several resources have of one literal are good where all drifted alike', async () => {
    const both = {
      'Network VpcpublicSubnet1Subnet2BB74ED7 /MapPublicIpOnLaunch': true,
      'Network VpcpublicSubnet2SubnetE34B022A /MapPublicIpOnLaunch': true,
    };
    const { found, patched } = await patchesOf(library, both);
    expect([...found.values()].map(({ status }) => status)).toEqual(['patchable', 'patchable']);
    expect(patched.map(({ path }) => path)).toEqual(['lib/network-stack.ts']);
  });
});
