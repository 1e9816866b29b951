"""What our own mail server found out about a mail's sender: `Authentication-Results` (RFC 8601), and nobody else's.

The gateway's server writes the field at the top. Whoever sends a mail may have written one with the same name in it before, so only those count
that stand where our server puts them; what stands below them is not looked at.
"""

import re
from typing import NamedTuple

import msgspec

from core.channels.email.parsing import Mail

FIELD_MAX = 16 * 1024
RESULTS_MAX = 50
MARKS = re.compile(r'[()";\\]')
PAIR = re.compile(r"([A-Za-z][A-Za-z0-9._-]{0,60})[ \t]*=[ \t]*(\"[^\"]*\"|[^\s;]+)")
PASS = "pass"  # noqa: S105  # a result, not a password


class Authentication(msgspec.Struct, frozen=True, kw_only=True):
    """Results in small letters (`pass`, `fail`, `none`, ...); empty where our server says nothing of the method.

    `spf_domain`: of the envelope's sender; `dkim_domains`: those whose signatures pass; `dmarc_domain`: whose policy was asked.
    """

    spf: str = ""
    spf_domain: str = ""
    dkim: str = ""
    dkim_domains: tuple[str, ...] = ()
    dmarc: str = ""
    dmarc_domain: str = ""


class _Result(NamedTuple):
    method: str
    value: str
    properties: dict[str, str]


def read(mail: Mail, authserv_id: str, *, received_above: int = 1) -> Authentication:
    """The results under our server's name. `received_above`: how many `Received` fields our own servers may put above them.

    Of several fields of ours (one program may write SPF, another DMARC) all count while no `Received` stands above the first; else the first alone.
    """
    results: list[_Result] = []
    count, ours = 0, False
    for field in mail.headers:
        name = field.name.lower()
        if name == "received":
            if ours or count >= received_above:
                break
            count += 1
        elif name == "authentication-results":
            said = _results(field.value[:FIELD_MAX], authserv_id)
            if said is not None:
                results += said
                ours = True
                if count:
                    break
    return _summed(results[:RESULTS_MAX])


def is_sender(mail: Mail, authserv_id: str, *, received_above: int = 1) -> bool:
    """Whether the domain of the one From address sent the mail: DMARC passes, or SPF or DKIM do for that very domain or one around it."""
    if len(mail.senders) != 1 or "several_from" in mail.defects:
        return False
    domain = _domain(mail.senders[0].address)
    found = read(mail, authserv_id, received_above=received_above)
    if not domain or found.dmarc not in ("", "none", PASS):
        return False
    if found.dmarc == PASS:
        return found.dmarc_domain == domain
    by_spf = found.spf == PASS and is_aligned(found.spf_domain, domain)
    return by_spf or any(is_aligned(signed, domain) for signed in found.dkim_domains)


def is_aligned(authenticated: str, domain: str) -> bool:
    """The same domain, or a domain and one under it; never a single label, which belongs to everybody."""
    if not authenticated or "." not in authenticated:
        return False
    return authenticated == domain or domain.endswith("." + authenticated)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip("<> .").lower()


def _results(value: str, authserv_id: str) -> list[_Result] | None:
    """What a field says; None where it is not ours."""
    pieces = _pieces(value)
    name = pieces[0].split()
    if not name or name[0].lower() != authserv_id.lower() or not authserv_id:
        return None
    found: list[_Result] = []
    for piece in pieces[1 : RESULTS_MAX + 1]:
        pairs = [(match.group(1).lower(), match.group(2).strip('"')) for match in PAIR.finditer(piece)]
        if pairs:
            method, result = pairs[0]
            properties: dict[str, str] = {}
            for key, text in pairs[1:]:
                properties.setdefault(key, text)
            found.append(_Result(method.partition("/")[0], result.lower(), properties))
    return found


def _pieces(value: str) -> list[str]:
    """Between semicolons, without comments; within quotation marks both are text."""
    pieces, kept, depth, quoted, place = [], [], 0, False, 0
    while match := MARKS.search(value, place):
        mark = match.group()
        if not depth:
            kept.append(value[place : match.start()])
        place = match.end()
        if mark == "\\":
            place += 1
        elif mark == '"' and not depth:
            quoted = not quoted
            kept.append(mark)
        elif quoted:
            kept.append(mark)
        elif mark in "()":
            depth = max(0, depth + (1 if mark == "(" else -1))
        elif not depth:
            pieces.append("".join(kept))
            kept = []
    if not depth:
        kept.append(value[place:])
    pieces.append("".join(kept))
    return pieces


def _summed(results: list[_Result]) -> Authentication:
    """The first result of a method counts; of DKIM, which has one for each signature, a pass."""
    spf = next((result for result in results if result.method == "spf"), None)
    dmarc = next((result for result in results if result.method == "dmarc"), None)
    dkim = [result for result in results if result.method == "dkim"]
    passed = [result for result in dkim if result.value == PASS]
    domains = [_domain(result.properties.get("header.d", "") or result.properties.get("header.i", "")) for result in passed]
    return Authentication(
        spf=spf.value if spf else "",
        spf_domain=_domain(spf.properties.get("smtp.mailfrom", "") or spf.properties.get("smtp.helo", "")) if spf else "",
        dkim=PASS if passed else dkim[0].value if dkim else "",
        dkim_domains=tuple(dict.fromkeys(domain for domain in domains if domain)),
        dmarc=dmarc.value if dmarc else "",
        dmarc_domain=_domain(dmarc.properties.get("header.from", "")) if dmarc else "",
    )
