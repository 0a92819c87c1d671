import { asNumber, asText } from '../../base/text.js';
import { isPlainMap, isUnresolved, type Plain, type PlainObject } from '../../value/value.js';
import type { Step } from '../change.js';
import { isWorld } from '../policy/condition.js';

/** What is let in from anywhere. */
interface Door {
  family: 'ipv4' | 'ipv6';
  /** `all`, or a protocol's keyword or number. */
  protocol: string;
  from: number;
  to: number;
}

/** Properties that hold address blocks, as a text or a list of them. */
const BLOCKS = /cidr|^ip(?:range|rule)s?$|^whitelist/i;
/** Where traffic goes to, not where it comes from. */
const OUTBOUND = /egress|^(?:destination|target|outbound)/i;
const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ['6', 'tcp'],
  ['17', 'udp'],
  ['1', 'icmp'],
  ['58', 'icmpv6'],
]);
const ALL_PORTS = { from: 0, to: 65_535 };

/**
 * Whether a change lets traffic in from the whole Internet that was not let in before: another address family, protocol
 * or port. Rules are told by their shape, as security groups, network ACLs and others write them.
 */
export function ingressToWorld({ before, after }: Step): boolean {
  const known = doorsIn(before);
  return doorsIn(after).some((door) => !known.some((other) => leads(other, door)));
}

function leads(wide: Door, { family, protocol, from, to }: Door): boolean {
  if (wide.family !== family) return false;
  if (wide.protocol === 'all') return true;
  return wide.protocol === protocol && wide.from <= from && to <= wide.to;
}

function doorsIn(value: Plain): Door[] {
  if (Array.isArray(value)) return value.flatMap(doorsIn);
  if (!isPlainMap(value) || isShut(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    if (OUTBOUND.test(key)) return [];
    if (!BLOCKS.test(key)) return doorsIn(member);
    return [member]
      .flat()
      .flatMap((block) => (typeof block === 'string' ? (doorOf(block, value) ?? []) : doorsIn(block)));
  });
}

/** Whether an entry of a network ACL is for what goes out, or denies. */
function isShut({ Egress: egress, RuleAction: action }: PlainObject): boolean {
  return asText(egress) === 'true' || (action !== undefined && asText(action).toLowerCase() === 'deny');
}

function doorOf(block: string, rule: PlainObject): Door | undefined {
  if (!isWorld(block)) return undefined;
  const text = asText(rule['IpProtocol'] ?? rule['Protocol'] ?? 'all').toLowerCase();
  const protocol = text === '-1' ? 'all' : (PROTOCOLS.get(text) ?? text);
  return { family: block.includes(':') ? 'ipv6' : 'ipv4', protocol, ...portsOf(rule) };
}

/** Where a part is not known or not said, all of it is taken to be meant. */
function portsOf(rule: PlainObject): { from: number; to: number } {
  const range = isPlainMap(rule['PortRange']) ? rule['PortRange'] : rule;
  const from = portOf(range['FromPort'] ?? range['From'], ALL_PORTS.from);
  const to = portOf(range['ToPort'] ?? range['To'], ALL_PORTS.to);
  return from === -1 || to === -1 ? ALL_PORTS : { from, to };
}

function portOf(value: Plain | undefined, fallback: number): number {
  if (value === undefined || value === null || isUnresolved(value)) return fallback;
  const port = asNumber(value);
  return Number.isNaN(port) ? fallback : port;
}
