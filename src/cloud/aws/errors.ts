import { DriftError, type Problem } from '../../base/errors.js';

/** Where something was asked for: named in errors. */
export interface Whereabouts {
  region?: string;
  roleArn?: string | undefined;
}

const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired']);
const REFUSED = new Set([
  'AuthFailure',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
/** Names that the SDK gives to what happens before a request is sent. */
const MISSING = new Set(['CredentialsProviderError', 'TokenProviderError', 'ProviderError']);
const NETWORK_HINT = 'check the network, the name of the region, and AWS_ENDPOINT_URL if it is set';
const NETWORK = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);
/** What AWS's services call throttling; the SDK knows the same names. */
const THROTTLED =
  /throttl|^(?:TooManyRequestsException|RequestLimitExceeded|BandwidthLimitExceeded|SlowDown|PriorRequestNotComplete)$/i;
const LONGEST_REASON = 500;

/** The name of an AWS error, for example `AccessDeniedException`; `Error` for what is none. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}

/**
 * Whether AWS asks for fewer requests. Cloud Control passes on the throttling of the service behind it as a
 * `GeneralServiceException`, told only in its text.
 */
export function isThrottled(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return THROTTLED.test(error.name) || httpStatus(error) === 429 || /\brate exceeded\b|\bthrottl/i.test(error.message);
}

/** AWS's reason in one line: `AccessDeniedException: User … is not authorized to perform: …`. */
export function reasonOf(error: unknown): string {
  if (error instanceof DriftError) return oneLine(error.message);
  if (!(error instanceof Error)) return oneLine(String(error));
  const code = codeOf(error);
  if (error.name === 'TimeoutError' && (code === undefined || code === 'ETIMEDOUT'))
    return 'AWS did not answer in time';
  if (isBrokenAnswer(error)) return brokenAnswer(error);
  if (code !== undefined && NETWORK.has(code)) return `AWS could not be reached (${code}${addressOf(error)})`;
  if (error.name === 'AbortError') return 'the scan was stopped';
  const message = error.message === '' || error.message === 'UnknownError' ? statusText(error) : error.message;
  return oneLine(error.name === 'Error' ? message : `${error.name}: ${message}`);
}

/**
 * The error for credentials that are missing, expired or refused, saying what to do next; undefined when the error is
 * about something else.
 */
export function credentialsProblem(error: unknown, where: Whereabouts = {}): DriftError | undefined {
  if (error instanceof DriftError) return error.code === 'credentials' ? error : undefined;
  if (!(error instanceof Error)) return undefined;
  const reason = reasonOf(error);
  if (error.message === 'Region is missing') {
    const hint = 'give the stack a region in gitops-drift.yaml, use --region, or set AWS_REGION';
    return credentials({ code: 'region-missing', message: 'no AWS region is set', hint }, error);
  }
  if (/\bsso\b/i.test(error.message) && !isAnswer(error)) {
    const hint = 'run: aws sso login (with --profile, or AWS_PROFILE set)';
    return credentials(
      { code: 'credentials-expired', message: `the AWS SSO session can't be used: ${reason}`, hint },
      error,
    );
  }
  if (EXPIRED.has(error.name)) {
    const hint = 'get new credentials (for example: aws sso login) and run the scan again';
    return credentials(
      { code: 'credentials-expired', message: `the AWS credentials have expired: ${reason}`, hint },
      error,
    );
  }
  if (REFUSED.has(error.name)) {
    const place = where.region === undefined ? '' : ` in ${where.region}`;
    const hint =
      'check the keys or the profile, and that the region is enabled in the account: aws sts get-caller-identity';
    return credentials(
      { code: 'credentials-refused', message: `AWS refuses the credentials${place}: ${reason}`, hint },
      error,
    );
  }
  return MISSING.has(error.name) ? credentialsError(error, where) : undefined;
}

/** Whether AWS does not know or take the credentials, unlike a permission that they lack. */
export function isRefusal(error: unknown): boolean {
  return REFUSED.has(errorName(error));
}

/** The error for credentials, or a role, that could not be had. */
export function credentialsError(error: unknown, { roleArn }: Whereabouts = {}): DriftError {
  if (error instanceof DriftError) return error;
  if (roleArn === undefined) {
    const hint =
      'set AWS_PROFILE to a profile that exists, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; or run: aws sso login';
    return credentials(
      { code: 'credentials-missing', message: `no AWS credentials were found: ${plainReason(error)}`, hint },
      error,
    );
  }
  const hint = 'check the roleArn of the account or stack, and that the role trusts these credentials (sts:AssumeRole)';
  return credentials(
    { code: 'credentials-role-refused', message: `can't assume the role ${roleArn}: ${reasonOf(error)}`, hint },
    error,
  );
}

/** The SDK's own words without the name of its class, which says nothing to a person. */
function plainReason(error: unknown): string {
  return reasonOf(error).replace(/^(?:Credentials|Token)?ProviderError: /, '');
}

/** The error for a failed request: about credentials, the network, or AWS's own words. `doing` completes "can't …". */
export function requestError(error: unknown, doing: string, where: Whereabouts = {}): DriftError {
  if (error instanceof DriftError) return error;
  const known = credentialsProblem(error, where);
  if (known) return known;
  const message = `can't ${doing}: ${reasonOf(error)}`;
  const problem: Problem = isUnreachable(error)
    ? { code: 'cloud-unreachable', message, hint: NETWORK_HINT }
    : { code: 'cloud-request-failed', message };
  return new DriftError('provider', [problem], { cause: error });
}

/** Whether the request never got to AWS. */
export function isUnreachable(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && NETWORK.has(code);
}

function credentials(problem: Problem, cause: unknown): DriftError {
  return new DriftError('credentials', [problem], { cause });
}

/** True for what AWS said, unlike what the SDK says before it has asked. */
function isAnswer(error: Error): boolean {
  return '$fault' in error;
}

/** What the SDK throws when it can't parse an answer to its end bears no AWS error code, but this hint. */
function isBrokenAnswer(error: Error): boolean {
  return !isAnswer(error) && error.message.includes('Deserialization error');
}

/** Gateways and proxies tell errors in pages for people: of those, the status is what counts. */
function brokenAnswer(error: Error): string {
  const status = httpStatus(error) ?? 200;
  return status < 300 ? "AWS's answer was broken or cut short" : `unexpected response from AWS (HTTP ${status})`;
}

function httpStatus(error: Error): number | undefined {
  const metadata = '$metadata' in error ? (error.$metadata as { httpStatusCode?: number } | undefined) : undefined;
  return metadata?.httpStatusCode;
}

function statusText(error: Error): string {
  const status = httpStatus(error);
  return status === undefined ? 'no reason given' : `HTTP status ${status}`;
}

/** The code of a network error; where the SDK wraps an error that it does not know, only its text is left. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.message.split(' ').find((word) => NETWORK.has(word));
}

function addressOf(error: Error): string {
  const { hostname, address, port } = error as { hostname?: string; address?: string; port?: number };
  const host = hostname ?? address;
  if (host === undefined) return '';
  return `, ${host}${port === undefined ? '' : `:${port}`}`;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}
