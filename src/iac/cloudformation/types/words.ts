import type { MeaningName } from '../../../compare/meanings/names.js';

/** A word in names that schemas declare, and what stands at such a place. */
export interface Word {
  /** Matches the last declared name of a path; a list's elements go by the list's name. */
  name: RegExp;
  meaning: MeaningName;
  /**
   * At how many recorded places values that are unlike as written are the same by this meaning, and at how many they are
   * not, so that path data has to say more (`npm run held-out -- --words`).
   */
  seen: readonly [agree: number, disagree: number];
  /** What justifies it: the documentation, or what was seen. */
  because: string;
}

/**
 * Half of the strings in AWS's schemas have neither pattern, enumeration nor format, so that names must tell what they
 * are. Asked in this order, the first that matches counts; never for keys that are the author's own (maps, documents,
 * the values of key-value pairs).
 */
export const WORDS: readonly Word[] = [
  {
    name: /(?:Kms|KMS)(?:Master|Encryption)?Key(?:Id|ID|Arn|ARN|Identifier|Alias)?s?$|^(?:KeyArn|KmsKey|KMSKey|EncryptionKey(?:Arn|Id)?|TargetKeyId|MasterKeyId)$/,
    meaning: 'kms-key',
    seen: [1, 0],
    because:
      'a key is named by ID, ARN or alias, and services return another of these than was given (KMS developer guide, "Key identifiers")',
  },
  {
    name: /(?:^|[a-z0-9])(?:Cidrs?|CIDRs?|CidrBlocks?|CidrIp|CidrIpv6|CIDRIP)$|^(?:Cidr|CIDR|cidr)/,
    meaning: 'cidr',
    seen: [0, 0],
    because: 'EC2 keeps a block by its network: host bits go, IPv6 is shortened (EC2 API reference, CreateVpc)',
  },
  {
    name: /(?:Ipv6|IPv6|Ip|IP)Addresses$|(?:Ipv6|IPv6|Ip|IP)Address$/,
    meaning: 'ip-address',
    seen: [0, 0],
    because: 'an IPv6 address has many spellings (RFC 5952)',
  },
  {
    name: /(?:^|[a-z0-9])Protocols?$/,
    meaning: 'protocol',
    seen: [4, 0],
    because:
      'EC2 takes names and numbers (IANA) and returns names; load balancers return upper case (seen: http, HTTP)',
  },
  {
    name: /(?:DNS|Dns)Names?$|^(?:FullyQualifiedDomainName|DomainName|HostedZoneName|HostName|Hostname|Domain|DomainNames)$/,
    meaning: 'dns-name',
    seen: [1, 0],
    because:
      'DNS names have neither case nor need of the final dot (RFC 4343, RFC 1034); Route 53 and load balancers return them in lower case',
  },
  {
    name: /^HeaderNames?$/,
    meaning: 'header-name',
    seen: [0, 0],
    because: 'names of HTTP headers have no case (RFC 9110, section 5.1)',
  },
  {
    name: /(?:Thumbprint|Fingerprint|Thumbprints|Fingerprints|ThumbprintList)$/,
    meaning: 'hex',
    seen: [0, 0],
    because: 'hexadecimal digits have no case; IAM returns thumbprints in lower case',
  },
  {
    name: /MaintenanceWindow$|^(?:WeeklyMaintenanceStartTime|MaintenanceWindowStartTime)$/,
    meaning: 'weekly-window',
    seen: [0, 0],
    because:
      'days are keywords: Sun:05:00-Sun:06:00 comes back as sun:05:00-sun:06:00 (seen: RDS, ElastiCache, Redshift, DAX)',
  },
  {
    name: /(?:Schedule|ScheduleExpression|CronExpression)$|^(?:Recurrence|RefreshSchedule)$/,
    meaning: 'schedule',
    seen: [0, 0],
    because: 'rate(60 minutes) and rate(1 hour) are one schedule, and either may come back (EventBridge user guide)',
  },
  {
    name: /^(?:Cpu|CPU|Memory|ContainerCpu|ContainerMemory)$/,
    meaning: 'size',
    seen: [0, 0],
    because: '"1 vCPU" is 1024 units, "2 GB" is 2048 MiB; ECS and App Runner return the numbers (ECS API reference)',
  },
  {
    name: /(?:Duration|Interval|Timeout|Period|RetentionTime|TimeToLive|Ttl|TTL)$/,
    meaning: 'duration',
    seen: [0, 0],
    because: 'ISO 8601 has several spellings of one duration: PT60M, PT1H',
  },
  {
    name: /^(?:Engine)?Version$|EngineVersion$|^KubernetesVersion$/,
    meaning: 'version',
    seen: [3, 0],
    because:
      'where a template names a major version the service picks the minor one: 8.0 comes back as 8.0.45 (seen: RDS)',
  },
  {
    name: /^(?:Engine|EngineName|EngineType|Family|ParameterGroupFamily|DBParameterGroupFamily|CacheParameterGroupFamily)$/,
    meaning: 'keyword',
    seen: [2, 0],
    because: 'engines and families are keywords: MySQL comes back as mysql (seen: RDS)',
  },
  {
    name: /^(?:PublicKeyMaterial|SshPublicKey|SshPublicKeys|SSHPublicKeyBody|SSHPublicKey|PublicKeyBody)$/,
    meaning: 'ssh-key',
    seen: [1, 0],
    because: 'the comment behind an SSH key is no part of it, and EC2 writes another (seen)',
  },
  {
    name: /^AccessString$/,
    meaning: 'access-string',
    seen: [1, 0],
    because:
      'ElastiCache and MemoryDB write out that a user starts with no commands: +@read comes back as -@all +@read (seen)',
  },
  {
    name: /^(?:Type|ComputeType|EnvironmentType|InstanceType|State|Status|Mode|Scope|Action|Effect|RuleAction|Direction|EndpointType)$/,
    meaning: 'keyword',
    seen: [4, 0],
    because:
      'a keyword where the schema forgot to list its values: Batch returns managed as MANAGED, Container as container (seen)',
  },
  {
    name: /(?:Arns?|ARNs?|Roles?|Identifiers?|(?:^|[a-z])I[dD]s?|Names?|Cluster|Function|Queue|Topic|Bucket|Stream|Table|Repository|Project|Policy|TaskDefinition|ResourceId|Subnets|SecurityGroups|Destination|Source)$/,
    meaning: 'identifier',
    seen: [7, 8],
    because: 'services return the ARN of what was named, or the name of what was given by ARN (seen: Glue, Lambda)',
  },
];

/** The word that a declared name goes by; undefined where it says nothing. */
export function wordOf(name: string, words: readonly Word[] = WORDS): Word | undefined {
  return words.find((word) => word.name.test(name));
}

/** What a declared name says of the value that stands there; undefined where it says nothing. */
export function meaningOfName(name: string): MeaningName | undefined {
  return wordOf(name)?.meaning;
}
