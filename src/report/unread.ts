import { cleanShort } from '../base/clean.js';
import { count } from '../base/count.js';
import type { Report } from '../model/report.js';
import { missingShards, parseShards } from '../model/shard.js';
import { stackText } from './finding-text.js';

/** Something that was to be looked at, and could not be: whether it drifted is not known. */
export interface Unread {
  /** What has failed is an error of the scan; what can't be read may be so for good. */
  status: 'failed' | 'unreadable' | 'unsupported';
  /** What it is, in one line: `OrdersKey AWS::KMS::Key in shop-data [eu-west-1 111111111111]`. */
  subject: string;
  reason: string;
  /** The template that declares it, where one does. */
  template?: string;
}

const LONGEST_REASON = 2000;
const LONGEST_NAME = 300;

/** All that was left unread: stacks, places, shards without a report, then resources. Every text is fit for one line. */
export function unreadParts(report: Report): Unread[] {
  return [...failedStacks(report), ...failedPlaces(report), ...missingReports(report), ...unreadResources(report)];
}

function failedStacks({ stacks }: Report): Unread[] {
  return stacks
    .filter(({ status }) => status === 'error')
    .map(({ name, template, error, ...place }) => ({
      status: 'failed' as const,
      subject: `stack ${stackText({ ...place, stack: name })}`,
      reason: shown(error),
      ...(template === null ? {} : { template }),
    }));
}

function failedPlaces({ errors = [] }: Report): Unread[] {
  return errors.map(({ error, ...place }) => ({
    status: 'failed',
    subject: `place ${stackText({ ...place, stack: '' })}`,
    reason: shown(error),
  }));
}

function missingReports({ scan }: Report): Unread[] {
  const shards = parseShards(scan.shard ?? '');
  if (shards === undefined || shards.indexes.length < 2) return [];
  const missing = missingShards(shards).length;
  if (missing === 0) return [];
  return [{ status: 'failed', subject: `shards ${scan.shard}`, reason: `no report of ${count(missing, 'shard')}` }];
}

function unreadResources({ stacks, resources }: Report): Unread[] {
  const templates = new Map(
    stacks.map(({ name, template, ...place }) => [stackText({ ...place, stack: name }), template]),
  );
  return resources.flatMap((resource): Unread[] => {
    const { status, logicalId, type, reason } = resource;
    if (status !== 'unreadable' && status !== 'unsupported') return [];
    const stack = stackText(resource);
    const template = templates.get(stack);
    const subject = `${cleanShort(`${logicalId} ${type}`, LONGEST_NAME)} in ${stack}`;
    return [{ status, subject, reason: shown(reason), ...(template == null ? {} : { template }) }];
  });
}

function shown(reason: string | undefined): string {
  return reason === undefined || reason === '' ? 'no reason was given' : cleanShort(reason, LONGEST_REASON);
}
