#!/usr/bin/env bash
# Install the Mastodon stand-in into the cache, once for each list of packages. Prints nothing when done.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${SAMSPILL_LIVE_CACHE:-$HOME/.cache/samspill-live}/mastodon
wanted=$(cat "$here/requirements.txt" <(python3 --version) | sha256sum | cut -c1-16)

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
[ "$(cat "$cache/installed" 2>/dev/null)" = "$wanted" ] && exit 0

echo "live: installing the Mastodon stand-in (ten seconds, once)"
rm -rf "$cache/installed" "$cache/venv"
python3 -m venv "$cache/venv"
"$cache/venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$here/requirements.txt"
echo "$wanted" >"$cache/installed"
