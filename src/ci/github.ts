import { readFile } from 'node:fs/promises';
import { DriftError } from '../base/errors.js';
import type { Json } from '../base/json.js';
import { createApi, ForgeError } from './api.js';
import type { ChangeRequest, Comment, Environment, Forge } from './forge.js';
import { at, numberAt, textAt } from './read-json.js';

const COMMENTS = `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(first: 100, after: $after) { nodes { id body viewerDidAuthor } pageInfo { hasNextPage endCursor } }
    }
  }
}`;
const EDIT = `mutation ($id: ID!, $body: String!) {
  updateIssueComment(input: { id: $id, body: $body }) { issueComment { id } }
}`;
const HINT =
  'give the job "permissions: { contents: write, pull-requests: write }", and for opening pull requests allow it in the ' +
  "repository's settings: Actions, General, Workflow permissions; pull requests from forks have no such token";

/**
 * GitHub, by the variables of GitHub Actions
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/variables) and `GITHUB_TOKEN`. Only GraphQL tells
 * which comments are the token's own. Throws a `DriftError` (code `usage`) where a variable is missing.
 */
export async function openGitHub(env: Environment): Promise<Forge> {
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  const [owner = '', name = ''] = repository.split('/');
  if (!env['GITHUB_TOKEN'] || name === '') {
    const hint = 'in GitHub Actions, pass the token on: env: { GITHUB_TOKEN: "${{ github.token }}" }';
    throw new DriftError('usage', [
      { code: 'forge-not-set-up', message: 'GITHUB_TOKEN or GITHUB_REPOSITORY is not set', hint },
    ]);
  }
  const headers = { Authorization: `Bearer ${env['GITHUB_TOKEN']}`, 'X-GitHub-Api-Version': '2022-11-28' };
  const options = { name: 'GitHub', headers, permissionHint: HINT };
  const rest = createApi({ ...options, url: env['GITHUB_API_URL'] ?? 'https://api.github.com' });
  const graph = createApi({ ...options, url: env['GITHUB_GRAPHQL_URL'] ?? 'https://api.github.com/graphql' });
  const place = `/repos/${repository}`;

  /** GraphQL answers 200 also when it refuses: https://docs.github.com/en/graphql/guides/using-the-rest-api */
  async function query(text: string, variables: Record<string, Json>): Promise<Json | undefined> {
    const answer = await graph.send('POST', '', { query: text, variables });
    const errors = at(answer, 'errors');
    if (!Array.isArray(errors)) return at(answer, 'data');
    const refused = errors.some((error) => ['FORBIDDEN', 'NOT_FOUND'].includes(textAt(error, 'type')));
    const messages = errors.map((error) => textAt(error, 'message')).join('; ');
    throw new ForgeError(refused ? 403 : 200, `GitHub answered: ${messages}`, refused ? HINT : undefined);
  }

  return {
    word: 'pull request',
    request: await eventRequest(env),
    branch: env['GITHUB_REF_TYPE'] === 'branch' && !isForRequest(env) ? env['GITHUB_REF_NAME'] : undefined,
    committer: { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' },
    async ownComments(number) {
      const own: Comment[] = [];
      let after: Json = null;
      do {
        const data: Json | undefined = await query(COMMENTS, { owner, name, number, after });
        const comments = at(data, 'repository', 'pullRequest', 'comments');
        const nodes = at(comments, 'nodes');
        for (const node of Array.isArray(nodes) ? nodes : []) {
          if (at(node, 'viewerDidAuthor') === true) own.push({ id: textAt(node, 'id'), body: textAt(node, 'body') });
        }
        after = at(comments, 'pageInfo', 'hasNextPage') === true ? textAt(comments, 'pageInfo', 'endCursor') : null;
      } while (after !== null);
      return own;
    },
    addComment: async (number, body) => {
      await rest.send('POST', `${place}/issues/${number}/comments`, { body });
    },
    editComment: async (_, id, body) => {
      await query(EDIT, { id, body });
    },
    async findRequests(branch, base) {
      const filter = new URLSearchParams({ head: `${owner}:${branch}`, base, state: 'all', direction: 'desc' });
      return (await rest.list(`${place}/pulls?${filter}`)).filter(isOwn).map(requestOf);
    },
    openRequest: async (branch, base, text) =>
      requestOf(await rest.send('POST', `${place}/pulls`, { ...text, head: branch, base })),
    editRequest: async (number, text) => {
      await rest.send('PATCH', `${place}/pulls/${number}`, { ...text });
    },
    closeRequest: async (number) => {
      await rest.send('PATCH', `${place}/pulls/${number}`, { state: 'closed' });
    },
  };
}

function isForRequest(env: Environment): boolean {
  return ['pull_request', 'pull_request_target'].includes(env['GITHUB_EVENT_NAME'] ?? '');
}

async function eventRequest(env: Environment): Promise<number | undefined> {
  if (!isForRequest(env)) return undefined;
  return numberAt(JSON.parse(await readFile(env['GITHUB_EVENT_PATH'] ?? '', 'utf8')) as Json, 'pull_request', 'number');
}

/** A fork of the same owner may have a branch of the same name; one that is deleted has no repository. */
function isOwn(value: Json): boolean {
  const id = numberAt(value, 'base', 'repo', 'id');
  return id !== undefined && numberAt(value, 'head', 'repo', 'id') === id;
}

function requestOf(value: Json): ChangeRequest {
  const closed = at(value, 'merged_at') ? 'merged' : 'closed';
  return {
    number: numberAt(value, 'number') ?? 0,
    url: textAt(value, 'html_url'),
    state: textAt(value, 'state') === 'open' ? 'open' : closed,
    title: textAt(value, 'title'),
    body: textAt(value, 'body'),
    head: textAt(value, 'head', 'sha'),
  };
}
