#!/usr/bin/env bash
# Builds gitops-drift where the runner has put this action, unless it is built. The lock file says what is installed, and no
# install script of a package is run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# A release brings what is built along, and no sources (scripts/release-action.js).
if [ ! -d src ]; then exit 0; fi
# A job may use the action several times.
if [ -f node_modules/.gitops-drift-built ]; then exit 0; fi
# The compiler is a development dependency, which NODE_ENV=production would leave out.
npm ci --include=dev --ignore-scripts --no-audit --no-fund --loglevel=error
npm run --silent build
touch node_modules/.gitops-drift-built
