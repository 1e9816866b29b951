"""Network addresses: what of them one client can choose freely, and which belong to whom."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
CHOSEN_FREELY = 64
"""The bits of an IPv6 address, after as many of its network, that a single machine may change at will."""


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """Whom to count `address` as: an IPv6 address as its /64, one that is none as it stands."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((int(found) >> CHOSEN_FREELY << CHOSEN_FREELY, CHOSEN_FREELY)))


def coarse(address: str) -> str:
    """As much of an address as says where somebody was, and not who: the first 24 bits of IPv4, 48 of IPv6; empty where it is none."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    return str(ip_network((str(found), 24 if found.version == 4 else 48), strict=False))


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks (`10.0.0.0/8`) as settings name them.

    Raises:
        ValueError: one of them is neither.
    """
    return tuple(ip_network(text) for text in texts)


def is_within(address: str, known: Iterable[Network]) -> bool:
    """Whether `address` stands in one of the networks."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in known)
