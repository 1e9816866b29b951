"""Names by which a conversation is found again: a tag in our address, and the Message-ID of what we send. Signed, so that nobody makes one up.

The Message-ID of a forward is of another kind: a report about it finds it, but whoever answers it is led into no conversation.
Both hold up to mail programs that change the case of letters. A name is worth nothing in another organization.
"""

import hmac
import re

from core.auth.tokens import digest

SIGNATURE = 20
"""Hexadecimal digits: 80 bits."""
TAG = re.compile(r"c(\d{1,19})-([0-9a-f]{20})\Z")
SEND_TAG = re.compile(r"m(\d{1,19})-([0-9a-f]{20})\Z")
OWN_ID = re.compile(r"lacasa(-fwd)?\.(\d{1,19})\.(\d{1,19})\.([0-9a-f]{20})@")
KEY = re.compile(r"(?:\+|%(?:25)*2b)[cm]\d{1,19}-[\s>|]{0,8}[0-9a-f]{20}", re.IGNORECASE)
"""Also where a mail program broke the line after the hyphen, and quoted it since."""
BIGGEST = 2**63 - 1


def tagged(address: str, organization_id: int, conversation_id: int) -> str:
    """Our address, to which answers of this conversation go: `support+c42-…@example.com`."""
    local, _, domain = address.partition("@")
    return f"{local}+c{conversation_id}-{_signature('tag', organization_id, conversation_id)}@{domain}"


def conversation_of_tag(organization_id: int, recipient: str) -> int | None:
    """The conversation that a recipient's tag names; None: it has none, or none of this organization's."""
    return _tagged(TAG, "tag", organization_id, recipient)


def tagged_for_send(address: str, organization_id: int, send_id: int) -> str:
    """Our address, to which answers to a mail of a mailing go: `news+m42-…@example.com`."""
    local, _, domain = address.partition("@")
    return f"{local}+m{send_id}-{_signature('send', organization_id, send_id)}@{domain}"


def send_of_tag(organization_id: int, recipient: str) -> int | None:
    """The mail of a mailing that a recipient's tag names; None: it has none, or none of this organization's."""
    return _tagged(SEND_TAG, "send", organization_id, recipient)


def _tagged(pattern: re.Pattern[str], kind: str, organization_id: int, recipient: str) -> int | None:
    _, plus, tag = recipient.rpartition("@")[0].rpartition("+")
    found = pattern.match(tag.lower()) if plus else None
    if found is None or not hmac.compare_digest(found[2], _signature(kind, organization_id, int(found[1]))):
        return None
    return _known(int(found[1]))


def untagged(text: str) -> str:
    """A text without the tags in it: whoever read one could write into the conversation."""
    return KEY.sub("", text)


def message_id(organization_id: int, conversation_id: int, message: int, domain: str, *, forwards: bool = False) -> str:
    """The Message-ID, without brackets, of one of our messages: always the same, so it also tells a mail that was sent twice."""
    signature = _signature("forward" if forwards else "id", organization_id, conversation_id, message)
    return f"lacasa{'-fwd' if forwards else ''}.{conversation_id}.{message}.{signature}@{domain}"


def is_forward(given: str) -> bool:
    """Whether a Message-ID that we made is a forward's."""
    found = OWN_ID.match(given.lower())
    return found is not None and found[1] is not None


def conversation_of_id(organization_id: int, given: str) -> int | None:
    """The conversation of a Message-ID that we made; None for any other."""
    found = message_of_id(organization_id, given)
    return None if found is None else found[0]


def message_of_id(organization_id: int, given: str) -> tuple[int, int] | None:
    """Conversation and message of a Message-ID that we made; None for any other."""
    found = OWN_ID.match(given.lower())
    if found is None:
        return None
    conversation_id, message = int(found[2]), int(found[3])
    if not hmac.compare_digest(found[4], _signature("forward" if found[1] else "id", organization_id, conversation_id, message)):
        return None
    return (conversation_id, message) if max(conversation_id, message) <= BIGGEST else None


def _signature(kind: str, *numbers: int) -> str:
    return digest("mail", kind, *map(str, numbers))[:SIGNATURE]


def _known(number: int) -> int | None:
    return number if number <= BIGGEST else None
