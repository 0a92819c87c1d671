import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createCloudControl } from './cloud-control.js';
import { cloudFormation } from './cloudformation.js';
import { cloudTrail } from './cloudtrail.js';
import { ec2 } from './ec2.js';
import { createDice, errorOf, type Fault, iamAction } from './faults.js';
import { createMeter, type RateLimit, type Usage } from './limits.js';
import { AwsError, type Cloud } from './state.js';
import { accountOfKey, sts } from './sts.js';
import { tagging } from './tagging.js';
import { readRequest, type WireRequest, writeAnswer, writeError } from './wire.js';

export interface SimulatorOptions extends Cloud {
  /** Items a page, default 100 as in AWS. */
  pageSize?: number;
  /** How long each answer takes, in ms, default 0. */
  latencyMs?: number;
  /** How many requests are taken before they are throttled; default any number. */
  limits?: RateLimit[];
  faults?: Fault[];
  /** The clock that requests are metered by, in ms; default: a real one. */
  now?: () => number;
  /** Told of each request before it is answered, and how many there have been of its operation: state may change here. */
  onRequest?: (operation: string, count: number, input: Record<string, unknown>) => void;
}

/** A request as it came in, with the IAM action that it takes. */
export interface LoggedRequest {
  operation: string;
  action: string;
  region: string;
  accessKey: string;
  input: Record<string, unknown>;
}

export interface AwsSimulator {
  url: string;
  /** How often each operation was asked for, retries included. */
  calls: Record<string, number>;
  /** The requests so far, in order. */
  log: LoggedRequest[];
  /** What became of requests to APIs that are limited. */
  usage(): Usage[];
  /** Most requests under way at a time. */
  peak(): number;
  /** An environment in which AWS's tools find this cloud, and nothing else of the machine's. */
  env: Record<string, string>;
  close(): Promise<void>;
}

/** What comes as if all were well, and is no answer. */
function insteadOf(kind: Fault['kind'] | undefined, { xml }: WireRequest): string | undefined {
  if (kind === 'html') return '<!doctype html><html lang=en><title>Welcome</title><p>Please sign in.</html>';
  if (kind === 'object') return xml ? '<Response/>' : '{}';
  return kind === 'empty' ? '' : undefined;
}

/** Between two bytes: less than a client waits for the next one, and too slow for it to get all. */
const DRIP_MS = 50;

/** Starts a simulated AWS on loopback: CloudFormation, Cloud Control, CloudTrail, EC2, STS and tagging, as they are on the wire. */
export async function startAwsSimulator(options: SimulatorOptions): Promise<AwsSimulator> {
  const { pageSize = 100, latencyMs = 0 } = options;
  const cloudControl = createCloudControl(options, pageSize);
  const faults = (options.faults ?? []).map((fault) => ({ ...fault, met: 0 }));
  const dice = createDice();
  // CloudTrail's limit is documented, and always there.
  const meter = createMeter([...(options.limits ?? []), { operation: 'LookupEvents', perSecond: 2 }], options.now);
  const calls: Record<string, number> = {};
  const log: AwsSimulator['log'] = [];
  const underWay = new Set<object>();
  let peak = 0;

  function answer(request: WireRequest): Record<string, unknown> {
    const { operation, region, input, service } = request;
    const call = { account: accountOfKey(options, request.accessKey), region, operation, input };
    // A region that is off knows nobody of the account.
    if (options.regionsOff?.[call.account]?.includes(region)) throw errorOf('invalid-token', operation, service);
    if (service === 'cloudformation') return cloudFormation(options, call, pageSize);
    if (service === 'cloudcontrolapi') return cloudControl(call);
    if (service === 'ec2') return ec2(options, call, pageSize);
    if (service === 'sts') return sts(options, call);
    if (service === 'cloudtrail') return cloudTrail(options, call);
    if (service === 'tagging') return tagging(options, call, pageSize);
    throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  }

  function faultOf({ operation, input, region }: WireRequest): Fault['kind'] | undefined {
    for (const fault of faults) {
      if (fault.operation !== undefined && fault.operation !== operation) continue;
      if (fault.type !== undefined && fault.type !== input['TypeName']) continue;
      if (fault.region !== undefined && fault.region !== region) continue;
      if (fault.share !== undefined && dice() >= fault.share) continue;
      fault.met += 1;
      if (fault.met % (fault.every ?? 1) === 0 && fault.met / (fault.every ?? 1) <= (fault.times ?? fault.met))
        return fault.kind;
    }
    return undefined;
  }

  function isTaken({ accessKey, region, operation }: WireRequest): boolean {
    return meter.takes({ account: accountOfKey(options, accessKey), region, operation });
  }

  function respond(request: WireRequest, response: ServerResponse): void {
    const kind = isTaken(request) ? faultOf(request) : 'throttle';
    const type = request.xml ? 'text/xml' : 'application/x-amz-json-1.0';
    function send(status: number, body: string): void {
      response.writeHead(status, {
        'content-type': type,
        'x-amzn-requestid': 'r',
        'content-length': Buffer.byteLength(body),
      });
      response.end(body);
    }
    if (kind === 'hang') return;
    if (kind === 'reset') {
      response.destroy();
      return;
    }
    const body = insteadOf(kind, request);
    if (body !== undefined) {
      send(200, body);
      return;
    }
    if (kind === 'page') {
      send(403, '<!doctype html><html lang=en><title>Blocked</title><p>Ask your IT.</html>');
      return;
    }
    try {
      const error = kind === undefined ? undefined : errorOf(kind, request.operation, request.service);
      if (error) throw error;
      const usual = answer(request);
      const body = writeAnswer(request, typeof kind === 'object' && 'alter' in kind ? kind.alter(usual) : usual);
      if (kind === 'drip') {
        response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
        let sent = 0;
        const timer = setInterval(() => {
          if (response.destroyed || sent >= body.length) clearInterval(timer);
          else response.write(body[sent]);
          sent += 1;
        }, DRIP_MS);
        return;
      }
      if (kind === 'cut' || kind === 'stall') {
        response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
        response.write(body.slice(0, body.length / 2));
        if (kind === 'cut') setImmediate(() => response.destroy());
      } else {
        send(200, kind === 'broken' ? `${body.slice(0, body.length / 2)}<{` : body);
      }
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      send(error.status, writeError(request, error));
    }
  }

  const server = createServer((incoming, response) => {
    const own = {};
    underWay.add(own);
    peak = Math.max(peak, underWay.size);
    // Before the client can have read it all, or when the connection has gone.
    for (const event of ['finish', 'close']) response.once(event, () => underWay.delete(own));
    void text(incoming).then((body) => {
      const request = readRequest(incoming, body);
      const count = (calls[request.operation] ?? 0) + 1;
      calls[request.operation] = count;
      options.onRequest?.(request.operation, count, request.input);
      const { operation, region, accessKey, input } = request;
      log.push({ operation, action: iamAction(request.service, operation), region, accessKey, input });
      if (latencyMs > 0) setTimeout(respond, latencyMs, request, response);
      else respond(request, response);
    });
  });
  // Longer than any client's, so that a connection is not closed while a request is on its way.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    calls,
    log,
    usage: meter.usage,
    peak: () => peak,
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'AKIASIMULATOR',
      AWS_SECRET_ACCESS_KEY: 'simulated',
      AWS_REGION: 'eu-west-1',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
