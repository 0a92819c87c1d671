import type { Report } from '../../src/model/report.js';
import { fullReport } from './full-report.js';

/** What a reader of some format would take for its own, or would not see. `x-evil` is no element that anybody writes. */
export const EVIL = [
  ...[
    '\u001b[2J\u001b]0;owned\u0007',
    '\r\n::set-output name=x::y\n::error::owned\n::stop-commands::x\n##[set-env name=x]y',
  ],
  ...[']]>', '</failure>', '<x-evil onload=alert(1)>', '</script><script>alert(1)</script>', '</style>', '-->', '<!--'],
  ...[
    '`',
    '```',
    '~~~',
    '|',
    '\\|',
    '[a](javascript:alert(1))',
    '![a](https://example.com/x)',
    '@octocat',
    '#12',
    'GH-12',
  ],
  ...[
    'https://example.com/x',
    'www.example.com',
    'a@example.com',
    '"',
    "'",
    '&amp;',
    '&#60;x-evil&#62;',
    '%0A',
    '%25',
    ',',
    ':',
  ],
  ...[
    '\u202egnp\u2066',
    '\u200b\u2028\u2029\u0085',
    '\ud800',
    '\udc00',
    '\u0000',
    '\ufffe\uffff',
    '\n\n---\n\n# owned\n\n- a',
  ],
].join(' ');

/** What is one of few words by contract, and read as such. */
const WORDS = new Set([
  'kind',
  'verdict',
  'severity',
  'status',
  'baseline',
  'way',
  'by',
  'blob',
  'startedAt',
  'shard',
  'change',
  'undeclared',
]);

/** A report with something hostile in every text: names, paths, values and their keys, reasons, rules, authors. */
export function hostile(report: Report, evil: string): Report {
  return spoilt(report, evil) as Report;
}

/** The full report, spoilt. */
export function hostileReport(): Report {
  return hostile(fullReport(), EVIL);
}

function spoilt(value: unknown, evil: string, key = ''): unknown {
  if (typeof value === 'string') return WORDS.has(key) ? value : `${value}${evil}`;
  if (Array.isArray(value)) return value.map((each) => spoilt(each, evil, key));
  if (typeof value !== 'object' || value === null) return value;
  const isValue = ['desired', 'deployed', 'live'].includes(key) || (key === 'accepted' && !('reason' in value));
  const entries = Object.entries(value).map(([name, each]) => {
    return [isValue ? `${name}${evil}` : name, spoilt(each, evil, isValue ? key : name)];
  });
  return Object.fromEntries(entries);
}
