#!/usr/bin/env bash
# Build Jetstream into the cache, once for each go.sum, with the machine's Go or one of its own. Prints nothing when done.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${SAMSPILL_LIVE_CACHE:-$HOME/.cache/samspill-live}/jetstream
wanted=$(cat "$here/go.mod" "$here/go.sum" | sha256sum | cut -c1-16)

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
[ "$(cat "$cache/installed" 2>/dev/null)" = "$wanted" ] && exit 0

echo "live: building Jetstream (two to six minutes, once)"
rm -f "$cache/installed"
cp "$here/go.mod" "$here/go.sum" "$cache"
cd "$cache"
{
  go=$(command -v go || true)
  if [ -z "$go" ] || ! "$go" version | grep -Eq 'go1\.(2[4-9]|[3-9][0-9])'; then
    python3 -m venv "$cache/venv"
    "$cache/venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$here/requirements.txt"
    go="$cache/venv/bin/go"
  fi
  export GOPATH=$cache/go GOCACHE=$cache/build GOTOOLCHAIN=local GOFLAGS="-buildvcs=false -modcacherw"
  nice "$go" build -o jetstream github.com/bluesky-social/jetstream/cmd/jetstream
  rm -rf "$cache/go" "$cache/build" "$cache/venv"  # a gigabyte that is not needed to run it
} >"$cache/install.log" 2>&1 || {
  tail -40 "$cache/install.log" >&2
  echo "live: Jetstream could not be built; the whole log is $cache/install.log" >&2
  exit 1
}
echo "$wanted" >"$cache/installed"
