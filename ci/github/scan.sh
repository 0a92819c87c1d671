#!/usr/bin/env bash
# Scans once and writes the report in all formats that the other steps take. It leaves the exit code of the scan to the
# last step of the action, so that a failing scan is told before it fails the job.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# What is printed quotes templates and the cloud, where anybody may have written a command to the runner. It heeds none up
# to a word that nobody can guess (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands).
# Of two streams it could read one's text before the other's command, so that there is only one.
exec 2>&1
# What this says is a command, and escaped.
# shellcheck source-path=SCRIPTDIR source=../earlier.sh
. "$home/ci/earlier.sh"
word=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
resume() { printf '\n::%s::\n' "$word"; }
printf '::stop-commands::%s\n' "$word"
trap resume EXIT

# shellcheck source-path=SCRIPTDIR source=../arguments.sh
. "$home/ci/arguments.sh"

reports=$(mktemp -d "${RUNNER_TEMP:-/tmp}/gitops-drift-XXXXXX")
arguments+=(
  -o "table=$reports/drift.txt" -o "json=$reports/drift.json" -o "sarif=$reports/drift.sarif"
  -o "markdown=$reports/drift.md" -o "html=$reports/drift.html" -o "github=$reports/annotations.txt"
  "--patch=$reports/drift.patch"
)
code=0
node "$home/bin/gitops-drift.js" "${arguments[@]}" || code=$?

if [ -f "$reports/drift.sarif" ]; then
  node "$home/bin/gitops-drift-ci.js" code-scanning "$reports/drift.sarif" >"$reports/code-scanning.sarif"
fi

# Without a report (a mistake in the configuration, say) all files are missing, and stderr has told why.
if [ -f "$reports/drift.txt" ]; then cat "$reports/drift.txt"; fi
{
  printf 'exit-code=%s\n' "$code"
  printf 'reports=%s\n' "$reports"
  for format in json sarif html patch; do
    if [ -f "$reports/drift.$format" ]; then printf '%s=%s\n' "$format" "$reports/drift.$format"; fi
  done
  if [ -f "$reports/code-scanning.sarif" ]; then printf 'code-scanning=%s\n' "$reports/code-scanning.sarif"; fi
  if [ -f "$reports/drift.md" ]; then printf 'markdown=%s\n' "$reports/drift.md"; fi
  if [ -f "$reports/drift.json" ]; then node "$home/bin/gitops-drift-ci.js" outputs "$reports/drift.json"; fi
} >>"$GITHUB_OUTPUT"

if [ "${GITOPS_DRIFT_SUMMARY:-true}" = true ]; then
  if [ -f "$reports/drift.md" ]; then
    cat "$reports/drift.md" >>"$GITHUB_STEP_SUMMARY"
  else
    printf 'gitops-drift could not scan (exit code %s); the log of the step says why.\n' "$code" >>"$GITHUB_STEP_SUMMARY"
  fi
fi

trap - EXIT
resume
# These are commands on purpose, and escaped by the format.
if [ -f "$reports/annotations.txt" ]; then cat "$reports/annotations.txt"; fi
