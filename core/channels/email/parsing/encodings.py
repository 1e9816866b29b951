"""Content transfer encodings, read as far as they can be: a broken line costs itself, never the rest."""

import binascii
import re

NO_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
OUTSIDE = re.compile(rb"[^A-Za-z0-9+/=\r\n \t]|[A-Za-z0-9+/=][ \t]+[A-Za-z0-9+/=]")
BEHIND = re.compile(rb"=[ \t]+[^\r\n]*")
"""Words behind the padding, in its line."""
PIECES_MAX = 1000
UU_LINES_MAX = 1_300_000
"""So many whole lines are more than the biggest mail has; shorter ones nobody writes."""
UU_NAMES = frozenset({"x-uuencode", "uuencode", "uue", "x-uue"})


def decoded(data: bytes, encoding: str, *, is_text: bool) -> bytes:
    """The bytes of a part. Lines of what was not encoded end in a line feed, but for `binary` data, which is left as it came."""
    if encoding == "base64" and is_text:
        encoded, below = _parted(data)
        return base64(encoded) + (b"\n" + below if below else b"")
    if encoding == "base64":
        return base64(data)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(with_line_feeds(data).replace(b"\r", b"\n"))
    if encoding in UU_NAMES:
        return uuencoded(data)
    if encoding == "binary" and not is_text:
        return data
    return with_line_feeds(data)


def with_line_feeds(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n") if b"\r" in data else data


def base64(data: bytes) -> bytes:
    """Other letters are passed over, and words behind padding; padding may be missing, or stand in the middle where two were joined."""
    kept = BEHIND.sub(b"=", data).translate(None, NO_BASE64).rstrip(b"=")
    if b"=" not in kept:
        return _unpadded(kept)
    pieces = kept.split(b"=", PIECES_MAX)
    pieces[-1] = pieces[-1].replace(b"=", b"")
    return b"".join(_unpadded(piece) for piece in pieces if piece)


def _parted(data: bytes) -> tuple[bytes, bytes]:
    """Base64 that is whole, and below it lines that some list's server wrote: the first is one that no base64 has."""
    match = OUTSIDE.search(data)
    start = data.rfind(b"\n", 0, match.start()) + 1 if match else 0
    letters = len(data[:start].translate(None, NO_BASE64))
    return (data[:start], with_line_feeds(data[start:])) if letters and letters % 4 == 0 else (data, b"")


def _unpadded(kept: bytes) -> bytes:
    rest = len(kept) % 4
    if rest == 1:  # six bits are no byte
        kept, rest = kept[:-1], 0
    return binascii.a2b_base64(kept + b"=" * (-rest % 4))


def uuencoded(data: bytes) -> bytes:
    """Between `begin` and `end`, where they stand; all lines where they do not."""
    lines: list[bytes] = []
    for line in data.split(b"\n", UU_LINES_MAX)[:UU_LINES_MAX]:
        bare = line.rstrip(b"\r\n")
        if bare.startswith(b"begin "):
            lines.clear()
        elif bare == b"end":
            break
        elif bare:
            lines.append(_uu_line(bare))
    return b"".join(lines)


def _uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        length = ((line[0] - 32) & 63) * 4 // 3 + 2  # some encoders pad lines with letters that count for nothing
    try:
        return binascii.a2b_uu(line[:length])
    except binascii.Error:
        return b""
