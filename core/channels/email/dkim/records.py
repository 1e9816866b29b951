"""The TXT record that says by which key a domain's mail is signed, and whether DNS has it. Its library is imported on first use: few ask."""

from typing import TYPE_CHECKING

from core.channels.email import people
from core.channels.email.dkim.structs import RecordCheck

if TYPE_CHECKING:
    from dns.asyncresolver import Resolver

ANSWER_S = 5.0
SAID_MAX = 300


def name(domain: str, selector: str) -> str:
    return f"{selector}._domainkey.{domain}"


def value(public_key: str) -> str:
    return f"v=DKIM1; k=rsa; p={public_key}"


async def check(domain: str, selector: str, public_key: str) -> RecordCheck:
    """Ask this machine's name server."""
    import dns.exception
    import dns.resolver

    try:
        answer = await resolver().resolve(f"{name(domain, selector)}.", "TXT", lifetime=ANSWER_S)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return RecordCheck("missing", "")
    except (dns.exception.DNSException, OSError) as error:
        return RecordCheck("unanswered", people.line(str(error), SAID_MAX))
    texts = [b"".join(record.strings).decode(errors="replace") for record in answer]
    if len(texts) == 1 and says(texts[0], public_key):
        return RecordCheck("found", "")
    return RecordCheck("different", people.line(" · ".join(texts), SAID_MAX))


def says(text: str, public_key: str) -> bool:
    """Whether a record names this key, in whatever pieces it was typed."""
    tags = {tag.strip(): "".join(content.split()) for tag, _, content in (part.partition("=") for part in text.split(";"))}
    return tags.get("v", "DKIM1") == "DKIM1" and tags.get("k", "rsa") == "rsa" and tags.get("p") == public_key


def resolver() -> "Resolver":
    """By this machine's settings, read anew: they change while a process runs.

    Raises:
        dns.resolver.NoResolverConfiguration: there are none.
    """
    from dns.asyncresolver import Resolver

    return Resolver()
