"""The Message-ID of a mail of a mailing: always the same, so that it tells a mail that was sent twice, and signed, so that nobody makes one up.

A report about the mail, and whoever answers it, brings it back.
"""

import hmac
import re

from core.auth.tokens import digest

SIGNATURE = 20
"""Hexadecimal digits: 80 bits."""
OWN_ID = re.compile(r"lacasa-mail\.(\d{1,19})\.([0-9a-f]{20})@")
BIGGEST = 2**63 - 1


def message_id(organization_id: int, send_id: int, domain: str) -> str:
    """Without brackets."""
    return f"lacasa-mail.{send_id}.{_signature(organization_id, send_id)}@{domain}"


def send_of_id(organization_id: int, given: str) -> int | None:
    """The mail of a Message-ID that we made for this organization; None for any other. Mail programs may have changed the case of letters."""
    found = OWN_ID.match(given.lower().strip("<>"))
    if found is None or int(found[1]) > BIGGEST or not hmac.compare_digest(found[2], _signature(organization_id, int(found[1]))):
        return None
    return int(found[1])


def _signature(organization_id: int, send_id: int) -> str:
    return digest("mailing", str(organization_id), str(send_id))[:SIGNATURE]
