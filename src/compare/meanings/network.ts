import { isIPv4, isIPv6 } from 'node:net';
import type { Form } from './meaning.js';

/** An address by its bits, so that IPv6's spellings (RFC 5952) are one; a length behind it stays. */
export const address: Form = { name: 'ip-spelling', of: (text) => network(text, false) ?? text };

/** A block by its network: host bits go (`10.0.0.5/24` is `10.0.0.0/24`). */
export const block: Form = { name: 'network', of: (text) => network(text, true) ?? text };

/** Keywords by number, https://www.iana.org/assignments/protocol-numbers; EC2 says -1 for all of them. */
const KEYWORDS: ReadonlyMap<string, string> = new Map([
  ['-1', 'all'],
  ['1', 'icmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['58', 'icmpv6'],
]);

/** A network protocol by number or by keyword. */
export const protocol: Form = {
  name: 'protocol',
  of: (text) => KEYWORDS.get(text) ?? text.toLowerCase(),
};

/** DNS names have no case (RFC 4343). Route 53 writes `*` as `\052` (developer guide, "DNS domain name format"). */
export const dnsLetters: Form = {
  name: 'dns-case',
  of: (text) => (DNS_NAME.test(text) ? text.replaceAll('\\052', '*').toLowerCase() : text),
};

/** With and without the root's dot (RFC 1034, section 3.1). */
export const finalDot: Form = {
  name: 'final-dot',
  of: (text) => (DNS_NAME.test(text) && text.endsWith('.') ? text.slice(0, -1) : text),
};

const DNS_NAME = /^[\w*\\-]+(?:\.[\w*\\-]+)*\.?$/;

function network(text: string, isBlock: boolean): string | undefined {
  const match = /^([0-9a-fA-F.:]{2,45})(?:\/(\d{1,3}))?$/.exec(text);
  if (!match?.[1]) return undefined;
  const [, address, length] = match;
  const bits = bitsOf(address);
  if (bits === undefined || (length !== undefined && Number(length) > bits.length)) return undefined;
  if (length === undefined) return bits;
  return `${isBlock ? bits.slice(0, Number(length)) : bits}/${length} of ${bits.length}`;
}

function bitsOf(address: string): string | undefined {
  if (isIPv4(address)) return bitsOfV4(address);
  return isIPv6(address) && !address.includes('.') ? bitsOfV6(address) : undefined;
}

function bitsOfV4(text: string): string {
  return text
    .split('.')
    .map((octet) => Number(octet).toString(2).padStart(8, '0'))
    .join('');
}

function bitsOfV6(text: string): string {
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right]
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('');
}
