import { isIPv4, isIPv6 } from 'node:net';
import type { Equivalence } from './equivalence.js';

/** The same address or block in another spelling: host bits (`10.0.0.5/24` is `10.0.0.0/24`), IPv6's short forms. */
export const networkAddress: Equivalence = (desired, live) => {
  if (typeof desired !== 'string' || typeof live !== 'string') return false;
  const left = network(desired);
  return left !== undefined && left === network(live);
};

function network(text: string): string | undefined {
  const match = /^([0-9a-fA-F.:]{2,45})(?:\/(\d{1,3}))?$/.exec(text);
  if (!match?.[1]) return undefined;
  const [, address, length] = match;
  const bits = isIPv4(address)
    ? bitsOfV4(address)
    : isIPv6(address) && !address.includes('.')
      ? bitsOfV6(address)
      : undefined;
  if (bits === undefined || (length !== undefined && Number(length) > bits.length)) return undefined;
  const kept = length === undefined ? bits.length : Number(length);
  return `${bits.slice(0, kept)}/${kept} of ${bits.length}`;
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
