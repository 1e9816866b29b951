"""What a mail is, before anybody asks where it belongs: something that people should see, or not."""

from typing import Literal

import msgspec

from core.channels.email import people, returned
from core.channels.email.parsing import Address, Mail

REPLIES = frozenset({"away", "loop_mark"})
"""Signs that a machine answered something of ours."""
State = Literal["ignored", "quarantined"]


class Verdict(msgspec.Struct, frozen=True):
    """`state` empty: it becomes a message; then `sender` wrote it, and `automatic` tells why no machine may answer it, if none may.

    `report`: what it says of a mail of ours, if it is about one.
    """

    state: State | Literal[""] = ""
    reason: str = ""
    sender: Address = Address("", "")
    automatic: str = ""
    report: returned.Returned | None = None


def judge(mail: Mail, mail_from: str, ours: frozenset[str]) -> Verdict:
    """`mail_from`: the envelope's sender; `ours`: addresses of our inboxes, in lower case."""
    if mail.refused:
        return Verdict("quarantined", f"over_{mail.refused}")
    report = returned.read(mail)
    if report is not None:
        return Verdict("ignored", report.kind, report=report)
    automatic = returned.is_automatic(mail, return_path=mail_from, own=ours)
    if automatic == "own":
        return Verdict("ignored", "own")
    if automatic in REPLIES or mail.header("auto-submitted").strip().lower().startswith("auto-replied"):
        return Verdict("ignored", "automatic_reply")
    sender = _sender(mail, mail_from)
    if not people.key(sender.address):
        return Verdict("quarantined", "no_sender")
    return Verdict(sender=sender, automatic=automatic)


def _sender(mail: Mail, mail_from: str) -> Address:
    """Who wrote it: From, as people read it; where that names nobody, the envelope."""
    named = [one for one in mail.senders if people.key(one.address)]
    return named[0] if named else Address("", mail_from)
