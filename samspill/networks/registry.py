"""Which networks there are: one line each."""

from samspill.networks.base import Network

NETWORKS: dict[str, Network] = {}
