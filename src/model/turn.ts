import { groupBy } from '../base/group.js';
import { placeOf, reader } from './earlier-report.js';
import { type Finding, isCounted, type Report } from './report.js';

/** What one scan says beside those before it. */
export interface Turn {
  opened: Finding[];
  /** What was open at the same place with another live value. */
  changed: Finding[];
  closed: Closed[];
  /** What is open now: what was found, and what was open and could not be read this time. */
  open: Finding[];
  /** How many of the open ones could not be read this time. */
  unread: number;
}

/** A finding that no longer counts, as it was found last, and why. */
export interface Closed {
  finding: Finding;
  why: 'settled' | 'suppressed' | 'pending' | 'notScanned';
}

/** What a turn is made of. */
export interface Seen extends Pick<Report, 'findings' | 'stacks' | 'resources' | 'errors' | 'coverage'> {
  /** Whether resources that no stack owns were looked for, too. */
  unmanaged: boolean;
}

/** Says what opened and closed since the last scan. Only what was looked at again, and read, closes. */
export function turnOf(open: readonly Finding[], seen: Seen): Turn {
  const counted = seen.findings.filter(isCounted);
  const ids = new Set(counted.map(({ id }) => id));
  const places = new Set(counted.map(placeOf));
  const gone = open.filter((each) => !ids.has(each.id));
  const moved = new Set(gone.map(placeOf).filter((place) => places.has(place)));
  const left = gone.filter((each) => !moved.has(placeOf(each)));
  const whyClosed = closing(seen);
  const closed = left.flatMap((finding): Closed[] => {
    const why = whyClosed(finding);
    return why === undefined ? [] : [{ finding, why }];
  });
  const unread = left.filter((finding) => !closed.some((each) => each.finding === finding));
  const before = new Set(open.map(({ id }) => id));
  const fresh = counted.filter(({ id }) => !before.has(id));
  return {
    opened: fresh.filter((each) => !moved.has(placeOf(each))),
    changed: fresh.filter((each) => moved.has(placeOf(each))),
    closed,
    open: [...counted, ...unread],
    unread: unread.length,
  };
}

/** Says why a finding that does not count any more is closed; undefined where that is not certain. */
function closing(seen: Seen): (finding: Finding) => Closed['why'] | undefined {
  const uncounted = seen.findings.filter((each) => !isCounted(each));
  const byId = new Map(uncounted.map((each) => [each.id, each]));
  const byPlace = new Map(uncounted.map((each) => [placeOf(each), each]));
  const wasRead = reader(seen);
  const isScanned = scanned(seen);
  return (finding) => {
    const now = byId.get(finding.id) ?? byPlace.get(placeOf(finding));
    if (now !== undefined) return now.suppressed === undefined ? 'pending' : 'suppressed';
    if (!isScanned(finding)) return 'notScanned';
    return wasRead(finding) ? 'settled' : undefined;
  };
}

/**
 * Tells whether what a finding is in still belongs to the scan; taken out of the configuration, it does not. Where the scan
 * itself is not certain of what there is, it does.
 */
function scanned({ stacks, errors = [], coverage }: Seen): (finding: Finding) => boolean {
  const { notLooked = [], more = 0 } = coverage?.stacks ?? {};
  const unseen = groupBy([...stacks.filter(({ status }) => status === 'error'), ...notLooked], ({ name }) => name);
  const looked = groupBy(stacks, ({ name }) => name);
  return (finding) => {
    const isHere = (place: Pick<Finding, 'region' | 'account'>) => isSamePlace(place, finding);
    if (stacks.length === 0 || more > 0 || errors.some(isHere)) return true;
    if (finding.stack === '') return stacks.some(isHere);
    if (looked.get(finding.stack)?.some(isHere)) return true;
    return pathsOf(finding.stack).some((name) => unseen.get(name)?.some(isHere));
  };
}

/** Whose account it is may be what could not be found out. */
function isSamePlace(one: Pick<Finding, 'region' | 'account'>, other: Pick<Finding, 'region' | 'account'>): boolean {
  return one.region === other.region && (one.account ?? other.account) === (other.account ?? one.account);
}

/** A nested stack's path, and those of the stacks that it is nested in: `shop/Network/Dns`, `shop/Network`, `shop`. */
function pathsOf(stack: string): string[] {
  const names = stack.split('/');
  return names.map((_, index) => names.slice(0, names.length - index).join('/'));
}
