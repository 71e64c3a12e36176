#!/usr/bin/env bash
# Install the Bluesky network into the cache, once for each lock file and Node version. Prints nothing when done.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${SAMSPILL_LIVE_CACHE:-$HOME/.cache/samspill-live}/bluesky
wanted=$(cat "$here/package-lock.json" <(node --version) | sha256sum | cut -c1-16)

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
[ "$(cat "$cache/installed" 2>/dev/null)" = "$wanted" ] && exit 0

echo "live: installing the Bluesky network (two to three minutes, once)"
rm -rf "$cache/installed" "$cache/node_modules"
cp "$here/package.json" "$here/package-lock.json" "$cache"
cd "$cache"
{
  nice npm ci --ignore-scripts --no-audit --no-fund
  # SQLite is compiled here, with the headers that came with Node: no ready binary is downloaded.
  export npm_config_nodedir npm_config_build_from_source=true
  npm_config_nodedir=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
  nice npm rebuild better-sqlite3 --foreground-scripts
  node -e "new (require('better-sqlite3'))(':memory:').close(); require('sharp')"
} >"$cache/install.log" 2>&1 || {
  tail -40 "$cache/install.log" >&2
  echo "live: the Bluesky network could not be installed; the whole log is $cache/install.log" >&2
  exit 1
}
echo "$wanted" >"$cache/installed"
