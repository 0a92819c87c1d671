// Distils which API operations write to a resource of each type into data/write-events.json.gz, by which `scan --who`
// knows an event that may have made a change: events of the type's own service, without those that handle data.
// Usage: npm run distil; reads ../shared/aws, and leaves the file alone where that is not there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, '../shared/aws/events-by-type.json.gz');

/** What services handle for their users; no event of the kind changes a resource. */
const DATA_PLANE =
  /^(?:BatchWriteItem|PutItem|UpdateItem|DeleteItem|PutRecords?|PutLogEvents|PutObject\w*|DeleteObjects?|PutMetricData|SendMessage\w*|Invoke\w*|Publish|Execute\w*)$/;
/** Not a write of its own: they are asked along, or only look. */
const NO_WRITE =
  /^(?:Describe|Get|List|Head|Lookup|Search|Select|Query|Scan|Validate|Test|Check|Batch(?:Get|Describe))/;
/** The services of types whose handlers ask for none, or mostly for others. */
const SERVICES = {
  ApiGateway: 'apigateway',
  ApiGatewayV2: 'apigateway',
  'AWS::Cognito::IdentityPool': 'cognito-identity',
  'AWS::Cognito::IdentityPoolRoleAttachment': 'cognito-identity',
  Cassandra: 'cassandra',
  CloudWatch: 'monitoring',
  CodeGuruReviewer: 'codeguru-reviewer',
  ControlTower: 'controltower',
  DirectoryService: 'ds',
  DocDBElastic: 'docdb-elastic',
  EMRServerless: 'emr-serverless',
  EVS: 'evs',
  Evidently: 'evidently',
  LaunchWizard: 'launchwizard',
  MediaPackage: 'mediapackage',
  RoboMaker: 'robomaker',
  Route53: 'route53',
  S3ObjectLambda: 's3',
  SSM: 'ssm',
};
/** Event names that differ from the permission, and those that handlers don't ask for. */
const ALSO = {
  'AWS::S3::Bucket': {
    update: [
      ...[
        'DeleteBucketLifecycle',
        'DeleteBucketOwnershipControls',
        'DeleteBucketPublicAccessBlock',
        'DeleteBucketTagging',
      ],
      ...['PutAccelerateConfiguration', 'PutBucketLifecycleConfiguration', 'PutBucketNotificationConfiguration'],
      ...[
        'PutBucketObjectLockConfiguration',
        'PutBucketPublicAccessBlock',
        'PutBucketRequestPayment',
        'PutPublicAccessBlock',
      ],
      ...['PutBucketAccelerateConfiguration', 'DeletePublicAccessBlock'],
    ],
  },
  'AWS::S3::BucketPolicy': { update: ['PutBucketPolicy'], create: ['PutBucketPolicy'], delete: ['DeleteBucketPolicy'] },
  'AWS::Route53::RecordSet': {
    update: ['ChangeResourceRecordSets'],
    create: ['ChangeResourceRecordSets'],
    delete: ['ChangeResourceRecordSets'],
  },
  'AWS::ApiGateway::Method': {
    update: [
      'PutIntegration',
      'PutIntegrationResponse',
      'PutMethodResponse',
      'UpdateIntegration',
      'UpdateIntegrationResponse',
      'UpdateMethodResponse',
      'DeleteIntegration',
      'DeleteMethodResponse',
      'DeleteIntegrationResponse',
    ],
  },
  'AWS::ApiGateway::GatewayResponse': { create: ['PutGatewayResponse'] },
  'AWS::ApiGateway::RestApi': { update: ['PutRestApi', 'ImportRestApi'] },
};
/** Regions in which global services tell their events, by partition. */
const HOMES = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};
/** Their event sources; where one has another home, that. */
const GLOBAL = {
  budgets: {},
  cloudfront: { 'aws-cn': 'cn-northwest-1' },
  globalaccelerator: { aws: 'us-west-2' },
  iam: {},
  organizations: {},
  route53: { 'aws-cn': 'cn-northwest-1' },
  route53domains: {},
  shield: {},
  waf: {},
};
/** Services whose event names carry a version. */
const VERSIONED = ['lambda'];

export function distilWriteEvents(events) {
  const services = ownServices(events);
  const types = {};
  for (const [type, kinds] of Object.entries(events)) {
    const service = SERVICES[type] ?? services.get(segmentOf(type));
    if (service === undefined) continue;
    const noun = type.split('::')[2] ?? '';
    const gateway = service === 'apigateway' ? gatewayOperations(noun) : {};
    const [update, create, remove] = ['update', 'create', 'delete'].map((kind) => {
      const own = (kinds[kind] ?? [])
        .filter((each) => each.startsWith(`${service}.`))
        .map((each) => each.split(':')[1]);
      const also = [...(ALSO[type]?.[kind] ?? []), ...(gateway[kind] ?? [])];
      return [...new Set([...own, ...also])].filter((name) => !DATA_PLANE.test(name) && !NO_WRITE.test(name)).sort();
    });
    const made = named(
      noun,
      create.filter((name) => !/^(?:Tag|Untag|Add|Remove)\w*Tags?\w*$|Tags?$/.test(name)),
      /^(?:Create|Put|Run|Register|Allocate|Import|Request|Authorize|Attach|Associate|Add|Set|Change|Enable|Subscribe|Start)/,
    );
    const gone = named(
      noun,
      remove.filter((name) => !/Tag/.test(name)),
      /^(?:Delete|Terminate|Remove|Deregister|Schedule|Release|Revoke|Disassociate|Detach|Cancel|Change)/,
    );
    const isMaking = new Set(
      [...made, ...gone].filter((name) => !also(type).includes(name) && /^(?:Create|Delete)/.test(name)),
    );
    types[type] = [service, update.filter((name) => !isMaking.has(name)).join(' '), made.join(' '), gone.join(' ')];
  }
  return { types, homes: HOMES, global: GLOBAL, versioned: VERSIONED };
}

function also(type) {
  return ALSO[type]?.update ?? [];
}

/** Of handlers that ask for HTTP verbs, what the service's operations on such a thing are called. */
function gatewayOperations(noun) {
  return {
    update: [`Update${noun}`, `Put${noun}`, 'TagResource', 'UntagResource'],
    create: [`Create${noun}`, `Put${noun}`],
    delete: [`Delete${noun}`],
  };
}

/** The operations that make or remove the thing itself: those named after it, or nearly so; else all that may. */
function named(noun, operations, verbs) {
  const thing = singular(noun).toLowerCase();
  const fit = operations.filter((name) => verbs.test(name)).map((name) => [name, objectOf(name)]);
  const same = fit.filter(([, object]) => object === thing);
  const alike = fit.filter(([, object]) => object !== '' && (thing.endsWith(object) || object.endsWith(thing)));
  const plain = fit.filter(([name]) => /^(?:Create|Delete|Terminate)/.test(name));
  const [best = []] = [same, alike, plain, fit].filter((each) => each.length > 0);
  return best.map(([name]) => name);
}

/** What an operation is done to: its name without the verb. */
function objectOf(name) {
  return singular(name.replace(/^[A-Z][a-z]+/, '')).toLowerCase();
}

function singular(word) {
  return word.replace(/ies$/, 'y').replace(/(?<!s)s$/, '');
}

function segmentOf(type) {
  return type.split('::')[1] ?? '';
}

/** By the segment of types, the service whose operations most of them ask for. */
function ownServices(events) {
  const votes = new Map();
  for (const [type, kinds] of Object.entries(events)) {
    const segment = segmentOf(type);
    const counts = votes.get(segment) ?? new Map();
    votes.set(segment, counts);
    const all = [...(kinds.create ?? []), ...(kinds.update ?? []), ...(kinds.delete ?? [])].map(
      (each) => each.split('.')[0],
    );
    for (const service of new Set(all))
      counts.set(service, (counts.get(service) ?? 0) + 1 + all.filter((each) => each === service).length / all.length);
  }
  return new Map(
    [...votes].flatMap(([segment, counts]) => {
      const [best] = [...counts].sort((one, other) => other[1] - one[1]);
      const service = SERVICES[segment] ?? best?.[0];
      return service === undefined ? [] : [[segment, service]];
    }),
  );
}

export function writeEventsFile(events) {
  const data = distilWriteEvents(events);
  return gzipSync(`${JSON.stringify(data)}\n`, { level: 9 });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!existsSync(source)) {
    console.error('skipped: ../shared/aws is not there; data/write-events.json.gz stays as it is');
  } else {
    const events = JSON.parse(gunzipSync(readFileSync(source)).toString('utf8'));
    const { types } = distilWriteEvents(events);
    const known = Object.values(types).filter(([, ...kinds]) => kinds.some((each) => each !== '')).length;
    writeFileSync(join(root, 'data/write-events.json.gz'), writeEventsFile(events));
    console.log(`write events: ${known} of ${Object.keys(types).length} types have events`);
  }
}
