"""Text in header fields: RFC 2047 words as they are really written, and 8-bit bytes that nobody declared."""

import binascii
import re
from collections.abc import Callable

from core.channels.email.parsing import charsets, encodings

NAME_MAX = 60
SPACES = re.compile(r"[ \t\r\n]+")
FOLDS = re.compile(rb"[\r\n]+[ \t]*")
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""What would break one line of text into two, or show nothing."""
HEX = frozenset("0123456789ABCDEFabcdef")
NO_CHARSET = frozenset(" \t\r\n<>,;\"'(")


def text_of(raw: bytes, guess: Callable[[bytes], str] = charsets.western) -> str:
    """Header bytes as characters: UTF-8 (RFC 6532), else as is guessed."""
    return charsets.decode(raw, "", guess)[0]


def decode(text: str) -> str:
    """One line, with its encoded words read. Adjacent words of one charset are joined as bytes first: a letter may be split between them."""
    if "=?" not in text:
        return line(text)
    pieces = _Pieces()
    place, last = 0, text.rfind("?=")
    while (start := text.find("=?", place)) >= 0 and start < last:
        word = _word(text, start)
        if word is None:
            pieces.plain(text[place : start + 2])
            place = start + 2
        else:
            pieces.word(text[place:start], word[0], word[1])
            place = word[2]
    pieces.plain(text[place:])
    return line("".join(pieces.done))


def line(text: str) -> str:
    """Without line breaks, control characters and blanks around it."""
    return UNSEEN.sub("", SPACES.sub(" ", text)).strip(" ")


class _Pieces:
    def __init__(self) -> None:
        self.done: list[str] = []
        self._charset = ""
        self._bytes: list[bytes] = []

    def plain(self, text: str) -> None:
        self._flush()
        self.done.append(text)

    def word(self, before: str, charset: str, data: bytes) -> None:
        """Blanks between two words are no text."""
        if before.strip(" \t\r\n") or not self._bytes:
            self.plain(before)
        elif charset != self._charset:
            self._flush()
        self._charset = charset
        self._bytes.append(data)

    def _flush(self) -> None:
        if self._bytes:
            self.done.append(charsets.decode(b"".join(self._bytes), self._charset)[0])
            self._bytes = []


def _word(text: str, start: int) -> tuple[str, bytes, int] | None:
    """Charset, bytes and end of the encoded word at `start`; None where it is none."""
    mark = text.find("?", start + 2, start + 2 + NAME_MAX)
    if mark < 0 or text[mark + 2 : mark + 3] != "?":
        return None
    charset, encoding = text[start + 2 : mark].partition("*")[0].strip(), text[mark + 1].lower()
    if not charset or encoding not in "bq" or not NO_CHARSET.isdisjoint(charset):
        return None
    begin = mark + 3
    end = text.find("?=", begin)
    if end < 0:
        return None
    if encoding == "q":
        end = _end_of_q(text, end)
    payload = _bytes_of(text[begin:end], charset)
    data = encodings.base64(payload) if encoding == "b" else binascii.a2b_qp(FOLDS.sub(b" ", payload), header=True)
    return charset.lower(), data, end + 2


def _bytes_of(payload: str, charset: str) -> bytes:
    """Letters that stand unencoded in a word are in its own charset."""
    return payload.encode() if payload.isascii() else payload.encode(charsets.codec(charset) or "utf-8", errors="replace")


def _end_of_q(text: str, end: int) -> int:
    """Where a question mark stands unencoded before an encoded letter (`?=20`), the word goes on to the next end nearby."""
    for _ in range(8):
        following = text[end + 2 : end + 4]
        if len(following) < 2 or not HEX.issuperset(following):
            return end
        later = text.find("?=", end + 2, end + 200)
        if later < 0 or text.find("=?", end + 2, later) >= 0:
            return end
        end = later
    return end
