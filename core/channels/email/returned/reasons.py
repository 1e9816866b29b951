"""Why a mail was not taken: by what servers say, else by the status code (RFC 3463), else by the reply."""

import re

from core.channels.email.returned import texts
from core.channels.email.returned.structs import Reason

TEXT_MAX = 4000
PHRASES: list[tuple[Reason, re.Pattern[str]]] = [
    ("user_unknown", re.compile(
        r"5\.4\.1 .{0,40}recipient address rejected: access denied|recipient address rejected: access denied.{0,20}as\(201", re.IGNORECASE),
    ),
    ("blocked", re.compile(r"reverse dns|\brdns\b|\bptr\b|reverse lookup", re.IGNORECASE)),
    ("policy", re.compile(r"may not exist, or|permission to post", re.IGNORECASE)),
    ("network", re.compile(r"host not found, try again|temporary lookup failure", re.IGNORECASE)),
    ("sender_rejected", re.compile(
        "sender (?:address |domain |verify )?(?:rejected|denied|unknown|not|is invalid|must|failed)|domain of sender|"
        "sender was rejected|unresolvable sender|invalid sender|sender domain|mail from .{0,60}(?:not exist|rejected)|"
        "returnpath|address for sender|your address|from address", re.IGNORECASE,
    )),
    ("mailbox_full", re.compile(
        "(?:mail)?box (?:is |has been |is currently )?(?:full|exceed|over)|over.?quota|quota.{0,20}exceed|exceed.{0,40}quota|"
        "disk quota|out of quota|mail(?:box|folder) (?:has )?exceed|"
        "exceed(?:s|ed|ing)? (?:allowed|storage|the storage|its|mailbox|the maximum size of)|out of storage|"
        "not enough (?:storage|disk|space)|insufficient (?:disk|storage|space in)|storage (?:allocation|limit|space)|"
        "too much mail data|no space|maildir.{0,20}over|user is overquota|mailfolder is full|inbox is full|mailbox size|"
        "full mailbox|mailbox quota|account is full|exceeded its space|reached its storage|account is over", re.IGNORECASE,
    )),
    ("too_large", re.compile(
        "message (?:size|length|file) .{0,30}(?:exceed|too|large|big)|message (?:is )?too (?:large|big|long)|"
        "too (?:large|big) (?:message|mail)|size limit|max(?:imum)? (?:message )?size|message exceeds|"
        "exceeds (?:the )?(?:maximum|fixed|size)|larger than|size of the message", re.IGNORECASE,
    )),
    ("moved", re.compile(
        "has (?:been )?(?:moved|changed|replaced)|address (?:has )?changed|new address|moved to|no longer at this address|"
        "user not local; please try", re.IGNORECASE,
    )),
    ("relay_denied", re.compile(
        "relay(?:ing)?.{0,20}(?:denied|not (?:permitted|allowed)|prohibited|rejected)|unable to relay|"
        "not (?:a |an )?(?:permitted|allowed) to relay|not a gateway|relay access|relaying mail to|no relay", re.IGNORECASE,
    )),
    ("authentication", re.compile(
        r"\bspf\b|\bdkim\b|\bdmarc\b|sender policy|authentication.{0,30}(?:required|fail|check)|unauthenticated|"
        "not authenticated|authentication-results", re.IGNORECASE,
    )),
    ("not_accepting", re.compile(
        "(?:domain|host|address|server|user) (?:name )?(?:does|do) ?n[o']t accept (?:any )?(?:e-?)?mail|null ?mx|no smtp service|"
        r"no-?mail (?:host|domain)|accepts no mail|not accepting (?:any )?mail(?: at all)?\b(?! for)|"
        "smtp protocol.{0,20}permanent|host .{0,60} does not accept|does not receive (?:any )?(?:e-?)?mail", re.IGNORECASE,
    )),
    ("disabled", re.compile(
        "(?:account|mailbox|user|recipient|address|box) .{0,30}(?:disabled|suspended|inactive|deactivated|locked|not active|expired|"
        "on hold|terminated)|"
        "(?:disabled|inactive|suspended) (?:account|user|mailbox|recipient)|has been (?:disabled|suspended|deactivated)|"
        "mailbox currently suspended|temporarily locked", re.IGNORECASE,
    )),
    ("host_unknown", re.compile(
        r"(?<![@\w.-])[a-z0-9-]{1,63}\.[a-z0-9.-]{1,100} does not exist|"
        "host (?:or domain name )?(?:is )?(?:unknown|not found|not known)|unknown host|no such (?:host|domain)|"
        r"domain (?:name )?(?:\S{1,60} )?(?:is )?(?:not found|unknown|does ?n[o']t exist|not exist|must exist|is not reachable|invalid)|"
        "unknown domain|nxdomain|name or service not known|unrouteable mail domain|illegal host|bad destination host|"
        "find any host|non-?existent (?:domain|host)|no (?:mx|a) record|dns (?:error|lookup|server)|"
        "name server: .{0,80}(?:not found|unknown)|name service error|mx .{0,40}non-existent|"
        "hostname .{0,30}(?:unknown|not found)|no (?:valid )?(?:mail )?(?:hosts|exchanger)|mail exchanger or ip|all relevant mx|"
        "could(?: not|n't) (?:be )?resolved?|invalid domain|host .{0,80}not found|lookup (?:of|failed)|"
        "domain .{0,80}(?:does not|could not be) (?:exist|found)|lost or invalid domain", re.IGNORECASE,
    )),
    ("virus", re.compile(
        r"virus|malware|infected|trojan|worm\b", re.IGNORECASE,
    )),
    ("blocked", re.compile(
        r"block(?:ed|list| list|ing)|black ?list|spamhaus|\brbl\b|dnsbl|reputation|banned|ptr record|\bptr\b|reverse dns|rdns|"
        "dynamic ip|access denied|connection refused by|ip (?:address )?.{0,40}(?:denied|not allowed|reject|list)|"
        "bad (?:helo|host)|helo.{0,30}(?:reject|invalid|fqdn|resolve)|open relay|client host|refused your|"
        "your (?:ip|host|server|network)|fix reverse|no reverse", re.IGNORECASE,
    )),
    ("spam", re.compile(
        r"spam|\bjunk\b|unsolicited|bulk mail|phish|suspicious|content filter|bogofilter", re.IGNORECASE,
    )),
    ("user_unknown", re.compile(
        r"(?:user|recipient|address|mailbox|account|name|customer|alias|person|employee|box|id|destination)(?:\s\S{1,60}|)(?:\s\S{1,60}|"
        r")(?:\s\S{1,60}|) (?:is |was |are |could )?(?:unknown|not (?:be )?(?:found|known|exist|recogni[sz]ed|valid|listed|"
        r"available here|a valid|our)|unavailable|does ?n[o']t (?:exist|appear)|didn't|invalid|non-?existent|undeliverable|isn't)|"
        r"(?:unknown|invalid|no such|non-?existent|bad|illegal|undeliverable|unrouteable|nonexistent|"
        r"unrecogni[sz]ed) (?:\S{1,60} )?(?:user|recipient|address|mailbox|account|local|name|person|alias|destination|id\b|email)|"
        r"does ?n[o']t (?:exist|have an?|appear to)|not exist|no (?:mailbox|account|user|one|recipient)s?\b|"
        "not a (?:valid|known|registered|local)|user doesn't|recipnotfound|address rejected|rejected address|"
        "recipient(?:s)? (?:address )?rejected|rcpt to.{0,60}(?:rejected|unknown)|mailbox name not allowed|not listed in|"
        "unknown in|no existe|inconnu|unbekannt|見つかりません|存在しません|desconocid|sconosciut|не (?:существует|найден)|not our customer|"
        "no longer (?:in use|valid|exists|available|working|employed|with)|left the company|not in our|unable to find|"
        "can.?t find|not known at|cannot find|is not a|unallocated|discontinued|no mail ?box|couldn't be found|wasn't found", re.IGNORECASE,
    )),
    ("filtered", re.compile(
        "filter|refused|restricted|not allowed|not permitted|not accept", re.IGNORECASE,
    )),
    ("policy", re.compile(
        "polic(?:y|ies)|prohibited|violat|security", re.IGNORECASE,
    )),
    ("throttled", re.compile(
        "too many|rate limit|try again later|throttl|greylist|graylist|deferred due|temporarily (?:deferred|rejected)|concurren", re.IGNORECASE,
    )),
    ("network", re.compile(
        "connection (?:refused|reset|timed|lost|dropped|closed|timeout)|network (?:is )?(?:unreachable|error)|no route|"
        "timed? ?out (?:while|during)|loop|too many hops|hop count|host is unreachable|name server|unable to connect|"
        "could not connect|ttl", re.IGNORECASE,
    )),
    ("expired", re.compile(
        "expired|retry time|too long|retry timeout|could not (?:be )?sen[dt] (?:message )?for|giv(?:en|ing) up|"
        r"for \d+ (?:hours|days)|still (?:in|trying)|delayed|timed out|not been delivered|delivery time|unreachable for|"
        r"cannot send message for|within \d+|will retry", re.IGNORECASE,
    )),
    ("content", re.compile(
        "attachment|content|mime|bare (?:lf|cr)|header|malformed|rfc ?2?822|charset|character", re.IGNORECASE,
    )),
    ("syntax", re.compile(
        "syntax|command (?:not|un)|unrecognized command|bad sequence|out of sequence", re.IGNORECASE,
    )),
    ("system", re.compile(
        "mailer error|system (?:error|resources|not|problem)|local error|internal error|disk full|config|temporar(?:y|ily)|failure|"
        "unavailable|resources|can'?t create", re.IGNORECASE,
    )),
]  # fmt: skip
"""In this order: a full mailbox is that even where the code says that nobody is there."""

UNAMBIGUOUS = ("2.2", "3.4", "1.6", "1.10", "2.3")
"""Codes that are used for nothing else."""
BY_STATUS: dict[str, Reason] = {
    "1.1": "user_unknown", "1.0": "user_unknown", "1.2": "host_unknown", "1.3": "user_unknown", "1.4": "user_unknown", "1.6": "moved",
    "1.7": "sender_rejected",
    "1.8": "sender_rejected", "1.10": "not_accepting", "2.0": "filtered", "2.1": "disabled", "2.2": "mailbox_full", "2.3": "too_large",
    "3.1": "system",
    "3.4": "too_large", "4.1": "network", "4.2": "network", "4.3": "system", "4.4": "host_unknown", "4.6": "network", "4.7": "expired",
    "5.0": "syntax",
    "5.3": "throttled", "6.0": "content", "7.1": "policy", "7.25": "blocked", "7.26": "authentication", "7.27": "not_accepting", "7.28": "throttled",
}  # fmt: skip
"""By subject and detail of RFC 3463, whatever the class."""


PREFIX = re.compile(r"recipient address rejected: ?|requested action not taken: ?", re.IGNORECASE)
"""What servers write before the reason itself."""
DIRECTORY = re.compile(r"recipient address rejected: access denied", re.IGNORECASE)
AT_DATA = re.compile(
    r"in reply to (?:end of )?data|after (?:end of data|data|sending)|>>> ?data\b|end of data|\bdot:|response to data",
    re.IGNORECASE,
)
AT_SENDER = re.compile(r"after mail from|in reply to mail from|>>> ?mail from", re.IGNORECASE)
AT_RECIPIENT = re.compile(r"(?<!need )\brcpt", re.IGNORECASE)
NO_ACCOUNT = re.compile(r"this user doesn.t have an? \S{1,100} account", re.IGNORECASE)
"""Said after the message was sent, and of nothing else: nobody is there."""
PERHAPS = re.compile(r"\b(?:may|might|could|can|if|or|possibl[ey])\b", re.IGNORECASE)
UNSURE: tuple[Reason | None, ...] = (None, "filtered", "policy", "system", "content", "network", "expired")
NOBODY: tuple[Reason, ...] = ("user_unknown", "host_unknown")


def reason_of(text: str, status: str, reply: str, talk: str = "") -> Reason:
    """`talk`: more of what the servers said to each other, which tells when the mail was refused."""
    said = texts.BLANKS.sub(" ", texts.ADDRESS.sub(" ", text[:TEXT_MAX]))
    detail = status.partition(".")[2]
    if detail in UNAMBIGUOUS:
        return BY_STATUS[detail]
    found = _found(said)
    if detail == "1.1" and found in UNSURE:
        return "user_unknown"
    if detail in ("1.2", "1.3") and found in UNSURE:
        return BY_STATUS[detail]
    if found in NOBODY:
        return _when_nobody_is_there(found, detail, f"{said} {talk[:TEXT_MAX]}")
    if found is not None:
        return found
    return BY_STATUS.get(detail) or ("expired" if status.startswith("4") or reply.startswith("4") else "unknown")


def is_said(text: str) -> bool:
    """Whether a line tells that somebody's mailbox is what is wrong."""
    return _first(text[:TEXT_MAX]) in ("user_unknown", "mailbox_full", "disabled", "host_unknown", "moved")


def there(prose: str) -> Reason | None:
    """Why a mailbox that is there takes nothing, where a line says so without a perhaps."""
    lines = (texts.ADDRESS.sub(" ", line) for line in prose.split("\n") if not PERHAPS.search(line))
    return next((found for found in map(_first, lines) if found in ("mailbox_full", "disabled")), None)


def _found(said: str) -> Reason | None:
    """What is said behind the usual beginning counts before the beginning itself."""
    bare, count = PREFIX.subn("", said)
    found = _first(said) if DIRECTORY.search(said) else _first(bare)
    return found if found is not None or not count else _first(said)


def _first(said: str) -> Reason | None:
    return next((reason for reason, pattern in PHRASES if pattern.search(said)), None)


def _when_nobody_is_there(found: Reason, detail: str, talk: str) -> Reason:
    """Who says so after he took the recipient, or with a code of mailboxes that are there, keeps the mail out, not the address."""
    if detail in ("2.0", "2.1") and not AT_RECIPIENT.search(talk):
        return BY_STATUS[detail]
    if AT_SENDER.search(talk) and not AT_RECIPIENT.search(talk):
        return "sender_rejected"
    if NO_ACCOUNT.search(talk):
        return found
    if found == "user_unknown" and detail not in ("1.1", "1.2", "1.3") and AT_DATA.search(talk) and not AT_RECIPIENT.search(talk):
        return "filtered"
    return found
