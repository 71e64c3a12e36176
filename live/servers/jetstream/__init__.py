"""Bluesky's own Jetstream in front of a server of Bluesky's that keeps what it has when it is killed."""

from live.servers.jetstream.server import Firehose, running_firehose

__all__ = ["Firehose", "running_firehose"]
