#!/usr/bin/env bash
# What the GitLab job runs: scans once, writes the reports into gitops-drift/, keeps a note in the merge request and a
# merge request with the patches where that is asked for, and ends with the exit code of the scan.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source-path=SCRIPTDIR source=../earlier.sh
. "$home/ci/earlier.sh"
# shellcheck source-path=SCRIPTDIR source=../arguments.sh
. "$home/ci/arguments.sh"

# The job's ID token stands for AWS credentials; it is kept out of the project's folder, from which artifacts are taken.
if [ -n "${GITOPS_DRIFT_ROLE_ARN:-}" ]; then
  token_file=$(mktemp)
  trap 'rm -f "$token_file"' EXIT
  printf '%s' "${GITOPS_DRIFT_ID_TOKEN:?is missing: the job needs id_tokens, as in the template}" >"$token_file"
  export AWS_ROLE_ARN="$GITOPS_DRIFT_ROLE_ARN" AWS_WEB_IDENTITY_TOKEN_FILE="$token_file"
  export AWS_ROLE_SESSION_NAME="gitlab-${CI_PROJECT_ID:-}-${CI_JOB_ID:-}"
fi

# The runner has cloned the project as another user than the image's. Git is told that this one folder is meant.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0="$PWD"

reports=gitops-drift
mkdir -p "$reports"
arguments+=(
  -o table -o "json=$reports/drift.json" -o "gitlab=$reports/codequality.json" -o "junit=$reports/junit.xml"
  -o "markdown=$reports/drift.md" -o "html=$reports/drift.html" "--patch=$reports/drift.patch"
)
code=0
node "$home/bin/gitops-drift.js" "${arguments[@]}" || code=$?
# Without a report there is nothing to tell, and stderr has told why.
if [ ! -f "$reports/drift.json" ]; then exit "$code"; fi

if [ -n "${CI_MERGE_REQUEST_IID:-}" ] && [ -n "${GITOPS_DRIFT_GITLAB_TOKEN:-}" ]; then
  node "$home/bin/gitops-drift-ci.js" comment "$reports/drift.md" --report "$reports/drift.json" \
    --category="${GITOPS_DRIFT_CATEGORY:-gitops-drift}"
fi

if [ -n "${GITOPS_DRIFT_PATCH_BRANCH:-}" ] && [ "${CI_COMMIT_BRANCH:-}" = "${CI_DEFAULT_BRANCH:-none}" ]; then
  # Git is given the token in its environment: arguments and URLs show up in process lists and messages.
  credentials=$(printf 'gitops-drift:%s' "${GITOPS_DRIFT_GITLAB_TOKEN:?is needed for the merge request with the patches}" |
    base64 | tr -d '\n')
  export GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_1="http.${CI_SERVER_URL}/.extraHeader"
  export GIT_CONFIG_VALUE_1="Authorization: Basic $credentials"
  node "$home/bin/gitops-drift-ci.js" patches --report "$reports/drift.json" --diff "$reports/drift.patch" \
    --body "$reports/drift.md" --branch="$GITOPS_DRIFT_PATCH_BRANCH" \
    --max-severity="${GITOPS_DRIFT_PATCH_MAX_SEVERITY:-medium}" --remote "$CI_PROJECT_URL.git" \
    --repository "${GITOPS_DRIFT_REPOSITORY:-.}" >"$reports/patches.txt"
fi
exit "$code"
