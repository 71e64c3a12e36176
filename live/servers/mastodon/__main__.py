"""Run the Mastodon stand-in by hand until Ctrl-C: python -m live.servers.mastodon."""

import signal

from live.servers.mastodon.server import running_mastodon

with running_mastodon(port=3000) as server:
    print(server.url, flush=True)
    signal.sigwait({signal.SIGINT, signal.SIGTERM})
