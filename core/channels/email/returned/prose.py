"""Returned mail that only people can read: about half of all. Nothing of it is a standard, so several marks must come together."""

import re

from core.channels.email.parsing import Mail
from core.channels.email.returned import reasons, texts
from core.channels.email.returned.structs import HARD, Recipient

TEXT_MAX = 16_000
RECIPIENTS_MAX = 50
LINES_MAX = 400
MACHINES = re.compile(
    r"(?:mailer[-_.]?daemon|post[-_.]?master|mail[-_.]?delivery|mail\.?daemon|mdaemon|mail-?system|mailsystem|bounces?|delivery|"
    r"mailadmin|smtp|mmdf|daemon|mail[-_.]?(?:server|gateway))"
    r"(?:[-_.+=][^@]{0,200})?(?:@|\Z)|mail delivery (?:sub)?system|mail deliver system|mail administrator",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"undeliver|(?:un)?deliver(?:y|able|ed)? (?:has |status |error|fail|problem|report|notif|reject|incomplete|delay)|delivery failure|"
    r"failure notice|returned (?:mail|e-?mail|message|to sender)|"
    r"mail (?:system error|fail|error)|mail.{0,20}(?:could not|not|cannot) be (?:sent|delivered)|mail delivery|message (?:delivery|"
    r"rejected|not delivered|undeliv|status)|delivery has failed|"
    r"could not (?:be delivered|send)|(?:error|problem).{0,20}(?:sending|delivering|deliver)|warning: (?:message|could not)|"
    r"non.?delivery|\bndn\b|\bndr\b|\bdsn\b|failed (?:mail|delivery|to deliver)|"
    r"not (?:be )?delivered|rejected (?:mail|message)|(?:mail|message).{0,12} rejected|bounce|unzustellbar|zustellung|nicht zugestellt|"
    r"non remis|non distribu|échec de la remise|"
    r"no se (?:puede|ha podido) entregar|no entregad|mancata consegna|non recapitat|niet (?:bezorgd|afgeleverd)|onbestelbaar|"
    r"nie dostarczono|не доставлен|"
    r"недоставлен|não entreg|falha na entrega|配信|送信できません|戻り|退信|投递失败|"
    r"userunknown|user unknown|delivery notification|notification d'?état|"
    r"returning message|devuelto|refus",
    re.IGNORECASE,
)
SAYS_FAILED = re.compile(
    r"(?:could|can|was|were|did|has|have|is|been|be)(?: ?n[o']t|not)(?: \w{1,20})?(?: be| been)? (?:deliver|sent|send|reach|accept|"
    r"relay)|unable to (?:deliver|send|relay|reach)|"
    r"(?:delivery|sending).{0,60}fail|fail(?:ed|ure)? .{0,40}(?:deliver|send|recipient|address|reason)|undeliver|"
    r"permanent(?:ly)? (?:fatal )?(?:error|fail)|address(?:es)? (?:\(es\) )?failed|"
    r"delivery (?:errors?|problems?|status|failed|to the following)|returned to (?:you|sender)|rejected|transcript of session|"
    r"remote (?:mail )?(?:host|server) said|error (?:message|from remote)|"
    r"failure reasons?|following (?:address|recipient)|giv(?:en|ing) up|permanent fatal|cannot be delivered|mailbox is full|"
    r"trouble delivering|still being retried|not accepted|invalid user|"
    r"bounced|nicht zugestellt|nicht übermittelt|n'a pas pu|no (?:pudo|se pudo|ha podido)|не (?:может быть )?доставлен|"
    r"配信|送信できませんでした|届きません|存在しません|退信",
    re.IGNORECASE,
)
COPY = re.compile(
    r"\A[ \t>*#=_|-]{0,80}(?:below this line is|this is a copy|original (?:e-?)?(?:message|mail)|the header of the original|"
    r"unsent message|returned message|included is a copy|"
    r"a copy of (?:the|your)|your (?:original )?(?:message|mail) (?:follows|headers|reads|begins|was as follows)|"
    r"headers? of (?:the )?(?:original|message|your)|message headers? follow|"
    r"(?:message )?(?:header|text) follows|bounced e-?mail|copy of (?:the|your) (?:original )?message|message follows|"
    r"undelivered message|begin(?:ning)? of (?:the )?(?:original|returned)|"
    r"forwarded message|message transcript|rejected message|----- (?:message|copy)|original headers|message contents|"
    r"ursprüngliche nachricht|message d'origine)|"
    r"\A(?:received|return-path|x-[a-z-]{1,40}|message-id|dkim-signature|mime-version)[ \t]?:",
    re.IGNORECASE,
)
MESSAGE_ID = re.compile(r"^[ \t>|]{0,8}message-id[ \t]?:[ \t\n]{0,10}<?([^<>\s]{1,500})>?", re.IGNORECASE | re.MULTILINE)
MARKS = " \t*•<(\"'>-"
NAMES = re.compile(r"\b(?:to|for|recipients?|user)[: ]{0,3}[<(\"'\[]?\Z", re.IGNORECASE)
"""What may stand before an address that is reported: nothing but marks, or a word that says so."""
BEFORE = 40
PASSAGE_LINES = 15
DAEMON = re.compile(r"mailer[-_.]?daemon@", re.IGNORECASE)


def said(mail: Mail) -> tuple[str, str]:
    """What a report says itself, and the copy of the mail below it."""
    lines = mail.text[:TEXT_MAX].split("\n")
    for place, line in enumerate(lines):
        if COPY.match(line) and any(before.strip() for before in lines[:place]):
            return "\n".join(lines[:place]), "\n".join(lines[place:])
    return "\n".join(lines), ""


def marks(mail: Mail, prose: str) -> int:
    """How many signs there are that a machine reports a failure: none where a person seems to write, for people write about failures, too."""
    sender = mail.senders[0] if mail.senders else None
    by_machine = sender is not None and bool(MACHINES.match(sender.address) or MACHINES.match(sender.name))
    path = mail.header("return-path").strip()
    without_sender = path in ("<>", "<MAILER-DAEMON>") or bool(MACHINES.match(path.lstrip("<"))) or not mail.senders
    says_so = bool(SUBJECT.search(mail.subject))
    fails = bool(SAYS_FAILED.search(texts.BLANKS.sub(" ", prose))) or bool(texts.status_in(prose))
    named = bool(mail.header("x-failed-recipients"))
    return sum((says_so, fails, 1)) if by_machine or without_sender or named else 0


def is_specific(mail: Mail, prose: str) -> bool:
    """Whether a report says what went wrong: by a code, or by an address that stands where reports name it."""
    return bool(
        texts.status_in(prose) or texts.reply_in(prose) or mail.header("x-failed-recipients") or _passages(prose, _own(mail))
    )


def _own(mail: Mail) -> set[str]:
    return {one.address.lower() for one in (*mail.to, *mail.senders)}


def recipients(mail: Mail, prose: str, copy: str) -> list[Recipient]:
    """Who did not get it, and why, from what is written line by line."""
    own = _own(mail)
    listed = texts.addresses_in(mail.header("x-failed-recipients"))
    found = _passages(prose, own)
    if listed:
        passages = dict(found)
        found = [(address, passages.get(address) or prose) for address in listed]
    if not found:
        found = [(_addressed(prose, copy, own), prose)]
    return [_recipient(address, passage, prose) for address, passage in found[:RECIPIENTS_MAX]]


def _passages(prose: str, own: set[str]) -> list[tuple[str, str]]:
    """Addresses that begin a line (behind a mark or a bracket), each with the text down to the next of them."""
    found: dict[str, list[str]] = {}
    current = ""
    for line in prose.split("\n", LINES_MAX)[:LINES_MAX]:
        match = texts.ADDRESS.search(line)
        address = match.group().strip(".'") if match else ""
        if match and address.lower() not in own and not DAEMON.match(address) and _is_reported(line[: match.start()]):
            if address != current and (address not in found):
                found[address] = []
            current = address
        if current and len(found[current]) < PASSAGE_LINES:
            found[current].append(line)
    return [(address, "\n".join(lines)) for address, lines in found.items()]


def _is_reported(before: str) -> bool:
    """Whether what stands before an address in its line says that it is one of those that failed."""
    return bool(not before.strip(MARKS) or NAMES.search(before[-BEFORE:]) or SAYS_FAILED.search(before) or reasons.is_said(before))


def _addressed(prose: str, copy: str, own: set[str]) -> str:
    """An address that is named in the text and is neither ours nor the machine's; else the one to whom the copy goes."""
    named = [address for address in texts.addresses_in(prose) if address.lower() not in own and not MACHINES.match(address)]
    if named:
        return named[0]
    to = re.search(r"^[ \t>|]{0,8}to[ \t]?:(.{1,300})", copy, re.IGNORECASE | re.MULTILINE)
    return texts.address_in(to.group(1)) if to else ""


def _recipient(address: str, passage: str, prose: str) -> Recipient:
    status = texts.status_in(passage) or texts.status_in(prose)
    reply = texts.reply_in(passage) or texts.reply_in(prose)
    reason = reasons.reason_of(passage, status, reply, prose)
    if reason in ("unknown", "system", "expired", "filtered") and passage is not prose:
        other = reasons.reason_of(prose, status, reply)
        reason = other if other != "unknown" else reason
    return Recipient(
        address=address, reason=reason, hard=reason in HARD, status=status, reply=reply, diagnostic=texts.one_line(passage)
    )


def unnamed(address: str, prose: str) -> Recipient:
    """To whom the mail went, where a report does not say who did not get it."""
    return _recipient(address, prose, prose)


def message_id(copy: str) -> str:
    match = MESSAGE_ID.search(copy[: 4 * TEXT_MAX])
    return match.group(1) if match else ""
