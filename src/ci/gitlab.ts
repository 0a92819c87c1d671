import { DriftError } from '../base/errors.js';
import type { Json } from '../base/json.js';
import { createApi } from './api.js';
import type { ChangeRequest, Environment, Forge } from './forge.js';
import { at, numberAt, textAt } from './read-json.js';

const HINT =
  'GITOPS_DRIFT_GITLAB_TOKEN has to be a project access token with the role Developer and the scope "api"; protected ' +
  'variables are only there on protected branches';

/**
 * GitLab, by the variables of its pipelines (https://docs.gitlab.com/ci/variables/predefined_variables/) and
 * `GITOPS_DRIFT_GITLAB_TOKEN`: the job's own token may not write notes. Throws a `DriftError` (code `usage`) where a
 * variable is missing.
 */
export function openGitLab(env: Environment): Forge {
  const { GITOPS_DRIFT_GITLAB_TOKEN: token, CI_API_V4_URL: url, CI_PROJECT_ID: project } = env;
  if (!token || !url || !project) {
    const message = 'GITOPS_DRIFT_GITLAB_TOKEN, CI_API_V4_URL or CI_PROJECT_ID is not set';
    throw new DriftError('usage', [{ code: 'forge-not-set-up', message, hint: HINT }]);
  }
  const api = createApi({ name: 'GitLab', url, headers: { 'PRIVATE-TOKEN': token }, permissionHint: HINT });
  const requests = `/projects/${project}/merge_requests`;

  return {
    word: 'merge request',
    request: env['CI_MERGE_REQUEST_IID'] ? Number(env['CI_MERGE_REQUEST_IID']) : undefined,
    branch: env['CI_COMMIT_BRANCH'],
    committer: {
      name: env['GITLAB_USER_NAME'] ?? 'gitops-drift',
      email: env['GITLAB_USER_EMAIL'] ?? 'gitops-drift@localhost',
    },
    async ownComments(number) {
      const self = numberAt(await api.send('GET', '/user'), 'id');
      const notes = await api.list(`${requests}/${number}/notes?sort=asc`);
      return notes
        .filter((note) => self !== undefined && numberAt(note, 'author', 'id') === self && at(note, 'system') !== true)
        .map((note) => ({ id: String(numberAt(note, 'id')), body: textAt(note, 'body') }));
    },
    addComment: async (number, body) => {
      await api.send('POST', `${requests}/${number}/notes`, { body });
    },
    editComment: async (number, id, body) => {
      await api.send('PUT', `${requests}/${number}/notes/${id}`, { body });
    },
    async findRequests(branch, base) {
      const filter = new URLSearchParams({
        source_branch: branch,
        target_branch: base,
        state: 'all',
        order_by: 'created_at',
      });
      return (await api.list(`${requests}?${filter}`)).filter(isOwn).map(requestOf);
    },
    openRequest: async (branch, base, { title, body }) =>
      requestOf(
        await api.send('POST', requests, {
          source_branch: branch,
          target_branch: base,
          title,
          description: body,
          remove_source_branch: true,
        }),
      ),
    editRequest: async (number, { title, body }) => {
      await api.send('PUT', `${requests}/${number}`, { title, description: body });
    },
    closeRequest: async (number) => {
      await api.send('PUT', `${requests}/${number}`, { state_event: 'close' });
    },
  };
}

const STATES: Record<string, ChangeRequest['state']> = { opened: 'open', locked: 'open', merged: 'merged' };

/** GitLab filters by the names of the branches alone, and anybody can make a fork with a branch of the same name. */
function isOwn(value: Json): boolean {
  const id = numberAt(value, 'target_project_id');
  return id !== undefined && numberAt(value, 'source_project_id') === id;
}

function requestOf(value: Json): ChangeRequest {
  return {
    number: numberAt(value, 'iid') ?? 0,
    url: textAt(value, 'web_url'),
    state: STATES[textAt(value, 'state')] ?? 'closed',
    title: textAt(value, 'title'),
    body: textAt(value, 'description'),
    head: textAt(value, 'sha'),
  };
}
