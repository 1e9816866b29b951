"""How e-mail addresses are compared, in Python and in SQL alike, and the keyed hash under which one stays known where it must not be kept."""

import re

from core import texts
from core.auth import tokens

PLAIN = re.compile(texts.ADDRESS)
IN_SQL = texts.ADDRESS.replace("++", "+").replace(r"\Z", "$").replace("'", "''")
"""The same pattern in PostgreSQL's words."""
ENCODED = "=?"
"""What an encoded word begins with: mail programs would decode it, and make headers of what is in it."""
ADDRESS_MAX = 254


def normal(email: str | None) -> str:
    """The address as it is compared and kept; empty: it is none that mail is sent to."""
    return email.lower() if email and len(email) <= ADDRESS_MAX and ENCODED not in email and PLAIN.match(email) else ""


def normal_sql(column: str) -> str:
    """The same as an SQL expression over a text of at most `ADDRESS_MAX` characters."""
    return f"CASE WHEN {column} ~ '{IN_SQL}' AND position('{ENCODED}' IN {column}) = 0 THEN lower({column}) ELSE '' END"


def digest(organization_id: int, address: str) -> str:
    """64 hexadecimal digits by which an address, as `normal` gives it, is known again in this organization, and by nobody without our secret."""
    return tokens.digest("address", str(organization_id), address)


def digest_sql(address: str, first: int) -> str:
    """The same as an SQL expression; its three parameters, from `$first` on, are `digest_arguments`."""
    known = f"sha256(${first + 1}::bytea || ${first + 2}::bytea || convert_to({address}, 'UTF8'))"
    return f"encode(sha256(${first}::bytea || {known}), 'hex')"


def digest_arguments(organization_id: int) -> tuple[bytes, bytes, bytes]:
    return *tokens.digest_keys(), f"address\x00{organization_id}\x00".encode()
