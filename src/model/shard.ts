/** The parts of a scan that a report covers: one of several jobs' shares, or some of them merged. */
export interface Shards {
  /** Counted from 1, in order, none twice. */
  indexes: number[];
  count: number;
}

/** Reads `2/8`, or of a merge `1,2,4/8`; undefined for what is neither. */
export function parseShards(text: string): Shards | undefined {
  const [, list = '', total = ''] = /^(\d{1,6}(?:,\d{1,6})*)\/(\d{1,6})$/.exec(text) ?? [];
  const count = Number(total);
  const indexes = [...new Set(list.split(',').map(Number))].sort((left, right) => left - right);
  const isSound = total !== '' && indexes.every((index) => index >= 1 && index <= count);
  return isSound ? { indexes, count } : undefined;
}

/** `2/8`, or `1,2,4/8`. */
export function formatShards({ indexes, count }: Shards): string {
  return `${indexes.join(',')}/${count}`;
}

/** The parts that are not covered. */
export function missingShards({ indexes, count }: Shards): number[] {
  return Array.from({ length: count }, (_, index) => index + 1).filter((index) => !indexes.includes(index));
}
