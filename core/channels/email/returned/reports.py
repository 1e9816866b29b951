"""Reports that programs write for programs: RFC 3464 (delivery status) and RFC 5965 (feedback, ARF)."""

import re

import msgspec

from core.channels.email.returned import reasons, texts
from core.channels.email.returned.structs import HARD, Reason, Recipient

BYTES_MAX = 256 * 1024
RECIPIENTS_MAX = 100
TALK_MAX = 4000
FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*(.*)\Z", re.DOTALL)
FOLD = re.compile(r"\n[ \t]+")
DELIVERED = frozenset({"delivered", "relayed", "expanded"})
CATEGORIES: dict[str, Reason] = {
    "bad-mailbox": "user_unknown", "bad-domain": "host_unknown", "inactive-mailbox": "disabled", "quota-issues": "mailbox_full",
    "relaying-issues": "relay_denied", "spam-related": "spam", "virus-related": "virus",
}  # fmt: skip
"""What PowerMTA makes of an answer, in a field of its own; its other categories say less than the answer itself."""
MORE_THAN_THE_CODE = 12
"""A diagnostic of more letters than its codes says something itself."""


def is_in(text: str) -> bool:
    """Whether a report stands within a text, where the parts of a mail were lost on its way."""
    said = text[:BYTES_MAX].lower()
    return "\nfinal-recipient:" in said and "\naction:" in said and "\nstatus:" in said


def fields(data: bytes) -> list[dict[str, str]]:
    """Groups of fields, names in small letters; of a field given twice in a group the first counts."""
    text = FOLD.sub(" ", data[:BYTES_MAX].decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\x00", ""))
    groups: list[dict[str, str]] = []
    for block in text.split("\n\n", RECIPIENTS_MAX * 2):
        group: dict[str, str] = {}
        for line in block.split("\n"):
            match = FIELD.match(line.strip())
            if match:
                group.setdefault(match.group(1).lower(), match.group(2).strip())
        if group:
            groups.append(group)
    return groups


def recipients(groups: list[dict[str, str]], prose: str) -> tuple[list[Recipient], bool]:
    """Each recipient that a report names, and whether all of it is only about a delay. `prose`: what the report says to people."""
    found: list[Recipient] = []
    actions: list[str] = []
    for group in groups:
        named = group.get("final-recipient") or group.get("original-recipient") or group.get("x-actual-recipient") or ""
        if not (named or "action" in group or "status" in group) or len(found) >= RECIPIENTS_MAX:
            continue
        action = group.get("action", "failed").split(" ", 1)[0].strip("();,").lower()
        actions.append(action)
        found.append(_recipient(group, named, action, prose))
    if len(found) == 1:
        found = [_as_told_to_people(found[0], prose)]
    return found, bool(actions) and all(action == "delayed" for action in actions)


def _as_told_to_people(one: Recipient, prose: str) -> Recipient:
    """A mailbox that is full or closed is there, though a code says that nobody is: an address is given up only where nothing speaks for it."""
    told = reasons.there(prose[:TALK_MAX]) if one.reason == "user_unknown" else None
    return one if told is None else msgspec.structs.replace(one, reason=told, hard=told in HARD)


def _recipient(group: dict[str, str], named: str, action: str, prose: str) -> Recipient:
    address = (
        texts.address_in(named) or texts.address_in(group.get("original-recipient", "")) or named.partition(";")[2].strip(" <>")
    )
    diagnostic = (
        group.get("diagnostic-code", "").partition(";")[2].strip()
        or group.get("diagnostic-code", "")
        or group.get("x-supplementary-info", "")
    )
    said = diagnostic
    if len(diagnostic) < MORE_THAN_THE_CODE or (address and address not in prose and len(diagnostic) < 4 * MORE_THAN_THE_CODE):
        said = f"{diagnostic} {_about(prose, address)}"
    status = texts.best_status(group.get("status", ""), said)
    reply = texts.reply_in(diagnostic) or texts.reply_in(said)
    if action in DELIVERED:
        return Recipient(
            address=address, reason="delivered", hard=False, status=status, reply=reply, diagnostic=texts.one_line(diagnostic)
        )
    category = group.get("x-powermta-bouncecategory", "").lower()
    reason = CATEGORIES.get(category) or reasons.reason_of(said, status, reply, prose[:TALK_MAX])
    if reason == "unknown" and prose:
        reason = reasons.reason_of(_about(prose, address), status, reply)
    hard = reason in HARD and action != "delayed"
    return Recipient(address=address, reason=reason, hard=hard, status=status, reply=reply, diagnostic=texts.one_line(said))


def _about(prose: str, address: str) -> str:
    """What the prose says of an address: from where it first stands."""
    place = prose.find(address) if address else 0
    return prose[max(place, 0) :][:2000]


def complained(groups: list[dict[str, str]], original_to: list[str]) -> list[Recipient]:
    """Who complained: as the report says, else to whom the mail went."""
    named = [
        texts.address_in(group[name]) for group in groups for name in ("original-rcpt-to", "removal-recipient") if name in group
    ]
    kind = next((group["feedback-type"] for group in groups if "feedback-type" in group), "abuse")
    addresses = [address for address in named if address] or original_to or [""]
    return [
        Recipient(address=address, reason="unknown", hard=False, diagnostic=kind[:100])
        for address in dict.fromkeys(addresses[:RECIPIENTS_MAX])
    ]
