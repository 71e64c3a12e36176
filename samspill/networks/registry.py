"""Which networks there are: one line each."""

from pathlib import Path

from django.conf import settings

from samspill.networks.base import Network
from samspill.networks.bluesky.network import Bluesky
from samspill.networks.demo.network import Demo
from samspill.networks.feed.network import Feed
from samspill.networks.mastodon.network import Mastodon

ALL: list[Network] = [
    Bluesky(plc=settings.PLC),
    Mastodon(),
    Feed(),
    Demo(lambda: Path(settings.DATA_DIR) / "demo-network.sqlite3"),
]
NETWORKS: dict[str, Network] = {network.key: network for network in ALL}


def network_name(key: str) -> str:
    """As people call it; the key itself of one that is not known here."""
    network = NETWORKS.get(key)
    return str(network.name) if network else key
