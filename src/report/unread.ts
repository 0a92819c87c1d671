import { cleanShort } from '../base/clean.js';
import { count } from '../base/count.js';
import { isUnread, unseenStacks } from '../model/measure-coverage.js';
import type { Report } from '../model/report.js';
import { missingShards, parseShards } from '../model/shard.js';
import type { Accepted } from '../model/unseen.js';
import { stackText } from './finding-text.js';

/** Something that was to be looked at, and could not be: whether it drifted is not known. */
export interface Unread {
  /** What has failed is an error of the scan; what can't be read may be so for good. */
  status: 'failed' | 'unread' | 'unreadable' | 'unsupported';
  /** What it is, in one line: `OrdersKey AWS::KMS::Key in shop-data [eu-west-1 111111111111]`. */
  subject: string;
  reason: string;
  /** Why it may stay so, where an `accept:` rule says that. */
  accepted?: string;
  /** The template that declares it, where one does. */
  template?: string;
}

const LONGEST_REASON = 2000;
const LONGEST_NAME = 300;

/**
 * All that was left unread: stacks, places, shards without a report, then resources, but for those that can never be
 * compared. Every text is fit for one line.
 */
export function unreadParts(report: Report): Unread[] {
  const failed = [...failedStacks(report), ...failedPlaces(report), ...missingReports(report)];
  return [...failed, ...unseenParts(report), ...unreadResources(report)];
}

function failedStacks({ stacks }: Report): Unread[] {
  return stacks
    .filter(({ status }) => status === 'error')
    .map(({ name, template, error, accepted, ...place }) => ({
      status: 'failed' as const,
      subject: `stack ${stackText({ ...place, stack: name })}`,
      reason: shown(error),
      ...(template === null ? {} : { template }),
      ...acceptedAs(accepted),
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

/** Stacks that nobody looked into. */
function unseenParts(report: Report): Unread[] {
  return unseenStacks(report).map(({ name, reason, accepted, ...place }) => ({
    status: 'unread',
    subject: `stack ${stackText({ ...place, stack: name })}`,
    reason: shown(reason),
    ...acceptedAs(accepted),
  }));
}

function unreadResources({ stacks, resources }: Report): Unread[] {
  const templates = new Map(
    stacks.map(({ name, template, ...place }) => [stackText({ ...place, stack: name }), template]),
  );
  return resources.flatMap((resource): Unread[] => {
    const { status, logicalId, type, reason } = resource;
    if (!isUnread(resource) || (status !== 'unreadable' && status !== 'unsupported')) return [];
    const stack = stackText(resource);
    const template = templates.get(stack);
    const subject = `${cleanShort(`${logicalId} ${type}`, LONGEST_NAME)} in ${stack}`;
    const declared = template == null ? {} : { template };
    return [{ status, subject, reason: shown(reason), ...declared, ...acceptedAs(resource.accepted) }];
  });
}

function acceptedAs(rule: Accepted | undefined): Pick<Unread, 'accepted'> {
  return rule === undefined ? {} : { accepted: shown(rule.reason) };
}

function shown(reason: string | undefined): string {
  return reason === undefined || reason === '' ? 'no reason was given' : cleanShort(reason, LONGEST_REASON);
}
