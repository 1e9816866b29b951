"""What large providers send in a form of their own: notifications as JSON (Amazon SES through SNS), complaints of Outlook.com (JMRP)."""

import json
import re
from typing import Any

from core.channels.email.parsing import Mail
from core.channels.email.returned import reasons, texts
from core.channels.email.returned.structs import HARD, Recipient, Returned

JSON_MAX = 64 * 1024
RECIPIENTS_MAX = 50
BROKEN_LINE = re.compile(r"!\n ")
"""Some servers break lines of more than 990 letters so."""
COMPLAINT = re.compile(r"complaint about message from ", re.IGNORECASE)
NOTIFIES = ("@sns.amazonaws.com", ".sns.amazonaws.com")
COMPLAINS = "staff@hotmail.com"
LISTED = {"Bounce": ("bounce", "bouncedRecipients"), "Complaint": ("complaint", "complainedRecipients")}


def complains(mail: Mail) -> bool:
    """The forwarded mail stands as an attachment, no report beside it."""
    is_theirs = any(sender.address.lower() == COMPLAINS for sender in mail.senders)
    return (
        is_theirs
        and bool(COMPLAINT.match(mail.subject.strip()))
        and any(part.content_type == "message/rfc822" for part in mail.attachments)
    )


def notification(mail: Mail) -> Returned | None:
    """What a notification says; None where the mail is none."""
    text = BROKEN_LINE.sub("", mail.text[:JSON_MAX])
    is_theirs = any(sender.address.lower().endswith(NOTIFIES) for sender in mail.senders)
    if not is_theirs or not text.startswith("{") or "notificationType" not in text:
        return None
    try:
        said, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return _read(said) if isinstance(said, dict) else None


def _read(said: dict[str, Any]) -> Returned | None:
    kind = said.get("notificationType")
    original = _dict(said.get("mail"))
    identifier = texts.identifier(str(original.get("messageId") or ""))
    if kind == "Delivery":
        found = [_recipient(str(address), {}, "delivered") for address in _list(_dict(said.get("delivery")).get("recipients"))]
    elif kind in LISTED:
        name, listed = LISTED[kind]
        entries = [entry for entry in map(_dict, _list(_dict(said.get(name)).get(listed))) if entry]
        found = [_recipient(str(entry.get("emailAddress") or ""), entry, kind) for entry in entries]
    else:
        return None
    if not found:
        return None
    return Returned(
        kind={"Bounce": "failed", "Complaint": "complaint"}.get(str(kind), "delivered"),  # type: ignore[arg-type]  # its values are kinds
        recipients=tuple(found[:RECIPIENTS_MAX]),
        message_id=identifier,
    )


def _recipient(address: str, entry: dict[str, Any], kind: str) -> Recipient:
    given = texts.address_in(address)
    if kind != "Bounce":
        return Recipient(address=given, reason="delivered" if kind == "delivered" else "unknown", hard=False)
    diagnostic = str(entry.get("diagnosticCode") or "").partition(";")[2].strip()
    status = texts.best_status(str(entry.get("status") or ""), diagnostic)
    reply = texts.reply_in(diagnostic)
    reason = reasons.reason_of(diagnostic, status, reply)
    return Recipient(
        address=given, reason=reason, hard=reason in HARD, status=status, reply=reply, diagnostic=texts.one_line(diagnostic)
    )


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value[:RECIPIENTS_MAX] if isinstance(value, list) else []
