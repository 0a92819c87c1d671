import type { Json, JsonObject } from '../../../../base/json.js';
import { pointerOf, segments } from '../../../../base/json-pointer.js';
import { valueAt } from '../../../../value/value.js';

/** A place in which a service says once more what another property of the resource says already. */
interface EchoLine {
  type: string;
  /** `*` stands for an index; what is below the place is part of it. */
  path: string;
  /** The property that comes back; its `*` are the same indices. */
  of: string;
}

const CONDITIONS = [
  'PathPatternConfig',
  'HostHeaderConfig',
  'HttpHeaderConfig',
  'SourceIpConfig',
  'HttpRequestMethodConfig',
];

/** All seen on recorded resources. The other property is undeclared, too, or compared with its declaration. */
const ECHOES: readonly EchoLine[] = [
  { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', path: '/SubnetMappings', of: '/Subnets' },
  {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    path: '/DefaultActions/*/ForwardConfig',
    of: '/DefaultActions/*/TargetGroupArn',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    path: '/Actions/*/ForwardConfig',
    of: '/Actions/*/TargetGroupArn',
  },
  ...CONDITIONS.map((name) => ({
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    path: '/Conditions/*/Values',
    of: `/Conditions/*/${name}/Values`,
  })),
  ...CONDITIONS.map((name) => ({
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    path: `/Conditions/*/${name}/Values`,
    of: '/Conditions/*/Values',
  })),
  {
    type: 'AWS::KinesisFirehose::DeliveryStream',
    path: '/ExtendedS3DestinationConfiguration',
    of: '/S3DestinationConfiguration',
  },
];

const BY_TYPE = new Map<string, EchoLine[]>();
for (const line of ECHOES) BY_TYPE.set(line.type, [...(BY_TYPE.get(line.type) ?? []), line]);

/** The property that a value only repeats, if there is one: everything in it is said there as well. */
export function echoed(type: string, path: string, value: Json, live: JsonObject): string | undefined {
  const lines = BY_TYPE.get(type);
  if (lines === undefined) return undefined;
  const keys = segments(path);
  for (const line of lines) {
    const indices = indicesIn(segments(line.path), keys);
    if (indices === undefined) continue;
    const source = pointerOf(segments(line.of).map((key) => (key === '*' ? (indices.shift() ?? key) : key)));
    const said = new Set(scalarsIn(valueAt(live, source) as Json | undefined));
    const repeated = scalarsIn(value);
    if (repeated.length > 0 && repeated.every((each) => said.has(each))) return source;
  }
  return undefined;
}

/** The indices that a path has for the `*` of a pattern; undefined where the pattern does not cover it. */
function indicesIn(pattern: readonly string[], keys: readonly string[]): string[] | undefined {
  const fits = pattern.every((wanted, at) => wanted === keys[at] || (wanted === '*' && keys[at] !== undefined));
  return fits ? keys.filter((_, at) => pattern[at] === '*') : undefined;
}

function scalarsIn(value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  return typeof value === 'object' ? Object.values(value).flatMap(scalarsIn) : [String(value)];
}
