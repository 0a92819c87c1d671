/** What a scan does with CloudFormation, Cloud Control, EC2 and the tagging API. */
export interface Purpose {
  /** Who judges: the own comparison, CloudFormation's drift detection, or both (`--cross-check`). */
  judges: 'own' | 'aws' | 'both';
  /** Whether stacks are read at all. */
  readsStacks: boolean;
  /** Whether stacks are looked for, since no configuration names them. */
  findsStacks: boolean;
  /** Whether templates import what other stacks export. */
  imports: boolean;
  /** Whether templates ask for availability zones (`Fn::GetAZs`). */
  zones: boolean;
  /** Whether there are resources that other stacks may put something into, so that these are looked through. */
  owners: boolean;
  /** Whether there are types that only a region's registry knows. */
  unknownTypes: boolean;
  /** Whether resources that no stack owns are looked for. */
  unmanaged: boolean;
  /** Whether CloudTrail is asked who changed something. */
  who: boolean;
}

/** IAM actions, sorted: what is asked of single stacks, and what is asked of a region as a whole. */
export interface RequiredActions {
  ofStacks: string[];
  ofRegions: string[];
}

const READ_STACK = ['DescribeStacks', 'GetTemplate', 'ListStackResources'];
/** Whether many stacks have changed during a scan is told by their list. */
const LIST_STACKS = 'ListStacks';
/**
 * What drift detection of any kind asks for besides the resources' own reading
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html). The own comparison has it
 * read the resources that Cloud Control can't read.
 */
const DETECT = { ofStacks: ['DetectStackResourceDrift'], ofRegions: ['BatchDescribeTypeConfigurations'] };
/** Of a whole stack; its status is asked for by the detection's ID, which belongs to no stack. */
const DETECT_STACK = {
  ofStacks: ['DescribeStackResourceDrifts', 'DetectStackDrift'],
  ofRegions: ['DescribeStackDriftDetectionStatus'],
};
/** Of a type: whether a resource that was not found is gone, where drift detection can't tell. */
const LIST_RESOURCES = 'ListResources';
/** EC2 tells zones and default subnets only for a region as a whole. */
const READ_ZONES = ['ec2:DescribeAvailabilityZones', 'ec2:DescribeSubnets'];
/** Whatever any stack owns is not unmanaged; a stack of another region may own it. */
const READ_ALL_STACKS = ['DescribeStacks', 'ListStackResources', LIST_STACKS];

/**
 * The IAM actions behind the requests of a scan. Cloud Control's are CloudFormation's, and can't be limited to resources
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html). What reading the
 * resources themselves takes comes on top.
 */
export function requiredActions(purpose: Purpose): RequiredActions {
  const { judges, readsStacks, findsStacks, imports, zones, owners, unknownTypes, unmanaged, who } = purpose;
  const ofStacks = readsStacks ? [...READ_STACK, ...DETECT.ofStacks] : [];
  const ofRegions = readsStacks ? [...DETECT.ofRegions, LIST_STACKS] : [];
  if (readsStacks && judges !== 'aws') ofRegions.push('GetResource', LIST_RESOURCES);
  if (readsStacks && judges !== 'own') {
    ofStacks.push(...DETECT_STACK.ofStacks);
    ofRegions.push(...DETECT_STACK.ofRegions);
  }
  if (readsStacks && unknownTypes) ofRegions.push('DescribeType');
  if (readsStacks && imports) ofRegions.push('ListExports');
  if (findsStacks) ofRegions.push(LIST_STACKS);
  if (readsStacks && owners) ofRegions.push(...READ_STACK);
  if (unmanaged) ofRegions.push(...READ_ALL_STACKS, 'GetResource');
  const everywhere = new Set(ofRegions);
  return {
    ofStacks: cloudFormation(ofStacks.filter((operation) => !everywhere.has(operation))),
    ofRegions: [
      ...cloudFormation(everywhere),
      ...(readsStacks && zones ? READ_ZONES : []),
      ...(unmanaged ? ['tag:GetResources'] : []),
      // CloudTrail's history can't be limited to resources.
      ...(who ? ['cloudtrail:LookupEvents'] : []),
    ],
  };
}

function cloudFormation(operations: Iterable<string>): string[] {
  return [...operations].sort().map((operation) => `cloudformation:${operation}`);
}
