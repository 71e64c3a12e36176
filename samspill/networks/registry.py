"""Which networks there are: one line each."""

from pathlib import Path

from django.conf import settings

from samspill.networks.base import Network
from samspill.networks.demo.network import Demo

NETWORKS: dict[str, Network] = {
    each.key: each for each in (Demo(lambda: Path(settings.DATA_DIR) / "demo-network.sqlite3"),)
}
