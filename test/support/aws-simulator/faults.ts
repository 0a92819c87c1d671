import { AwsError } from './state.js';

/** Something that goes wrong on the way: for the requests that match, as often as it says (default always). */
export interface Fault {
  operation?: string;
  /** The `TypeName` asked for. */
  type?: string;
  region?: string;
  times?: number;
  /** Only every nth matching request. */
  every?: number;
  /** Only this share of the matching requests, drawn at random, the same in every run. */
  share?: number;
  kind:
    | 'throttle'
    | 'deny'
    | 'unavailable'
    | 'expired'
    | 'invalid-token'
    | 'hang' // no answer at all
    | 'stall' // half an answer, then nothing
    | 'page' // what a proxy on the way says to people
    | 'broken' // an answer that can't be parsed
    | 'cut' // the connection ends within the answer
    | 'reset' // the connection ends without an answer
    | 'drip' // a byte of the answer now and then
    | 'html' // a page for people, as if all were well
    | 'empty' // nothing at all, as if all were well
    | 'object' // an answer without anything in it
    | { alter: (answer: Record<string, unknown>) => Record<string, unknown> } // another answer than AWS's
    | { code: string; message: string; status?: number };
}

/** Random numbers below 1, the same in every run (the generator "mulberry32"). */
export function createDice(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** IAM's prefixes of the services whose signing name is another. */
const IAM_PREFIX: Record<string, string> = { cloudcontrolapi: 'cloudformation', tagging: 'tag' };

/** The IAM action behind an operation. */
export function iamAction(service: string, operation: string): string {
  return `${IAM_PREFIX[service] ?? service}:${operation}`;
}

/** EC2 has names of its own. */
const EC2_ERRORS = {
  throttle: () => new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503),
  deny(operation: string) {
    const message = `You are not authorized to perform this operation. User: arn:aws:iam::111111111111:user/reader is not authorized to perform: ec2:${operation} because no identity-based policy allows the ec2:${operation} action`;
    return new AwsError('UnauthorizedOperation', message, 403);
  },
  expired: () => new AwsError('RequestExpired', 'Request has expired.'),
  'invalid-token': () =>
    new AwsError('AuthFailure', 'AWS was not able to validate the provided access credentials', 401),
};

/** The errors that AWS gives, in its words. */
export function errorOf(kind: Fault['kind'], operation: string, service: string): AwsError | undefined {
  if (typeof kind === 'object') return 'alter' in kind ? undefined : new AwsError(kind.code, kind.message, kind.status);
  const isJson = service === 'cloudcontrolapi' || service === 'cloudtrail';
  if (service === 'ec2' && kind in EC2_ERRORS) return EC2_ERRORS[kind as keyof typeof EC2_ERRORS](operation);
  switch (kind) {
    case 'throttle':
      return isJson
        ? new AwsError('ThrottlingException', 'Rate exceeded', 429)
        : new AwsError('Throttling', 'Rate exceeded');
    case 'deny': {
      const action = iamAction(service, operation);
      const message = `User: arn:aws:iam::111111111111:user/reader is not authorized to perform: ${action}`;
      return new AwsError(isJson ? 'AccessDeniedException' : 'AccessDenied', message, 403);
    }
    case 'unavailable':
      return new AwsError('ServiceUnavailable', 'Service is unavailable', 503);
    case 'expired':
      return isJson
        ? new AwsError('ExpiredTokenException', 'The security token included in the request is expired')
        : new AwsError('ExpiredToken', 'The security token included in the request is expired', 403);
    case 'invalid-token':
      return isJson
        ? new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.')
        : new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
    default:
      return undefined;
  }
}
