#!/usr/bin/env bash
# Keeps the branch, and the pull request, with the patches of the scan; $REPORTS is the folder that scan.sh wrote.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

request=()
if [ "${PULL_REQUEST:-true}" != true ]; then request=(--no-request); fi
node "$home/bin/gitops-drift-ci.js" patches --report "$REPORTS/drift.json" --diff "$REPORTS/drift.patch" \
  --body "$REPORTS/drift.md" --branch="$BRANCH" --max-severity="${MAX_SEVERITY:-medium}" --repository "${REPOSITORY:-.}" ${request[@]+"${request[@]}"} \
  >>"$GITHUB_OUTPUT"
