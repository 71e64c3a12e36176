#!/usr/bin/env bash
# Fetch what a real Mastodon has answered: the recordings in the source package of Mastodon.py (MIT licence).
# Once for each list; prints nothing when done. Runs after servers/mastodon/install.sh, whose pip it uses.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${SAMSPILL_LIVE_CACHE:-$HOME/.cache/samspill-live}
wanted=$(sha256sum "$here/requirements.txt" | cut -c1-16)

mkdir -p "$cache/recorded"
exec 9>"$cache/recorded/lock"
flock 9
[ "$(cat "$cache/recorded/installed" 2>/dev/null)" = "$wanted" ] && exit 0

echo "live: fetching the recorded answers of a Mastodon (ten seconds, once)"
rm -rf "$cache/recorded/installed" "$cache/recorded/"cassettes*
package=$(mktemp -d)
trap 'rm -rf "$package"' EXIT
"$cache/mastodon/venv/bin/python" -m pip download -q --disable-pip-version-check --no-deps \
  --no-binary Mastodon.py --require-hashes -r "$here/requirements.txt" -d "$package"
tar -xzf "$package"/*.tar.gz -C "$cache/recorded" --strip-components=2 --wildcards '*/tests/cassettes*/*.yaml'
echo "$wanted" >"$cache/recorded/installed"
