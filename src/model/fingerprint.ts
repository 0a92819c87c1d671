import { createHash } from 'node:crypto';
import { isObject, type Json } from '../base/json.js';

/**
 * Raised where findings get other ids though they are the same, as where a list changes its kind: reports carry it, and
 * what has another one (or none, as the first) is also matched by place and live value.
 */
export const ID_VERSION = 2;

/** What makes a finding the same finding on every run and machine. */
export interface FingerprintParts {
  account: string | null;
  region: string;
  stack: string;
  logicalId: string;
  type: string;
  kind: string;
  /** The path with list elements named by key or content, so that reordering a template changes no id. */
  stablePath: string;
  /**
   * The live value, masked. A setting that drifts further is a new finding: a baseline that accepted 10.0.0.0/8 must
   * not accept 0.0.0.0/0.
   */
  live: Json | undefined;
}

/** A stable id: 16 hex digits of a SHA-256 over what names the drift; neither template text nor time enters. */
export function fingerprint(parts: FingerprintParts): string {
  const { account, region, stack, logicalId, type, kind, stablePath, live } = parts;
  const named = [
    account ?? '',
    region,
    stack,
    logicalId,
    type,
    kind,
    stablePath,
    live === undefined ? null : canonical(live),
  ];
  return createHash('sha256').update(JSON.stringify(named)).digest('hex').slice(0, 16);
}

/** The value with keys sorted, since AWS returns them in any order. */
function canonical(value: Json): Json {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, canonical(value[key] ?? null)]),
  );
}
