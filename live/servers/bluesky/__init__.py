"""A real Bluesky network on this machine, and the people in it."""

from live.servers.bluesky.network import Bluesky
from live.servers.bluesky.people import Person

__all__ = ["Bluesky", "Person"]
