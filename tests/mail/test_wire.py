"""Where a mail ends does not depend on how the network cuts it."""

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.channels.email.gateway.wire import BadLineError, Wire

PARTS = st.lists(st.sampled_from([b"\r\n", b"\n", b"\r", b".", b"..", b"x", b"\r\n.", b"\r\n.\r", b"MAIL"])).map(b"".join)


def stuffed(mail: bytes) -> bytes:
    """As RFC 5321 (4.5.2) has a client send it."""
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in mail.split(b"\r\n"))


async def read(sent: bytes, cuts: list[int], *, limit: int = 10_000) -> tuple[bytes | None, bytes]:
    reader = asyncio.StreamReader()
    wire = Wire(reader)

    async def feed() -> None:
        edges = sorted({0, len(sent), *(cut % (len(sent) + 1) for cut in cuts)})
        for begin, end in pairwise(edges):
            reader.feed_data(sent[begin:end])
            await asyncio.sleep(0)
        reader.feed_eof()

    feeding = asyncio.create_task(feed())
    try:
        mail = await wire.mail(lambda size: size <= limit, pause_s=5, most=40_000)
        return mail, await wire.line(5)
    finally:
        await feeding


@given(mail=PARTS, cuts=st.lists(st.integers(0, 200), max_size=30))
def test_a_mail_comes_out_as_it_went_in(mail: bytes, cuts: list[int]) -> None:
    whole = mail + b"\r\n"
    sent = stuffed(whole) + b".\r\nQUIT\r\n"
    assert asyncio.run(read(sent, cuts)) == (whole, b"QUIT")


@given(cuts=st.lists(st.integers(0, 40_000), max_size=30), size=st.integers(101, 20_000))
def test_what_is_too_large_is_read_past(cuts: list[int], size: int) -> None:
    assert asyncio.run(read(b"x" * size + b"\r\n.\r\nQUIT\r\n", cuts, limit=100)) == (None, b"QUIT")


def test_an_empty_mail_is_one() -> None:
    assert asyncio.run(read(b".\r\nQUIT\r\n", [1, 2])) == (b"", b"QUIT")


def test_what_never_ends_is_cut() -> None:
    with pytest.raises(BadLineError):
        asyncio.run(read(b"x" * 70_000, [], limit=100))


def test_what_breaks_off_is_no_mail() -> None:
    with pytest.raises(EOFError):
        asyncio.run(read(b"Subject: half\r\n\r\n.", []))
