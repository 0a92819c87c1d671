import type { Report } from '../model/report.js';
import { jsonText } from './json-text.js';

/** The order of keys in a part of the report; `true` stands for a value that is written as it is. */
type Shape = true | [Shape] | { [key: string]: Shape };

const subject: Shape = {
  stack: true,
  region: true,
  account: true,
  logicalId: true,
  sourceId: true,
  type: true,
  physicalId: true,
};
const lastChange: Shape = { commit: true, author: true, date: true, subject: true };
const who: Shape = {
  grade: true,
  principal: true,
  time: true,
  event: true,
  via: true,
  sourceIp: true,
  eventId: true,
  reason: true,
};
const accepted: Shape = { reason: true, until: true, file: true, line: true };
const place: Record<string, Shape> = { file: true, line: true, column: true, endLine: true, endColumn: true };
const statuses = ['inSync', 'modified', 'deleted', 'unmanaged', 'undeployed', 'unreadable', 'unsupported'];

const report: Shape = {
  schemaVersion: true,
  tool: { name: true, version: true, ids: true },
  scan: {
    startedAt: true,
    durationMs: true,
    provider: true,
    repository: true,
    ref: true,
    commit: true,
    dirty: true,
    shard: true,
  },
  summary: {
    stacks: true,
    resources: Object.fromEntries(['total', ...statuses].map((status) => [status, true])),
    findings: { critical: true, high: true, medium: true, low: true },
    suppressed: true,
    properties: { compared: true, unverifiable: true },
    undeclared: { findings: true, baselined: true, withoutBaseline: true, notVisible: true },
    baseline: { new: true, known: true, gone: true },
    patches: { patchable: true, refused: true },
    exitCode: true,
    exitReason: { code: true, text: true },
    gate: { failOn: true, strict: true },
  },
  coverage: {
    templates: { found: true, matched: true, skipped: [{ file: true, reason: true }], more: true },
    stacks: {
      looked: true,
      notLooked: [{ name: true, region: true, account: true, reason: true, accepted }],
      more: true,
    },
    resources: { looked: true, inPart: true, notLooked: true, never: true, accepted: true },
    text: true,
  },
  stacks: [
    {
      name: true,
      deployedAs: true,
      region: true,
      account: true,
      template: true,
      iac: true,
      source: true,
      status: true,
      version: true,
      error: true,
      accepted,
      failOn: true,
    },
  ],
  resources: [
    {
      ...subject,
      status: true,
      reason: true,
      class: true,
      failure: true,
      accepted,
      unverifiable: [{ path: true, reason: true, class: true, accepted }],
      undeclared: true,
      owned: [{ path: true, stack: true, logicalId: true, type: true }],
      equivalent: [{ path: true, desired: true, live: true, equivalence: true }],
      openByDefault: [{ path: true, live: true, rule: true }],
    },
  ],
  findings: [
    {
      ...{
        id: true,
        ...subject,
        kind: true,
        reason: true,
        verdict: true,
        path: true,
        desired: true,
        deployed: true,
        live: true,
        undeclared: true,
        accepted: true,
        change: true,
      },
      severity: true,
      rule: true,
      location: { ...place, origin: true, construct: true, lastChange, excerpt: { line: true, lines: true } },
      suppressed: { reason: true, until: true, by: true, file: true, line: true },
      baseline: true,
      hidden: true,
      remedies: [{ way: true, command: true, next: true, lines: true, note: true }],
      patch: {
        status: true,
        reason: true,
        summary: true,
        note: true,
        includeDeletions: true,
        alone: true,
        proof: true,
        edits: [{ ...place, blob: true, text: true }],
      },
      who,
    },
  ],
  rules: [{ id: true, severity: true, title: true, why: true, help: true, first: true }],
  errors: [{ region: true, account: true, error: true }],
  warnings: [{ code: true, message: true, file: true, line: true, column: true, hint: true }],
  crossCheck: {
    stacks: true,
    disagreements: [
      {
        ...{ stack: true, region: true, account: true, logicalId: true, type: true, path: true },
        ...{ own: true, aws: true, reason: true, desired: true, live: true },
      },
    ],
    errors: [{ stack: true, region: true, account: true, error: true }],
  },
};

/**
 * The report as JSON, pretty-printed, with a final newline: the contract of `schemas/report.schema.json`, its keys
 * always in the same order, so that two reports can be compared as text.
 */
export function renderJson(of: Report): string {
  return jsonText(arrange(of, report));
}

function arrange(value: unknown, shape: Shape): unknown {
  if (shape === true) return value;
  if (Array.isArray(shape)) return Array.isArray(value) ? value.map((item) => arrange(item, shape[0])) : value;
  const from = value as Record<string, unknown>;
  const arranged: Record<string, unknown> = {};
  for (const key of Object.keys(shape)) {
    if (Object.hasOwn(from, key) && from[key] !== undefined) arranged[key] = arrange(from[key], shape[key] ?? true);
  }
  return arranged;
}
