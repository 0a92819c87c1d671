import { isIPv6 } from 'node:net';
import { scalarText, type Value } from '../../../../value/value.js';
import { failure } from '../outside.js';
import { evaluateNode } from '../scope.js';
import { computed, unknown } from '../values.js';
import type { Call } from './intrinsic.js';

/** `Fn::Cidr`: `[block, count, host bits]` to `count` blocks, from the start of the block. */
export function cidr(call: Call): Value {
  const { node, argument, scope } = call;
  const values = argument.kind === 'list' ? argument.items.map((item) => evaluateNode(item, scope)) : [];
  for (const value of values) if (value?.kind === 'unresolved') return value;
  const [block, count, bits] = values.map((value) => (value ? scalarText(value) : undefined));
  if (block !== undefined && count !== undefined && values.length === 2) {
    return unknown(scope, node, 'unsupported', 'Fn::Cidr without host bits: AWS does not document what it takes then');
  }
  const blocks = block && count && bits ? cidrBlocks(block, Number(count), Number(bits)) : undefined;
  if (blocks === undefined) {
    const rule = 'requires an IP block, a count from 1 to 256 and host bits that fit';
    return failure(call, `Template error: Fn::Cidr ${rule}`, values);
  }
  const items = blocks.map((each) => computed(call, each, values[0]));
  return { kind: 'list', items, origin: computed(call, '', values[0]).origin };
}

/** The first `count` blocks with `hostBits` host bits in a block such as `10.0.0.0/16`; undefined where they do not fit. */
export function cidrBlocks(block: string, count: number, hostBits: number): string[] | undefined {
  const [address = '', prefixText = ''] = block.split('/');
  const v6 = isIPv6(address);
  const width = v6 ? 128 : 32;
  const prefix = Number(prefixText);
  const start = v6 ? parseV6(address) : parseV4(address);
  const fits =
    Number.isInteger(hostBits) &&
    hostBits > 0 &&
    width - hostBits >= prefix &&
    Number.isInteger(count) &&
    count >= 1 &&
    count <= 256;
  if (start === undefined || !/^\d+$/.test(prefixText) || !fits) return undefined;
  if (BigInt(count) > 1n << BigInt(width - hostBits - prefix)) return undefined;
  const base = (start >> BigInt(width - prefix)) << BigInt(width - prefix);
  return Array.from({ length: count }, (_, index) => {
    const at = base + (BigInt(index) << BigInt(hostBits));
    return `${v6 ? formatV6(at) : formatV4(at)}/${width - hostBits}`;
  });
}

function parseV4(text: string): bigint | undefined {
  const octets = text.split('.').map(Number);
  if (octets.length !== 4 || octets.some((octet) => !Number.isInteger(octet) || octet < 0 || octet > 255))
    return undefined;
  return octets.reduce((sum, octet) => (sum << 8n) + BigInt(octet), 0n);
}

function parseV6(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

function formatV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
}

function formatV6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  return groups.join(':').replace(/(?:^|:)0(?::0)+(?::|$)/, '::');
}
