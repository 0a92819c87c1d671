# shellcheck shell=bash
# Sourced by the scripts for GitHub and GitLab: fills the array `arguments` with what GITOPS_DRIFT_… asks `gitops-drift`
# to scan. No value is ever evaluated by a shell, and none can be taken for another option: they go in as --name=value.

arguments=(scan "${GITOPS_DRIFT_REPOSITORY:-.}")

# --name=value, if there is a value
one() {
  if [ -n "$2" ]; then arguments+=("--$1=$2"); fi
}

# --name=value for each of the values, which blanks or line breaks part
each() {
  local value
  local -a values
  # `read` splits without expanding globs, which are for gitops-drift.
  while read -r -a values; do
    for value in ${values[@]+"${values[@]}"}; do arguments+=("--$1=$value"); done
  done <<<"$2"
}

# --name, if it is on
flag() {
  case "$2" in
    true) arguments+=("--$1") ;;
    false | '') ;;
    *)
      printf 'error: "%s" has to be true or false, not "%s"\n' "$1" "$2" >&2
      exit 2
      ;;
  esac
}

one ref "${GITOPS_DRIFT_REF:-}"
one config "${GITOPS_DRIFT_CONFIG:-}"
each stack "${GITOPS_DRIFT_STACKS:-}"
each region "${GITOPS_DRIFT_REGIONS:-}"
one provider "${GITOPS_DRIFT_PROVIDER:-}"
one snapshot "${GITOPS_DRIFT_SNAPSHOT:-}"
one fail-on "${GITOPS_DRIFT_FAIL_ON:-}"
one new-since "${GITOPS_DRIFT_NEW_SINCE:-}"
flag strict "${GITOPS_DRIFT_STRICT:-}"
flag unmanaged "${GITOPS_DRIFT_UNMANAGED:-}"

# What has no variable of its own: one argument a line, as it is.
while IFS= read -r line; do
  if [ -n "$line" ]; then arguments+=("$line"); fi
done <<<"${GITOPS_DRIFT_ARGS:-}"
