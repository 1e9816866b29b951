"""For which addresses the installation's own server sends: any organization may give its inboxes any address that nobody has yet."""

from core.channels.email.parsing.addresses import ascii_domain


def are_served(address: str, domains: tuple[str, ...]) -> bool:
    """Whether an address is in one of these domains or below it; without any, all are."""
    domain = _plain(address.rpartition("@")[2])
    return not domains or any(domain == one or domain.endswith(f".{one}") for one in map(_plain, domains) if one)


def _plain(domain: str) -> str:
    """As DNS writes it."""
    return ascii_domain(domain.strip().strip("@.")).lower()
