import { isIPv4, isIPv6 } from 'node:net';
import type { Equivalence } from './equivalence.js';

/** Properties that hold a block of addresses; elsewhere (`CustomerAddress: 10.0.0.1/30`) host bits name the host. */
const BLOCK = /cidr|block|prefix|range|network|addresses$/i;

/** The same address or block in another spelling: host bits of a block (`10.0.0.5/24` is `10.0.0.0/24`), IPv6's short forms. */
export const networkAddress: Equivalence = (desired, live, { property }) => {
  if (typeof desired !== 'string' || typeof live !== 'string') return false;
  const isBlock = BLOCK.test(property);
  const left = network(desired, isBlock);
  return left !== undefined && left === network(live, isBlock);
};

function network(text: string, isBlock: boolean): string | undefined {
  const match = /^([0-9a-fA-F.:]{2,45})(?:\/(\d{1,3}))?$/.exec(text);
  if (!match?.[1]) return undefined;
  const [, address, length] = match;
  const bits = isIPv4(address)
    ? bitsOfV4(address)
    : isIPv6(address) && !address.includes('.')
      ? bitsOfV6(address)
      : undefined;
  if (bits === undefined || (length !== undefined && Number(length) > bits.length)) return undefined;
  if (length === undefined) return bits;
  return `${isBlock ? bits.slice(0, Number(length)) : bits}/${length} of ${bits.length}`;
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
