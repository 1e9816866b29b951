"""Cases of RFC 6455 and of our protocol, each with the ends that are right: told by their bytes, not by any library."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.security.rawsocket import BINARY, CLOSE, PING, PONG, TEXT, close, frame

ALIVE = "alive"
GONE = "gone"
"""The server hung up without a close frame: only where the client had hung up before."""
NOT_OURS, INVALID, BROKEN, TOO_BIG = 4400, 1007, 1002, 1009
OURS = b'{"op":"ping","n":7}'
LIMIT = 64 * 1024

End = int | str | None
"""A close code (None: a close frame without one), `ALIVE` or `GONE`."""


class Case(NamedTuple):
    """`sent` on an authenticated connection; the pongs that have to come back, and how it may end."""

    name: str
    sent: bytes
    ends: frozenset[End]
    pongs: tuple[bytes, ...] = ()
    answers: int = 0
    """How many of our own pongs (`{"op":"pong"}`) have to come."""
    may_answer: bool = False
    """Whether it is left to the network what of it is answered before the end."""
    chop: int | None = None
    hangs_up: bool = False


def _case(name: str, sent: bytes, *ends: End, **more: object) -> Case:
    return Case(name, sent, frozenset(ends), **more)  # type: ignore[arg-type]


def rfc() -> Iterator[Case]:
    """All but UTF-8."""
    yield from _pings()
    yield from _reserved()
    yield from _fragments()
    yield from _lengths()
    yield from _closes()


def _pings() -> Iterator[Case]:
    for size in (0, 1, 64, 124, 125):
        payload = bytes(range(size))
        for chop in (None, 1):
            yield _case(f"ping of {size} bytes, chopped {chop}", frame(PING, payload), ALIVE, pongs=(payload,), chop=chop)
    yield _case("ping of 126 bytes", frame(PING, b"x" * 126), BROKEN)
    yield _case("ping in fragments", frame(PING, b"x", fin=False), BROKEN)
    many = tuple(bytes([n]) * n for n in range(1, 11))
    yield _case("ten pings at once", b"".join(frame(PING, payload) for payload in many), ALIVE, pongs=many)
    for payload in (b"", b"nobody asked", b"x" * 125):
        yield _case(f"pong of {len(payload)} bytes that nobody asked for", frame(PONG, payload), ALIVE)
    yield _case("pong, then ping", frame(PONG, b"no") + frame(PING, b"yes"), ALIVE, pongs=(b"yes",))
    yield _case("unmasked ping", frame(PING, b"x", masked=False), BROKEN)
    yield _case("unmasked text", frame(TEXT, OURS, masked=False), BROKEN)
    yield _case("our own ping", frame(TEXT, OURS), ALIVE, answers=1)
    yield _case("our own ping, chopped", frame(TEXT, OURS), ALIVE, answers=1, chop=1)
    yield _case("binary", frame(BINARY, OURS), NOT_OURS)
    yield _case("empty binary", frame(BINARY), NOT_OURS)
    yield _case("empty text", frame(TEXT), NOT_OURS)


def _reserved() -> Iterator[Case]:
    for rsv in range(1, 8):
        for opcode in (TEXT, BINARY, PING, PONG, CLOSE):
            yield _case(f"reserved bits {rsv:03b} with opcode {opcode:#x}", frame(opcode, b"", rsv=rsv), BROKEN)
    for opcode in (3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF):
        for payload in (b"", b"x" * 20):
            yield _case(f"reserved opcode {opcode:#x}, {len(payload)} bytes", frame(opcode, payload), BROKEN)
            yield _case(
                f"our ping, then reserved opcode {opcode:#x}", frame(TEXT, OURS) + frame(opcode, payload), BROKEN, may_answer=True
            )


def _fragments() -> Iterator[Case]:
    for at in range(len(OURS) + 1):
        first, second = frame(TEXT, OURS[:at], fin=False), frame(0, OURS[at:])
        yield _case(f"two fragments, split at {at}", first + second, ALIVE, answers=1)
        between = first + frame(PING, b"between") + second
        yield _case(f"two fragments, split at {at}, a ping between", between, ALIVE, answers=1, pongs=(b"between",))
    single = b"".join(frame(0 if at else TEXT, OURS[at : at + 1], fin=at == len(OURS) - 1) for at in range(len(OURS)))
    for chop in (None, 1, 7):
        yield _case(f"a fragment per byte, chopped {chop}", single, ALIVE, answers=1, chop=chop)
    yield _case("an end without a beginning", frame(0, OURS), BROKEN)
    yield _case("a middle without a beginning", frame(0, OURS, fin=False), BROKEN)
    yield _case("after a whole message, an end", frame(TEXT, OURS) + frame(0, b"x"), BROKEN, may_answer=True)
    for opcode in (TEXT, BINARY):
        yield _case(f"a second beginning, opcode {opcode}", frame(TEXT, b"{", fin=False) + frame(opcode, b"}"), BROKEN)
    # RFC 6455 5.4 allows it. `websockets`, which reads for us, answers 1002: this one counts as failed until it does not.
    yield _case("a close between fragments", frame(TEXT, OURS[:5], fin=False) + close(1000), 1000)
    yield _case("fragments beyond the limit", frame(TEXT, b" " * 40_000, fin=False) + frame(0, b" " * 40_000), TOO_BIG)
    yield _case("fragments of nothing", frame(TEXT, b"", fin=False) + frame(0, b"", fin=False) * 50 + frame(0, b""), NOT_OURS)
    yield _case("half a message, then nothing", frame(TEXT, OURS[:5], fin=False), GONE, 1006, hangs_up=True)


def _lengths() -> Iterator[Case]:
    padded = OURS + b" " * (LIMIT - len(OURS))
    yield _case("as large as can be", frame(TEXT, padded), ALIVE, answers=1)
    yield _case("one byte too large", frame(TEXT, padded + b" "), TOO_BIG)
    for size in (LIMIT + 1, 2**31, 2**32, 2**62, 2**63 - 1):
        yield _case(f"{size} bytes announced", frame(TEXT, b"", length=b"\x7f" + size.to_bytes(8, "big")), TOO_BIG)
    for size in (2**63, 2**64 - 1):
        yield _case(f"{size} bytes announced", frame(TEXT, b"", length=b"\x7f" + size.to_bytes(8, "big")), BROKEN, TOO_BIG)
    # Not the least bytes that would do (5.2): servers may take it or not, but nothing else may happen.
    for length in (b"\x7e\x00\x13", b"\x7f" + (19).to_bytes(8, "big")):
        yield _case(f"length in {len(length)} bytes", frame(TEXT, OURS, length=length), ALIVE, BROKEN, may_answer=True)
    for cut in range(1, 8):
        yield _case(f"the first {cut} bytes of a frame", frame(TEXT, OURS)[:cut], GONE, 1006, hangs_up=True)


def _closes() -> Iterator[Case]:
    for code in (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999):
        yield _case(f"close {code}", close(code), code)
        yield _case(f"close {code} with a reason", close(code, "wÿ".encode()), code)
    yield _case("close without a code", close(), None, 1000, 1005)
    yield _case("close of one byte", frame(CLOSE, b"\x03"), BROKEN)
    for code in (0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535):
        yield _case(f"close {code}, which nobody may send", close(code), BROKEN)
    yield _case("close with a long reason", close(1000, b"x" * 123), 1000)
    yield _case("close with too long a reason", close(1000, b"x" * 124), BROKEN)
    yield _case("close with a reason that is no UTF-8", close(1000, b"\xff\xfe"), INVALID, BROKEN)
    yield _case("close in fragments", frame(CLOSE, b"\x03\xe8", fin=False), BROKEN)
    yield _case("a ping after a close", close(1000) + frame(PING, b"late"), 1000)
    yield _case("two closes", close(1000) + close(1001), 1000)
    yield _case("a text after a close", close(1000) + frame(TEXT, OURS), 1000)


VALID = ("κόσμε", "\x7f\u0080\u07ff\u0800\uffff", "\U00010000\U0010ffff", "\ud7ff\ue000\ufffd", "Grüße 👋🏽", "\ufeff")
WRONG = (
    b"\x80", b"\xbf", b"\xc0\xaf", b"\xc1\xbf", b"\xe0\x80\xaf", b"\xf0\x80\x80\xaf", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xed\xa0\x80\xed\xb0\x80",
    b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xfc\x84\x80\x80\x80\x80", b"\xfe", b"\xff", b"\xc3", b"\xe2\x82", b"\xf0\x9f\x98", b"\xc3\x28",
    b"\xe2\x28\xa1", b"\xf0\x28\x8c\xbc",
)  # fmt: skip


def utf8() -> Iterator[Case]:
    """Whole, and in two fragments at every split."""
    for content, end in [(text.encode(), NOT_OURS) for text in VALID] + [(wrong, INVALID) for wrong in WRONG]:
        told = b'{"op":"' + content + b'"}'
        yield _case(f"UTF-8 {content!r}", frame(TEXT, told), end)
        for at in range(7, 8 + len(content)):
            split = frame(TEXT, told[:at], fin=False) + frame(0, told[at:])
            yield _case(f"UTF-8 {content!r}, split at {at}", split, end)


def jsontestsuite(folder: Path) -> Iterator[Case]:
    """Every file is JSON or nearly so, and none is a frame of ours."""
    for path in sorted((folder / "jsontestsuite/test_parsing").iterdir()):
        content = path.read_bytes()
        yield _case(f"jsontestsuite {path.name}", frame(TEXT, content), _end_of(content))


def _end_of(content: bytes) -> int:
    if len(content) > LIMIT:
        return TOO_BIG
    try:
        content.decode()
    except UnicodeDecodeError:
        return INVALID
    return NOT_OURS


def blns(folder: Path) -> Iterator[Case]:
    """Naughty strings as a frame, as the name of a conversation, as a ticket."""
    for number, text in enumerate(json.loads((folder / "blns/blns.json").read_text())):
        yield _case(f"blns {number} as a frame", frame(TEXT, text.encode()), NOT_OURS)
        for key, op in (("conversation", "typing"), ("ticket", "auth"), ("cursor", "subscribe")):
            told = json.dumps({"op": op, key: text}).encode()
            yield _case(f"blns {number} as a {key}", frame(TEXT, told), ALIVE, NOT_OURS)


def noise(seed: int, count: int) -> Iterator[Case]:
    """Random bytes, random frames, and good frames with a few bits turned over."""
    chance = random.Random(seed)
    ends: tuple[End, ...] = (ALIVE, GONE, None, 1006, BROKEN, INVALID, TOO_BIG, NOT_OURS, *range(1000, 1015), *range(3000, 5000))
    for number in range(count):
        match number % 3:
            case 0:
                sent = chance.randbytes(chance.randrange(1, 300))
            case 1:
                sent = b"".join(
                    frame(chance.randrange(16), chance.randbytes(chance.randrange(130)), fin=chance.random() > 0.3)
                    for _ in range(5)
                )
            case _:
                turned = bytearray(frame(TEXT, OURS) * 3)
                for _ in range(chance.randrange(1, 6)):
                    turned[chance.randrange(len(turned))] ^= 1 << chance.randrange(8)
                sent = bytes(turned)
        yield _case(f"noise {number} of seed {seed}", sent, *ends, hangs_up=True, may_answer=True)
