"""Which addresses lie in the open internet, so that nobody can send us into a private network."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

# Beside what `is_global` knows: it takes several of these for public, and some of them carry a v4 address.
CLOSED = [
    ip_network("0.0.0.0/8"),
    ip_network("10.0.0.0/8"),
    ip_network("100.64.0.0/10"),
    ip_network("127.0.0.0/8"),
    ip_network("169.254.0.0/16"),
    ip_network("172.16.0.0/12"),
    ip_network("192.0.0.0/24"),
    ip_network("192.0.2.0/24"),
    ip_network("192.88.99.0/24"),
    ip_network("192.168.0.0/16"),
    ip_network("198.18.0.0/15"),
    ip_network("198.51.100.0/24"),
    ip_network("203.0.113.0/24"),
    ip_network("224.0.0.0/4"),
    ip_network("240.0.0.0/4"),
    ip_network("2001::/23"),  # Teredo and others
    ip_network("2001:db8::/32"),
    ip_network("2002::/16"),  # 6to4
    ip_network("3fff::/20"),
]
OPEN_V6 = ip_network(
    "2000::/3"
)  # the only unicast addresses given out so far; NAT64 and the like lie outside
ISATAP = {0x00005EFE, 0x02005EFE}  # the third quarter of an address that carries a v4 address in its fourth


def is_public(address: str) -> bool:
    """Whether an address as the resolver gave it can only be a server on the open internet."""
    try:
        place = ip_address(address)
    except ValueError:
        return False  # such as fe80::1%eth0, which names an interface of this machine
    if not place.is_global or place.is_multicast or any(place in network for network in CLOSED):
        return False
    if isinstance(place, IPv6Address):
        return place in OPEN_V6 and (int(place) >> 32) & 0xFFFFFFFF not in ISATAP
    return True
