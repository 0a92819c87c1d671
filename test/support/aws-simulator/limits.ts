/** How many requests AWS takes: for each API (operation) of each account and region that it names, all by default. */
export interface RateLimit {
  account?: string;
  region?: string;
  operation?: string;
  perSecond: number;
  /** How many more it takes at once after a rest; default as many as in a second. */
  burst?: number;
}

/** What became of the requests to one limited API of an account and region. */
export interface Usage {
  account: string;
  region: string;
  operation: string;
  taken: number;
  throttled: number;
  /** From the first request to the last one that was taken. */
  seconds: number;
  /** How many AWS would have taken in that time. */
  allowed: number;
}

export interface Meter {
  /** Whether AWS takes this request now; one that it does not take costs nothing. */
  takes(api: Pick<Usage, 'account' | 'region' | 'operation'>): boolean;
  usage(): Usage[];
}

interface Bucket {
  limit: Required<Pick<RateLimit, 'perSecond' | 'burst'>>;
  tokens: number;
  at: number;
  startedAt: number;
  usage: Usage;
}

/** Meters requests by token buckets, as AWS does. The first limit that fits a request holds. */
export function createMeter(limits: readonly RateLimit[], clock: () => number = () => performance.now()): Meter {
  const buckets = new Map<string, Bucket | undefined>();

  function open(api: Pick<Usage, 'account' | 'region' | 'operation'>): Bucket | undefined {
    const limit = limits.find(
      ({ account = api.account, region = api.region, operation = api.operation }) =>
        account === api.account && region === api.region && operation === api.operation,
    );
    if (limit === undefined) return undefined;
    const { perSecond, burst = perSecond } = limit;
    const now = clock();
    const usage = { ...api, taken: 0, throttled: 0, seconds: 0, allowed: burst };
    return { limit: { perSecond, burst }, tokens: burst, at: now, startedAt: now, usage };
  }

  return {
    takes(api) {
      const key = `${api.account} ${api.region} ${api.operation}`;
      if (!buckets.has(key)) buckets.set(key, open(api));
      const bucket = buckets.get(key);
      if (bucket === undefined) return true;
      const { limit, usage } = bucket;
      const now = clock();
      bucket.tokens = Math.min(limit.burst, bucket.tokens + ((now - bucket.at) / 1000) * limit.perSecond);
      bucket.at = now;
      if (bucket.tokens < 1) {
        usage.throttled += 1;
        return false;
      }
      bucket.tokens -= 1;
      usage.taken += 1;
      usage.seconds = (now - bucket.startedAt) / 1000;
      usage.allowed = limit.burst + usage.seconds * limit.perSecond;
      return true;
    },
    usage: () => [...buckets.values()].flatMap((bucket) => (bucket === undefined ? [] : [bucket.usage])),
  };
}
