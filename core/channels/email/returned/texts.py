"""Codes and addresses within what servers say."""

import re

from core.channels.email.parsing import charsets

STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
REPLY = re.compile(r"(?<![\d.#/-])([245][0-5]\d)(?=[\s-](?![\d.]+\b)|[ -]#?\(?[245]\.\d|$|,|;|:)")
ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,10}")
BLANKS = re.compile(r"\s+")
DIAGNOSTIC_MAX = 1000
IDENTIFIER_MAX = 998
UNSPECIFIC = ("", "5.0.0", "4.0.0", "5.5.0", "4.5.0")


def one_line(text: str) -> str:
    return BLANKS.sub(" ", charsets.clean(text)).strip()[:DIAGNOSTIC_MAX]


def identifier(text: str) -> str:
    """A Message-ID without brackets and blanks, in letters that can be kept."""
    return "".join(charsets.clean(text).split()).strip("<>")[:IDENTIFIER_MAX]


def status_in(text: str) -> str:
    match = STATUS.search(text)
    return match.group(1) if match else ""


def reply_in(text: str) -> str:
    match = REPLY.search(text)
    return match.group(1) if match else ""


def best_status(given: str, diagnostic: str) -> str:
    """What the report says, unless the server said more."""
    declared, said = status_in(given), status_in(diagnostic)
    return said if said and declared in UNSPECIFIC else declared or said


def address_in(text: str) -> str:
    match = ADDRESS.search(text)
    return match.group().strip(".'") if match else ""


def addresses_in(text: str) -> list[str]:
    return list(dict.fromkeys(match.strip(".'") for match in ADDRESS.findall(text)))
