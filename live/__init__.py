"""Tests against real servers, started here and bound to this machine: `make live`."""
