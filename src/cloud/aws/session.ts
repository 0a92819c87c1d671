import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudControl } from '@aws-sdk/client-cloudcontrol';
import type { CloudFormation, CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import type { CloudTrail } from '@aws-sdk/client-cloudtrail';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import type { STS } from '@aws-sdk/client-sts';
import pLimit, { type LimitFunction } from 'p-limit';
import { createCredentials } from './credentials.js';
import { limitAnswers } from './deadline.js';
import type { SteppedClient } from './middleware.js';
import { createPacing } from './pacing.js';
import type { Place } from './place.js';
import { holdReadOnly } from './read-only.js';
import { createRetryStrategy, ONCE, type RetryStrategy } from './retry.js';

/** Sends a request through the client of a place, when there is room for it. Rejects with the SDK's error. */
export type Send<Client> = <T>(place: Place, request: (client: Client) => Promise<T>) => Promise<T>;

/** The AWS clients of one provider, with what they share: credentials, the bound on requests, and their end. */
export interface AwsSession {
  cloudFormation: Send<CloudFormation>;
  cloudControl: Send<CloudControl>;
  ec2: Send<EC2>;
  sts: Send<STS>;
  tagging: Send<ResourceGroupsTaggingAPI>;
  /** Each request is sent once: whoever asks paces, and tries again. */
  cloudTrail: Send<CloudTrail>;
  /** The region of the environment or the profile. Rejects with the SDK's error where there is none. */
  region(): Promise<string>;
  /** Waits, in ms; rejects when the session is closed. */
  wait(ms: number): Promise<void>;
  /** Stops the requests under way and lets go of the connections. */
  close(): void;
}

export interface SessionOptions {
  /** Most requests at a time. */
  concurrency?: number | undefined;
  /** How long to wait for one answer to come in as a whole, in ms. */
  timeoutMs?: number | undefined;
  /** External IDs by the role that asks for one. */
  externalIds?: ReadonlyMap<string, string> | undefined;
  /** How to wait (in ms) for what takes AWS a while, and before another attempt; default: as long as that. */
  wait?: ((ms: number) => Promise<void>) | undefined;
  /** The operations that may change something and are sent all the same; default none. */
  writes?: readonly string[] | undefined;
}

/** What makes a client; every AWS client takes it. */
interface Settings {
  region: string;
  credentials: ReturnType<ReturnType<typeof createCredentials>>;
  retryStrategy: RetryStrategy;
  cacheMiddleware: boolean;
  requestHandler: NonNullable<CloudFormationClientConfig['requestHandler']>;
}

/** What all AWS clients have in common. */
interface AnyClient extends SteppedClient {
  destroy(): void;
}

interface Opened<Client> {
  client: Client;
  underWay: LimitFunction;
}

const CONCURRENCY = 25;
const CONNECTION_TIMEOUT_MS = 10_000;
/** Cloud Control calls the service behind it, DetectStackResourceDrift several times; both take seconds, not minutes. */
const ANSWER_TIMEOUT_MS = 30_000;

/**
 * Opens a session: nothing is loaded or asked before the first request. Its clients send what only reads, and `writes`.
 * There is one client a service, region and role. Credentials, profiles, SSO and endpoints (`AWS_ENDPOINT_URL…`) are the SDK's to find. The SDK warns on stderr that it
 * will need a newer Node; programs silence that with AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true, set before
 * the first request.
 */
export function openSession({
  concurrency = CONCURRENCY,
  timeoutMs = ANSWER_TIMEOUT_MS,
  externalIds,
  wait,
  writes,
}: SessionOptions = {}): AwsSession {
  const stopped = new AbortController();
  // Every request that waits for its turn listens to it.
  setMaxListeners(0, stopped.signal);
  const pace = createPacing(concurrency, stopped.signal);
  const credentialsOf = createCredentials(externalIds);
  const clients = new Set<AnyClient>();

  async function pause(ms: number): Promise<void> {
    stopped.signal.throwIfAborted();
    await (wait?.(ms) ?? sleep(ms, undefined, { signal: stopped.signal }));
  }

  function settings({ region, roleArn }: Place): Settings {
    const agent = { maxSockets: concurrency };
    return {
      region,
      credentials: credentialsOf(roleArn),
      retryStrategy: createRetryStrategy(stopped.signal, pause),
      // A third less CPU a request; it needs requests without options of their own, so closing ends them by their sockets.
      cacheMiddleware: true,
      requestHandler: {
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        requestTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        throwOnRequestTimeout: true,
        httpAgent: agent,
        httpsAgent: agent,
      },
    };
  }

  function service<Client extends AnyClient>(open: (of: Settings) => Promise<Client>): Send<Client> {
    const opened = new Map<string, Promise<Opened<Client>>>();

    async function openOnce(place: Place): Promise<Opened<Client>> {
      const client = await open(settings(place));
      clients.add(client);
      holdReadOnly(client, writes);
      pace(client, place);
      limitAnswers(client, timeoutMs);
      // As many more are made ready meanwhile (signed and serialised), so that answers are never waited for idly.
      return { client, underWay: pLimit(2 * concurrency) };
    }

    return async (place, request) => {
      const key = `${place.region} ${place.roleArn ?? ''}`;
      const opening = opened.get(key) ?? openOnce(place);
      opened.set(key, opening);
      const { client, underWay } = await opening;
      return underWay(() => request(client));
    };
  }

  return {
    cloudFormation: service(async (of) => new (await import('@aws-sdk/client-cloudformation')).CloudFormation(of)),
    cloudControl: service(async (of) => new (await import('@aws-sdk/client-cloudcontrol')).CloudControl(of)),
    ec2: service(async (of) => new (await import('@aws-sdk/client-ec2')).EC2(of)),
    sts: service(async (of) => new (await import('@aws-sdk/client-sts')).STS(of)),
    tagging: service(
      async (of) => new (await import('@aws-sdk/client-resource-groups-tagging-api')).ResourceGroupsTaggingAPI(of),
    ),
    cloudTrail: service(
      async (of) => new (await import('@aws-sdk/client-cloudtrail')).CloudTrail({ ...of, retryStrategy: ONCE }),
    ),
    async region() {
      const { CloudFormation } = await import('@aws-sdk/client-cloudformation');
      const client = new CloudFormation({});
      clients.add(client);
      return client.config.region();
    },
    wait: pause,
    close() {
      stopped.abort();
      for (const client of clients) client.destroy();
    },
  };
}
