"""Mail that comes back: bounces, delays, complaints; and mail that machines wrote."""

from core.channels.email.parsing import Attachment, Mail, headers, parse
from core.channels.email.returned import prose, providers, reports, texts
from core.channels.email.returned.automatic import is_automatic, is_away
from core.channels.email.returned.structs import HARD, Reason, Recipient, Returned

__all__ = ["HARD", "Reason", "Recipient", "Returned", "is_automatic", "read"]

COPIES = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/partial",
    "message/global",
    "message/global-headers",
    "text/rfc822",
)
STATUS = ("message/delivery-status", "message/global-delivery-status")
COPY_BYTES = 64 * 1024
MARKS = 2
ALL_MARKS = 3
INNER_BYTES = 1024 * 1024


def read(mail: Mail) -> Returned | None:
    """What a report says; None for any other mail. Never raises.

    A report in the standard's form is believed. Prose is one where at least two signs come together (a machine as the sender, or none; a subject that
    says so; a text that says so), and it says what went wrong. Where only a report is forwarded in it, that one is read.

    Whoever can write to us can forge all of this: only what names a mail that we sent (`message_id`, recipient) may change anything.
    """
    return _report(mail) or _prose(mail, may_look_within=True)


def _report(mail: Mail) -> Returned | None:
    said, copy = prose.said(mail)
    feedback = next((part for part in mail.attachments if part.content_type == "message/feedback-report"), None)
    if feedback is not None or providers.complains(mail):
        groups = reports.fields(feedback.data) if feedback is not None else []
        return Returned(
            kind="complaint", recipients=tuple(reports.complained(groups, _to_of_copy(mail))), message_id=_message_id(mail, copy)
        )
    status = next((part for part in mail.attachments if part.content_type in STATUS), None)
    if status is None and not (reports.is_in(mail.text) and prose.marks(mail, said)):
        return providers.notification(mail)
    found, delayed = reports.recipients(reports.fields(status.data if status is not None else mail.text.encode()), said)
    return _returned(found, _message_id(mail, copy), delayed=delayed) if found else None


def _prose(mail: Mail, *, may_look_within: bool) -> Returned | None:
    said, copy = prose.said(mail)
    marks = prose.marks(mail, said)
    if marks < MARKS or is_away(mail):
        return None
    if prose.is_specific(mail, said):
        return _returned(prose.recipients(mail, said, copy), _message_id(mail, copy), delayed=False)
    inner = next((part for part in mail.attachments if part.content_type == "message/rfc822"), None) if may_look_within else None
    if inner is not None:
        within = parse(inner.data[:INNER_BYTES])
        found = _report(within) or _prose(within, may_look_within=False)
        if found is not None:
            return found
    if marks < ALL_MARKS or not _to_of_copy(mail):
        return None
    unnamed = [prose.unnamed(address, said) for address in _to_of_copy(mail)]
    return _returned(unnamed, _message_id(mail, copy), delayed=False)


def _returned(found: list[Recipient], message_id: str, *, delayed: bool) -> Returned:
    all_delivered = all(recipient.reason == "delivered" for recipient in found)
    return Returned(
        kind="delivered" if all_delivered else "delayed" if delayed else "failed", recipients=tuple(found), message_id=message_id
    )


def _copy_fields(mail: Mail) -> list[tuple[str, str, bytes]]:
    part: Attachment | None = next((part for part in mail.attachments if part.content_type in COPIES), None)
    return headers.lenient(part.data[:COPY_BYTES]) if part is not None else []


def _message_id(mail: Mail, copy: str) -> str:
    """Of the mail that came back: from its copy, else from what the report answers."""
    from_part = headers.first(_copy_fields(mail), "message-id").decode("ascii", errors="replace")
    found = texts.identifier(from_part) or prose.message_id(copy)
    named = mail.in_reply_to or mail.references[-1:]
    return found or (named[0] if named else "")


def _to_of_copy(mail: Mail) -> list[str]:
    return texts.addresses_in(headers.first(_copy_fields(mail), "to").decode("utf-8", errors="replace"))
