import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from '@jest/globals';
import { git } from './repository.js';

/** Whoever has it may only read. */
export const READ_ONLY = 'read-only-token';
/** Writes as the pipeline. */
export const TOKEN = 'token-of-the-pipeline';
const SELF = 77;
const PROJECT = 7;
const OTHER_PROJECT = 8;

interface StoredComment {
  id: number;
  request: number;
  author: number;
  body: string;
}

interface StoredRequest {
  number: number;
  state: 'open' | 'closed' | 'merged';
  title: string;
  body: string;
  branch: string;
  base: string;
  /** Of a request that is not open any more, or comes from a fork. */
  head?: string;
  isForeign?: boolean;
}

/** What a forge keeps, and what was asked of it. */
export interface FakeForge {
  url: string;
  requests: StoredRequest[];
  comments: StoredComment[];
  /** Method and path of each request that writes. */
  writes: string[];
  /** How often it was asked for anything. */
  asked: number;
  /** A request from a fork, whose branch has the same name. */
  addForeignRequest(branch: string, base: string): void;
  /** A person's comment. */
  addForeignComment(request: number, body: string): void;
  /** A person closes or merges a request. */
  settle(number: number, state: 'closed' | 'merged'): void;
}

type Fields = Record<string, unknown>;
interface Answer {
  status?: number;
  body: unknown;
}
type Handler = (method: string, url: URL, body: Fields, writer: boolean) => Answer;

const servers: ReturnType<typeof createServer>[] = [];
afterAll(() => Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)))));

/** GitHub as far as the pipeline asks it; pull requests are those of the branches of a bare repository. */
export async function startGitHub(bare: string): Promise<FakeForge> {
  return start(bare, (forge, head) => (method, url, body, writer) => {
    if (url.pathname === '/graphql') return graphql(forge, body, writer);
    if (method !== 'GET' && !writer) {
      return { status: 403, body: { message: 'Resource not accessible by integration' } };
    }
    const pull = (request: StoredRequest) => ({
      number: request.number,
      html_url: `https://github.example/shop/infra/pull/${request.number}`,
      state: request.state === 'open' ? 'open' : 'closed',
      merged_at: request.state === 'merged' ? '2026-01-01T00:00:00Z' : null,
      title: request.title,
      body: request.body,
      head: { sha: head(request), repo: { id: request.isForeign ? OTHER_PROJECT : PROJECT } },
      base: { repo: { id: PROJECT } },
    });
    const comments = /^\/repos\/shop\/infra\/issues\/(\d+)\/comments$/.exec(url.pathname);
    if (comments) return { status: 201, body: addComment(forge, Number(comments[1]), SELF, String(body['body'])) };
    if (url.pathname === '/repos/shop/infra/pulls' && method === 'GET') {
      const matches = forge.requests.filter(({ branch, base }) => {
        return `shop:${branch}` === url.searchParams.get('head') && base === url.searchParams.get('base');
      });
      return { body: page(matches.reverse(), url).map(pull) };
    }
    if (url.pathname === '/repos/shop/infra/pulls') {
      const { title, body: text, head: branch, base } = body;
      return { status: 201, body: pull(open(forge, { title, body: text, branch, base })) };
    }
    const request = forge.requests.find(({ number }) => url.pathname === `/repos/shop/infra/pulls/${number}`);
    if (!request || method !== 'PATCH') return { status: 404, body: { message: 'Not Found' } };
    if (body['state'] === 'closed') forge.settle(request.number, 'closed');
    if (body['title'] !== undefined) Object.assign(request, { title: body['title'], body: body['body'] });
    return { body: pull(request) };
  });
}

/** GitLab likewise; its project has the id 7. */
export async function startGitLab(bare: string): Promise<FakeForge> {
  return start(bare, (forge, head) => (method, url, body, writer) => {
    if (method !== 'GET' && !writer) return { status: 403, body: { message: '403 Forbidden' } };
    if (url.pathname === '/user') return { body: { id: SELF } };
    const states = { open: 'opened', closed: 'closed', merged: 'merged' };
    const merge = (request: StoredRequest) => ({
      iid: request.number,
      web_url: `https://gitlab.example/shop/infra/-/merge_requests/${request.number}`,
      state: states[request.state],
      title: request.title,
      description: request.body,
      sha: head(request),
      source_project_id: request.isForeign ? OTHER_PROJECT : PROJECT,
      target_project_id: PROJECT,
    });
    const all = '/projects/7/merge_requests';
    if (url.pathname === all && method === 'GET') {
      const matches = forge.requests.filter(({ branch, base }) => {
        return branch === url.searchParams.get('source_branch') && base === url.searchParams.get('target_branch');
      });
      return { body: page(matches.reverse(), url).map(merge) };
    }
    if (url.pathname === all) {
      const { title, description, source_branch: branch, target_branch: base } = body;
      return { status: 201, body: merge(open(forge, { title, body: description, branch, base })) };
    }
    const [, number = '', notes, note] =
      /^\/projects\/7\/merge_requests\/(\d+)(\/notes)?(?:\/(\d+))?$/.exec(url.pathname) ?? [];
    if (notes && method === 'POST') {
      return { status: 201, body: addComment(forge, Number(number), SELF, String(body['body'])) };
    }
    if (notes && method === 'GET') {
      const own = forge.comments.filter(({ request }) => request === Number(number));
      return { body: page(own, url).map(({ id, body: text, author }) => ({ id, body: text, author: { id: author } })) };
    }
    const comment = forge.comments.find(({ id }) => id === Number(note));
    if (comment) return { body: Object.assign(comment, { body: body['body'] }) };
    const request = forge.requests.find((each) => each.number === Number(number));
    if (!request || method !== 'PUT') return { status: 404, body: { message: '404 Not found' } };
    if (body['state_event'] === 'close') forge.settle(request.number, 'closed');
    if (body['title'] !== undefined) Object.assign(request, { title: body['title'], body: body['description'] });
    return { body: merge(request) };
  });
}

async function start(
  bare: string,
  handlerFor: (forge: FakeForge, head: (request: StoredRequest) => string) => Handler,
): Promise<FakeForge> {
  const head = (request: StoredRequest) => request.head ?? git(bare, 'rev-parse', `refs/heads/${request.branch}`);
  const forge: FakeForge = {
    url: '',
    requests: [],
    comments: [],
    writes: [],
    asked: 0,
    addForeignRequest(branch, base) {
      const request = open(forge, { title: 'Adopt 1 live value', body: 'planted', branch, base });
      Object.assign(request, { isForeign: true, head: 'f'.repeat(40) });
    },
    addForeignComment: (request, body) => void addComment(forge, request, 1, body),
    settle(number, state) {
      const request = forge.requests.find((each) => each.number === number);
      if (request) Object.assign(request, { head: head(request), state });
    },
  };
  const handle = handlerFor(forge, head);
  const server = createServer(async (incoming, outgoing) => {
    forge.asked += 1;
    const url = new URL(incoming.url ?? '', 'http://forge');
    const method = incoming.method ?? '';
    const body = await bodyOf(incoming);
    const token = incoming.headers['private-token'] ?? incoming.headers.authorization?.replace('Bearer ', '');
    const isQuery = String(body['query'] ?? '').startsWith('query');
    if (method !== 'GET' && !isQuery) forge.writes.push(`${method} ${url.pathname}`);
    const known = token === TOKEN || token === READ_ONLY;
    const answer = known
      ? handle(method, url, body, token === TOKEN)
      : { status: 401, body: { message: 'Bad credentials' } };
    outgoing.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  forge.url = await listen(server);
  return forge;
}

/** The address of a server that sends whoever asks to another one. */
export function startRedirect(status: number, target: string): Promise<string> {
  return listen(
    createServer((incoming, outgoing) => {
      incoming.resume();
      outgoing.writeHead(status, { location: `${target}${incoming.url}` }).end();
    }),
  );
}

/** A forge that sends back what it was asked with, behind as many characters as are given. */
export function startEcho(status: number, answer: (headers: string) => string, location = ''): Promise<string> {
  return listen(
    createServer((incoming, outgoing) => {
      incoming.resume();
      const told = JSON.stringify(incoming.headers);
      const token = String(incoming.headers['private-token'] ?? incoming.headers.authorization)
        .split(' ')
        .at(-1);
      outgoing
        .writeHead(status, { connection: 'close', ...(location === '' ? {} : { location: `${location}${token}` }) })
        .end(answer(told));
    }),
  );
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function graphql(forge: FakeForge, body: Fields, writer: boolean): Answer {
  const { number, after, id, body: text } = body['variables'] as Record<string, string | number | null>;
  if (String(body['query']).startsWith('mutation')) {
    const comment = forge.comments.find((each) => `node-${each.id}` === id);
    if (!writer) return { body: { data: null, errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible' }] } };
    Object.assign(comment ?? {}, { body: text });
    return { body: { data: { updateIssueComment: { issueComment: { id } } } } };
  }
  const all = forge.comments.filter(({ request }) => request === number);
  const from = Number(after ?? 0);
  const nodes = all.slice(from, from + 100).map((comment) => ({
    id: `node-${comment.id}`,
    body: comment.body,
    viewerDidAuthor: comment.author === SELF,
  }));
  const pageInfo = { hasNextPage: all.length > from + 100, endCursor: String(from + 100) };
  return { body: { data: { repository: { pullRequest: { comments: { nodes, pageInfo } } } } } };
}

function open(forge: FakeForge, { title, body, branch, base }: Fields): StoredRequest {
  const number = forge.requests.length + 1;
  const text = { title: String(title), body: String(body), branch: String(branch), base: String(base) };
  const request: StoredRequest = { number, state: 'open', ...text };
  forge.requests.push(request);
  return request;
}

function addComment(forge: FakeForge, request: number, author: number, body: string): StoredComment {
  const comment = { id: forge.comments.length + 1, request, author, body };
  forge.comments.push(comment);
  return comment;
}

function page<T>(items: T[], url: URL): T[] {
  const size = Number(url.searchParams.get('per_page'));
  const from = (Number(url.searchParams.get('page')) - 1) * size;
  return items.slice(from, from + size);
}

async function bodyOf(incoming: IncomingMessage): Promise<Fields> {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as Fields);
}
