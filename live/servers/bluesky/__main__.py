"""Run the network by hand until Ctrl-C: python -m live.servers.bluesky."""

import signal

from live.servers.bluesky.network import running_bluesky

with running_bluesky(pds=2583, appview=2584, plc=2582) as network:
    print(network, flush=True)
    signal.sigwait({signal.SIGINT, signal.SIGTERM})
