import { clean, head } from '../base/clean.js';
import { DriftError } from '../base/errors.js';
import type { Json } from '../base/json.js';
import { maskKnown } from '../secrets/known-texts.js';
import { maskText } from '../secrets/mask.js';
import { isSecretName } from '../secrets/secret-name.js';

/** The forge did not do as asked. */
export class ForgeError extends DriftError {
  /** HTTP status. */
  readonly status: number;

  constructor(status: number, message: string, hint?: string) {
    super('forge', [{ code: 'forge-request-failed', message, ...(hint === undefined ? {} : { hint }) }]);
    this.status = status;
  }

  /** Whether the token is what is lacking; forges say 404 where even to look is not allowed. */
  get isRefusal(): boolean {
    return [401, 403, 404].includes(this.status);
  }
}

/** A forge's HTTP interface. */
export interface Api {
  /** Sends JSON and gives the JSON of the answer. Throws a `ForgeError`. */
  send(method: string, path: string, body?: Json): Promise<Json>;
  /** All pages of a list, asked for with `page` and `per_page`, as both GitHub and GitLab take it. */
  list(path: string): Promise<Json[]>;
}

interface ApiOptions {
  /** Of the forge, for messages. */
  name: string;
  url: string;
  headers: Record<string, string>;
  /** What the token needs, told where it is refused. */
  permissionHint: string;
}

const PAGE = 100;
const TIMEOUT_MS = 30_000;

/** Talks to a forge. The token is in the headers, and never in what is thrown or given, though the forge may send it back. */
export function createApi({ name, url, headers, permissionHint }: ApiOptions): Api {
  const tokens = Object.entries(headers).flatMap(([header, value]) => (isSecretName(header) ? tokensIn(value) : []));
  // What is quoted is masked before it is cut: a part of a token is not recognised.
  const quoted = (text: string) => clean(head(maskText(text, tokens), 300));

  async function send(method: string, path: string, body?: Json): Promise<Json> {
    const request = {
      method,
      headers: { ...headers, 'User-Agent': 'gitops-drift', 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      // A redirect would take a token along that is in a header of another name than Authorization, and turn POST to GET.
      redirect: 'manual' as const,
    };
    const what = `${method} ${path.replace(/\?.*/, '')}`;
    const response = await fetch(`${url}${path}`, request).catch((cause: Error) => {
      throw new ForgeError(0, `${name} can't be reached for ${what}: ${causeOf(cause)}`);
    });
    if (response.status >= 300 && response.status < 400) throw redirected(response, what);
    const text = maskKnown(await response.text(), tokens);
    if (response.ok) return parsed(text, what);
    const message = `${name} answered ${response.status} to ${what}: ${quoted(text)}`;
    const error = new ForgeError(response.status, message);
    throw error.isRefusal ? new ForgeError(response.status, message, permissionHint) : error;
  }

  function redirected({ status, headers: answered }: Response, what: string): ForgeError {
    const target = quoted(answered.get('location') ?? 'nowhere');
    const message = `${name} answered ${status} to ${what}: it redirects to ${target}`;
    return new ForgeError(status, message, `redirects are not followed, as the token would go along: correct ${url}`);
  }

  function parsed(text: string, what: string): Json {
    try {
      return text === '' ? null : (JSON.parse(text) as Json);
    } catch {
      throw new ForgeError(200, `${name} did not answer ${what} with JSON: ${quoted(text)}`);
    }
  }

  async function list(path: string): Promise<Json[]> {
    const all: Json[] = [];
    for (let page = 1; ; page += 1) {
      const items = await send('GET', `${path}${path.includes('?') ? '&' : '?'}per_page=${PAGE}&page=${page}`);
      if (!Array.isArray(items)) throw new ForgeError(200, `${name} did not answer GET ${path} with a list`);
      all.push(...items);
      if (items.length < PAGE) return all;
    }
  }

  return { send, list };
}

/** `Bearer x` is `x`, too. */
function tokensIn(value: string): string[] {
  return [value, ...value.split(' ').slice(1)];
}

/** `fetch failed` says nothing; its cause does. */
function causeOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}
