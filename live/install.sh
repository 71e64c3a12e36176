#!/usr/bin/env bash
# Install what the live tests need on a Debian machine, as root: system packages, then the servers in a cache.
# Repeated runs take a moment and print nothing. Anything that fails stops it with a message.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

packages=(
  build-essential python3 python3-venv  # SQLite for the Bluesky network is compiled here
  postgresql redis-server               # below the Bluesky network
  chromium                              # pages as a person sees them
  fonts-inter fonts-dejavu-core fonts-noto-core fonts-noto-color-emoji
  libreoffice-impress libreoffice-writer poppler-utils  # the strategy's files as somebody else opens them
)
command -v node >/dev/null || packages+=(nodejs libnode-dev)
command -v npm >/dev/null || packages+=(npm)

missing=()
for package in "${packages[@]}"; do
  state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [ "$state" = "install ok installed" ] || missing+=("$package")
done

if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "live: run this as root once, or install: ${missing[*]}" >&2
    exit 1
  fi
  echo "live: installing ${missing[*]}"
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 || {
    tail -40 "$log" >&2
    echo "live: the system packages could not be installed" >&2
    exit 1
  }
  rm -f "$log"
fi

"$here/servers/bluesky/install.sh"
"$here/servers/mastodon/install.sh"
"$here/servers/jetstream/install.sh"
"$here/recorded/install.sh"
