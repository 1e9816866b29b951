"""What opens a shop, sealed at rest and never told."""

import msgspec

from core.auth.sealing import seal, unseal
from core.extend.sealing import Sealed

PURPOSE = "integration"


class Credentials(msgspec.Struct, frozen=True):
    """`secrets` sign its webhooks: the present one, and the last while it may still be in use. `access` opens its API, in its platform's words."""

    secrets: list[str]
    access: dict[str, str] = {}


SEALED = (Sealed(table="integrations", column="credentials", purpose=lambda row: PURPOSE),)


def sealed(credentials: Credentials) -> str:
    return seal(PURPOSE, credentials)


def opened(text: str) -> Credentials:
    """
    Raises:
        Unauthenticated: it was not sealed here.
    """
    return unseal(PURPOSE, text, Credentials)
