"""For which addresses the installation's own server sends: any organization may give its inboxes any address that nobody has yet."""

from core.channels.email.parsing.addresses import ascii_domain
from core.settings import settings


def is_served(address: str) -> bool:
    """Whether an address is in one of `LACASA_MAIL_DOMAINS` or below it; without any, all are."""
    domain, domains = _plain(address.rpartition("@")[2]), settings().mail_domains
    return not domains or any(domain == one or domain.endswith(f".{one}") for one in map(_plain, domains) if one)


def _plain(domain: str) -> str:
    """As DNS writes it."""
    return ascii_domain(domain.strip().strip("@.")).lower()
