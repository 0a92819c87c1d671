/** An ARN taken apart (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html). */
export interface Arn {
  text: string;
  partition: string;
  service: string;
  /** Empty for global resources, and for S3 buckets. */
  region: string;
  account: string;
  /** What kind of resource, as the service says it (`security-group`, `loadbalancer/app`); empty where it does not. */
  kind: string;
  /** What is left: a name, an ID, or several parts. */
  id: string;
}

/** Kinds of more than one word, by service: the load balancer's sort, a firewall's scope. */
const LONG_KINDS: Record<string, RegExp> = {
  elasticloadbalancing: /^(?:loadbalancer|listener|listener-rule)\/(?:app|net|gwy)(?=\/)/,
  wafv2: /^(?:regional|global)\/[a-z]+(?=\/)/,
  apigateway: /^\/(?:restapis|apis)\/[^/]+\/stages(?=\/)|^\/[a-z]+(?=\/)/,
};

/** Takes an ARN apart; undefined for a text that is none. */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition = '', service = '', region = '', account = '', ...rest] = text.split(':');
  const resource = rest.join(':');
  if (prefix !== 'arn' || service === '' || resource === '') return undefined;
  const parts = { text, partition, service, region, account };
  const long = LONG_KINDS[service]?.exec(resource)?.[0];
  if (long !== undefined) return { ...parts, kind: long, id: resource.slice(long.length + 1) };
  const [, kind = '', id = resource] = /^([^/:]+)[/:](.+)$/s.exec(resource) ?? [];
  return { ...parts, kind, id };
}

/** The last part of an ARN's ID: the name of most resources. */
export function lastPart({ id }: Arn): string {
  return id.split(/[/:]/).at(-1) ?? id;
}
