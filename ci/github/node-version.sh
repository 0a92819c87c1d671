#!/usr/bin/env bash
# Tells whether the runner's own Node will do (package.json, "engines"), so that it is left alone where it can be.
set -euo pipefail

usable=false
if node -e '
  const [major, minor] = process.versions.node.split(".").map(Number);
  process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1);
' 2>/dev/null; then usable=true; fi
printf 'usable=%s\n' "$usable" >>"$GITHUB_OUTPUT"
