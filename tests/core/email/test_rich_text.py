"""Outlook's own kind of body: RTF, compressed, within a `winmail.dat`."""

import base64
import time
import tracemalloc
import zlib

import pytest
from compressed_rtf import compress
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.channels.email import shown
from core.channels.email.parsing import Limits, Mail, lzfu, parse, rtf
from tests.core.email.test_parsing import tnef

MB = 1024 * 1024
HEAD = rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset128 MS Gothic;}{\f2\fnil\fcharset204{\*\fname A;}B;}}"
OF_HTML = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fmodern Courier;}}" + b"\r\n"
    rb"{\colortbl\red0\green0\blue0;}\uc1\pard\plain\deftab360 \f0\fs24" + b"\r\n"
    rb"{\*\htmltag19 <html>}{\*\htmltag34 <head>}{\*\htmltag241 <style>p \{color: red\}</style>}{\*\htmltag41 </head>}{\*\htmltag50 <body>}"
    rb"\htmlrtf \lang1031 \htmlrtf0 {\*\htmltag64 <p class=\'22a\'22>}\htmlrtf {\htmlrtf0 Gr\'fc\'dfe, {\*\htmltag84 <b>}\htmlrtf {\b \htmlrtf0 "
    rb"Ida\htmlrtf }\htmlrtf0 {\*\htmltag92 </b>}{\*\htmltag84 &lt;}\htmlrtf <\htmlrtf0  3 \u9786?{\*\mhtmltag84 <img src=x>}"
    rb"{\*\htmltag84 <img src=\'22cid:logo\'22>}\htmlrtf\par}\htmlrtf0" + b"\r\n"
    rb"{\*\htmltag72 </p>}{\*\htmltag0 \par }{\*\htmltag84 <script>steal()</script>}{\*\htmltag58 </body>}{\*\htmltag27 </html>}}"
)


def attribute(number: int, value: bytes) -> bytes:
    checked = (sum(value) & 0xFFFF).to_bytes(2, "little")
    return b"\x01" + number.to_bytes(2, "little") + b"\x06\0" + len(value).to_bytes(4, "little") + value + checked


def winmail(rich: bytes, files: dict[str, bytes] | None = None) -> bytes:
    """A `winmail.dat` with a body in PR_RTF_COMPRESSED."""
    count, length = (1).to_bytes(4, "little"), len(rich).to_bytes(4, "little")
    return tnef(files or {}) + attribute(0x9003, count + b"\x02\x01\x09\x10" + count + length + rich + b"\0" * (-len(rich) % 4))


def sent(wrapped: bytes, *, kind: str = "text/plain", beside: str = "", limits: Limits | None = None) -> Mail:
    encoded = base64.encodebytes(wrapped).decode()
    lines = [
        "Content-Type: multipart/mixed; boundary=m", "", "--m", f"Content-Type: {kind}", "", beside, "--m",
        "Content-Type: application/ms-tnef; name=winmail.dat", "Content-Transfer-Encoding: base64", "", encoded, "--m--",
    ]  # fmt: skip
    return parse("\r\n".join(lines).encode(), limits or Limits())


def said(body: bytes) -> str:
    return rtf.read(HEAD + body + b"}").text


def test_what_stands_in_rich_text_alone_is_the_text_of_the_mail() -> None:
    mail = sent(winmail(compress(HEAD + rb"\f0\fs20 Gr\'fc\'dfe aus K\'f6ln\par Ida\par}"), {"a.pdf": b"%PDF"}))
    assert (mail.text, mail.text_from_html, mail.html, mail.defects) == ("Grüße aus Köln\nIda", False, None, ())
    assert [file.name for file in mail.attachments] == ["a.pdf"]
    assert sent(winmail(compress(HEAD + b"kept as it is}", compressed=False))).text == "kept as it is"


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_html_that_was_made_into_rich_text_is_html_again(kind: str) -> None:
    mail = sent(winmail(compress(OF_HTML)), kind=kind, beside="<p>&nbsp;</p>" if kind == "text/html" else " ")
    assert (mail.text, mail.text_from_html, mail.defects, mail.attachments) == ("Grüße, Ida< 3 ☺", True, (), ())
    assert mail.html is not None
    assert '<p class="a">Grüße, <b>Ida</b>&lt; 3 ☺<img src="cid:logo"></p>\n' in mail.html
    cleaned = shown.clean(mail.html, {"logo": "/own"}).html
    assert "<b>Ida</b>" in cleaned
    assert "steal" not in cleaned


@pytest.mark.parametrize(("kind", "beside"), [("text/plain", "hello"), ("text/html", "hello"), ("text/html", "<img src=cid:a>")])
def test_where_the_mail_says_something_outside_of_it_the_rest_stays_a_file(kind: str, beside: str) -> None:
    mail = sent(winmail(compress(HEAD + b"inside}")), kind=kind, beside=beside)
    assert "inside" not in mail.text + (mail.html or "")
    assert [file.name for file in mail.attachments] == ["winmail.dat"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (rb"a\tab b\line c\par\pard d\~e\_f\-g \{\\\}", "a\tb\nc\nd\u00a0e\u2011fg {\\}"),
        (rb"\ldblquote a\rdblquote\emdash\bullet", "“a”—•"),
        (rb"\u8364 ?\u-10179?\u-8704?\uc2\u228\'c3\'a4x\uc0\u246 y", "€😀äxöy"),
        (rb"{\uc0 \u228}\u228?!", "ää!"),
        (rb"{\f1 \'93\'fa\'96{\f1\'7b}}\'e4{\f2 \'e4}", "日本äд"),
        (rb"{\f1 \'83A\plain\'e4}", "アä"),
        (rb"\f7 \'80", "€"),
        (rb"a{\pict\bin5 }}}}}\pngblip 0aff}{\v hidden}{\*\unknown{x}}{\info{\author x}}{\header x}b", "ab"),
        (rb"\trowd\cell a\cell b\row c", "\ta\tb\nc"),
        (
            rb'{\field{\*\fldinst{HYPERLINK "https://example.com/a" \\o "x"}}{\fldrslt{\ul here}}}'
            rb'{\field{\*\fldinst HYPERLINK "https://b.c"}{\fldrslt  b.c}}',
            "here <https://example.com/a> b.c",
        ),
        (rb'{\field{\*\fldinst{HYPERLINK "javascript:a"}}{\fldrslt here}}{\field{\*\fldinst PAGE}{\fldrslt 1}}', "here1"),
        (rb"a <b> & c", "a <b> & c"),
        (rb"{\*\htmltag84 <b>}a", "a"),
        (rb"a} behind {b", "a"),
        (rb"{{a", "a"),
        (rb"a\'zzb\\\'4", "azzb\\4"),
        (b"a\\\nb\nc\\u0 ?\\u55357 ?\\'00d", "a\nbc\ufffdd"),
    ],
)
def test_rich_text_is_read(written: bytes, read: str) -> None:
    assert said(written) == read


def damaged(rich: bytes) -> bytes:
    return rich[:20] + bytes([rich[20] ^ 1]) + rich[21:]


@pytest.mark.parametrize(
    "rich",
    [
        damaged(compress(HEAD + b"lost}")),
        compress(HEAD + b"lost}")[:-9],
        compress(HEAD + b"lost}").replace(b"LZFu", b"LZFv"),
        compress(b"no rich text"),
        b"short",
        compress(b"{\\rtf1" + b"{" * 100_000 + b"x}"),
        compress(b"{\\rtf1" + b"{}" * 1_000_000, compressed=False),
    ],
)
def test_what_is_damaged_stays_a_file(rich: bytes) -> None:
    mail = sent(winmail(rich, {"a.pdf": b"%PDF"}))
    assert (mail.text, mail.html, mail.defects) == ("", None, ("rtf_damaged",))
    assert [file.name for file in mail.attachments] == ["a.pdf", "winmail.dat"]


def bomb(megabytes: int) -> bytes:
    """A text without an end: by hand, for the library takes minutes."""
    start = HEAD + b"a" * 200
    ring = len(lzfu.BEGINNING)
    packed = bytearray(b"".join(b"\0" + start[at : at + 8] for at in range(0, len(start) // 8 * 8, 8)))
    place = ring + len(start) // 8 * 8
    for _ in range(megabytes * MB // 136):
        packed += b"\xff"
        for _ in range(8):
            packed += (((place - 17) % 4096) << 4 | 15).to_bytes(2, "big")
            place += 17
    return bytes(packed)


def sealed(packed: bytes) -> bytes:
    check = zlib.crc32(packed, lzfu.ALL) ^ lzfu.ALL
    return (len(packed) + 12).to_bytes(4, "little") + b"\xff\xff\xff\xff" + b"LZFu" + check.to_bytes(4, "little") + packed


def test_a_bomb_is_read_up_to_a_limit_once_in_a_mail() -> None:
    wrapped = winmail(sealed(bomb(20)))
    part = b"--m\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(
        wrapped
    )
    raw = b"Content-Type: multipart/mixed; boundary=m\n\n" + part * 2 + b"--m--\n"
    started = time.process_time()
    mail = parse(raw)
    assert time.process_time() - started < 2
    tracemalloc.start()
    parse(raw)
    grown = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert grown < 40 * MB
    assert len(mail.text) == Limits().text_bytes
    assert mail.defects == ("text_cut",)
    assert len(mail.attachments) == 2


HOSTILE = {
    "words": b"\\a" * 900_000,
    "letters": b"\\u1?" * 450_000,
    "bytes": b"\\'e4" * 500_000,
    "fonts": b"\\f1\\'e4\\f2\\'e4" * 140_000,
    "links": b'{\\field{\\*\\fldinst{HYPERLINK "https://a"}}{\\fldrslt x' * 300 + b"x " * 900_000,
    "fields": b"{\\field{\\*\\fldinst{HYPERLINK " * 300 + b'HYPERLINK "' * 150_000,
    "a font's name": b"{\\fonttbl" + b"\\f1 \\fcharset" * 100_000,
    "less than": b"<" * 2_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_rich_text_takes_little_time(name: str) -> None:
    started = time.process_time()
    rtf.read(b"{\\rtf1\\fromhtml1 " + HOSTILE[name])
    rtf.read(b"{\\rtf1 " + HOSTILE[name])
    assert time.process_time() - started < 8


PIECES = [
    b"{", b"}", b"{\\*\\htmltag64 ", b"\\htmlrtf ", b"\\htmlrtf0 ", b"\\fromhtml1 ", b"\\u", b"-10179", b"?", b"\\'", b"e4", b"\\f1 ", b"\\bin",
    b"99", b"\\uc", b"{\\fonttbl", b"\\fcharset128 ", b"\\ansicpg65001 ", b"\\ansicpg9", b"{\\field", b"{\\*\\fldinst ", b'HYPERLINK "https://a"',
    b"{\\fldrslt ", b"\\par", b"\\*", b"\\", b"\n", b"\x00", b"\xff", b"text", b"\\v ", b"\\deff3 ", b"\\plain ",
]  # fmt: skip
ANY = st.binary(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join)


@settings(max_examples=400)
@given(ANY)
@example(b"\\fromhtml1 {\\fldrslt x}")
def test_no_rich_text_raises_and_all_can_be_kept(body: bytes) -> None:
    mail = sent(winmail(compress(b"{\\rtf1" + body)))
    for text in (mail.text, mail.html or ""):
        assert "\x00" not in text
        text.encode()


@settings(max_examples=300)
@given(ANY, st.integers(0, 400), st.integers(0, 255))
def test_no_damage_raises(body: bytes, place: int, byte: int) -> None:
    whole = winmail(compress(b"{\\rtf1" + body))
    at = place % len(whole)
    sent(whole[:at])
    sent(whole[:at] + bytes([byte]) + whole[at + 1 :])
    packed = compress(b"{\\rtf1" + body)[16:]
    lzfu.decompressed(sealed(packed[: place % len(packed)] + bytes([byte]) + body), 1000)


@given(ANY | st.text("ab{\\", min_size=1, max_size=9000).map(str.encode))
def test_what_another_library_compressed_comes_out_as_it_was(data: bytes) -> None:
    assert lzfu.decompressed(compress(data), 10_000) == (data, False)
    assert lzfu.decompressed(compress(data), 5)[0] == data[:5]
