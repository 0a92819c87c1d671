# shellcheck shell=bash
# Sourced by the scripts for GitHub and GitLab before they scan. The earlier report comes from elsewhere (an artifact that has
# expired, a night that failed, a download that broke): where it can't be had, this says so, and the scan goes on without.

# shellcheck disable=SC2154 # set by the script that sources this
if [ -n "${GITOPS_DRIFT_NEW_SINCE:-}" ]; then
  GITOPS_DRIFT_NEW_SINCE=$(node "$home/bin/gitops-drift-ci.js" earlier -- "$GITOPS_DRIFT_NEW_SINCE")
fi
