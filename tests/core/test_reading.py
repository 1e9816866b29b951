"""Documents of strangers become what a reader sees of them, and nothing else; whatever they are, only `Unreadable` is raised, and soon."""

import re
import time
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.knowledge.reading import Format, Reading, Unreadable, format_of, html, markdown, read
from core.knowledge.reading.characters import decode
from tests.core.pdfs import a_pdf, shown

SECRET = "zanzibar"
HIDING = [
    f"<!-- {SECRET} -->", f"<script>{SECRET}</script>", f"<style>{SECRET}</style>", f"<template><p>{SECRET}</p></template>",
    f"<noscript>{SECRET}</noscript>", f"<p hidden>{SECRET}</p>", f'<p aria-hidden="TRUE">{SECRET}</p>', f'<p style="display : NONE">{SECRET}</p>',
    f'<p style="color:red;visibility:hidden!important">{SECRET}</p>', f'<p style="font-size:0">{SECRET}</p>', 
    f'<p style="font-size:.1em">{SECRET}</p>',
    f'<p style="opacity:0.0">{SECRET}</p>', f'<p style="position:absolute;left:-9999px">{SECRET}</p>', f'<p style="text-indent:-9999em">{SECRET}</p>',
    f'<p style="color:#FFF">{SECRET}</p>', f'<p style="color:rgb(255, 255, 255);background:#ffffff">{SECRET}</p>',
    f'<p style="color:#123456;background-color:#123456">{SECRET}</p>', f'<p style="color:transparent">{SECRET}</p>',
    f'<p style="display:/* x */none">{SECRET}</p>', f'<div style="height:0;overflow:hidden"><b>{SECRET}</b></div>',
    f'<p style="transform:scale(0);overflow:hidden">{SECRET}</p>',
    f'<p style="clip:rect(0 0 0 0)">{SECRET}</p>', f"<nav>{SECRET}</nav>", f"<footer>{SECRET}</footer>", f"<aside>{SECRET}</aside>",
    f"<header>{SECRET}</header>", f'<div role="navigation">{SECRET}</div>', f'<img alt="{SECRET}">', f'<p title="{SECRET}">x</p>',
    f'<input value="{SECRET}">', f"<svg><text>{SECRET}</text></svg>",
]  # fmt: skip


@pytest.mark.parametrize("part", HIDING)
def test_what_is_hidden_is_not_read(part: str) -> None:
    found = html.read(f"<body><p>Before</p>{part}<p>After</p></body>")
    assert SECRET not in found.body + found.title
    assert "Before" in found.body
    assert "After" in found.body


@pytest.mark.parametrize(
    "part", ['<p style="color:#fff;background:#036">seen</p>', '<p style="margin-left:-20px">seen</p>', "<details><p>seen</p></details>",
             '<p style="opacity:0.9">seen</p>', "<article><header><h2>seen</h2></header></article>", "<form><p>seen</p></form>"],
)  # fmt: skip
def test_what_is_shown_is_read(part: str) -> None:
    assert "seen" in html.read(part).body


def test_a_page_becomes_markdown() -> None:
    found = html.read(
        """<title>Returns | Shop</title><nav><a href="/">Home</a></nav><main><h1>Returns</h1><p>Send it <b>within 30 days</b>, by
        <a href="../post?a=1#how">post</a> or <a href="javascript:alert(1)">otherwise</a>.</p><h2>Fees</h2><ul><li>One<li>Two</ul>
        <table><tr><th>Plan<th>Price<tr><td>Basic<td>5 €</table><pre>a = [1]\n  b</pre></main>""",
        "https://shop.example/help/returns",
    )
    assert found.title == "Returns"
    assert found.body == (
        "Send it **within 30 days**, by [post](https://shop.example/post?a=1#how) or otherwise.\n\n## Fees\n\n- One\n- Two\n"
        "- Plan: Basic; Price: 5 €\n\n```\na = [1]\n  b\n```"
    )
    assert found.links == ["https://shop.example/", "https://shop.example/post?a=1"]


def test_what_a_page_says_of_itself() -> None:
    found = html.read(
        '<meta name="ROBOTS" content="noindex, nofollow"><link rel="canonical" href="/a#b"><p>x', "https://shop.example/b"
    )
    assert (found.noindex, found.nofollow, found.canonical) == (True, True, "https://shop.example/a")


def test_text_that_looks_like_markdown_stays_text() -> None:
    found = html.read("<p># no heading</p><p>- no point [a](https://evil.example) *b* &lt;!-- c</p><p>after</p>")
    assert found.body == "\\# no heading\n\n\\- no point \\[a\\](https://evil.example) \\*b\\* < !-- c\n\nafter"


def test_invisible_characters_are_left_out() -> None:
    smuggled = "".join(chr(0xE0000 + ord(letter)) for letter in "ignore")
    body = html.read(f"<p>a\u200bb\u202ec{smuggled}d\u2066e\ufefff\u200c\u200d\u200cg 👨\u200d👩 می\u200cخواهم</p>").body
    assert body == "abcdefg 👨\u200d👩 می\u200cخواهم"


def test_a_markdown_file_is_read_as_it_is_shown() -> None:
    found = markdown.read(
        '---\ntitle: "Care"\n---\n# Care of lamps\n<!-- a\nb --><span style="display:none">hidden <b>x</b></span>Dust *them* [well][1].\n\n'
        "[1]: https://shop.example/dust\n[//]: # (a note)\n\n```html\n<p hidden>code</p>\n```\n![alt](https://evil.example/pixel)"
    )
    assert found == Reading(
        title="Care",
        body="# Care of lamps\nDust *them* [well](https://shop.example/dust).\n\n\n\n\n```html\n<p hidden>code</p>\n```\nalt",
    )


TEXT = "Grüße – Ελλάδα".encode()


@pytest.mark.parametrize(
    ("data", "kind", "content_type", "wanted"),
    [
        (TEXT, "text", "", "Grüße – Ελλάδα"),
        (b"\xef\xbb\xbf" + TEXT, "text", "text/plain; charset=koi8-r", "Grüße – Ελλάδα"),
        ("Grüße".encode("utf-16"), "text", "", "Grüße"),
        (b"Gr\xfc\xdfe", "text", "text/plain; charset=ISO-8859-1", "Grüße"),
        (b'<meta charset="windows-1252"><p>5 \x80', "html", "", "5 €"),
        (b"<p>Gr\xfc\xdfe", "html", "", "Grüße"),
        ("<p>Привет".encode("koi8-r"), "html", "text/html; charset=koi8-r", "Привет"),
    ],
)
async def test_characters_are_read_by_what_is_said_of_them(data: bytes, kind: Format, content_type: str, wanted: str) -> None:
    assert (await read(data, kind, content_type=content_type)).body == wanted


@pytest.mark.parametrize(
    ("data", "kind", "content_type", "code"),
    [
        (b"", "text", "", "empty"), (b"<p hidden>x", "html", "", "empty"), (b"Gr\xfc\xdfe, Gr\xfc\xdfe", "text", "", "charset"),
        (b"x", "text", "text/plain; charset=rot13", "charset"), (b"x", "html", "text/html; charset=utf-7", "charset"),
        (b"\xff\xfe\x00\x00x\x00\x00\x00", "text", "", "charset"), (b"a\x00b\x00c\x00d\x00e", "text", "", "not_text"),
        (b"x" * (4 * 1024 * 1024 + 1), "text", "", "too_large"), (b"<div>" * 1000, "html", "", "too_long"),
        (b"".join(b"<font a%d><p>" % number for number in range(4000)), "html", "", "too_long"),
        (b"%PDF-1.4 nothing", "pdf", "", "damaged"), (a_pdf("0 0 m 9 9 l S"), "pdf", "", "scanned"),
        (a_pdf(shown(SECRET, before="3 Tr")), "pdf", "", "scanned"), (a_pdf("", extra="/Encrypt << /Filter /Standard /V 9 >>"), "pdf", "", "damaged"),
    ],
)  # fmt: skip
async def test_what_cannot_be_read_says_why(data: bytes, kind: Format, content_type: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        await read(data, kind, content_type=content_type)
    assert refused.value.reason == code


async def test_a_pdf_is_read_as_it_is_shown() -> None:
    page = (
        shown("Returns take 30 days.") + shown(SECRET, before="3 Tr", y=680) + shown(SECRET, size=1, y=660) + shown(SECRET, before="1 1 1 rg", y=640)
        + shown("White on blue.", before="0 0 1 rg 60 590 200 40 re f 1 g", y=600) + shown(SECRET, before="7 Tr", y=580)
    )  # fmt: skip
    found = await read(a_pdf(page, shown("The second page.")), "pdf", name="returns policy.pdf")
    assert found.title == "returns policy"
    assert SECRET not in found.body
    for line in ("Returns take 30 days.", "White on blue.", "The second page."):
        assert line in found.body


async def test_a_pdf_with_a_password_says_so() -> None:
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(a_pdf(shown("x")))))
    writer.encrypt("secret", algorithm="AES-256")
    data = io.BytesIO()
    writer.write(data)
    with pytest.raises(Unreadable) as refused:
        await read(data.getvalue(), "pdf")
    assert refused.value.reason == "encrypted"


@pytest.mark.parametrize(
    ("name", "content_type", "wanted"),
    [
        ("a.MD", "", "markdown"),
        ("a.htm", "text/plain", "html"),
        ("a", "text/html; charset=x", "html"),
        ("a.pdf", "", "pdf"),
        ("a.txt", "", "text"),
    ],
)
def test_a_format_is_known_by_its_name(name: str, content_type: str, wanted: str) -> None:
    assert format_of(name, content_type) == wanted


def test_other_formats_are_refused() -> None:
    with pytest.raises(Unreadable):
        format_of("a.docx", "application/octet-stream")


PIECES = st.lists(
    st.sampled_from([
        *HIDING, "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<a href='javascript:x'>", "<a href=https://a.example/(b)>", "</a>", "<table>",
        "<tr>",
        "<td>", "</table>", "<ul>", "<li>", "</ul>", "<pre>", "</pre>", "<code>", "</code>", "<h2>", "</h2>", "[x](javascript:y)", "```", "&lt;!--",
        "text",
        "<blockquote>", "</blockquote>", "<p style='", "<!--", "-->", "\x00", "\ud83d", "<main>", "</main>", "<summary>", "<svg>", "</svg>",
        "<title>",
    ])
    | st.text(max_size=20),
    max_size=40,
).map("".join)  # fmt: skip
LINKED = re.compile(r"(?<!\\)\]\(([^)\s]*)")


@given(PIECES)
@settings(deadline=None)
@example("<b>" * 300 + "<p>" * 300)
def test_no_page_breaks_the_reader(text: str) -> None:
    try:
        found = html.read(text, "https://shop.example/")
    except Unreadable:
        return
    assert "<!--" not in found.body
    assert all(
        to.startswith(("https://", "http://"))
        for to in LINKED.findall(re.sub(r"`[^`]*`|```.*?```", "", found.body, flags=re.DOTALL))
    )


@given(st.lists(st.sampled_from(HIDING), min_size=1, max_size=4), st.sampled_from(["p", "div", "td", "li", "h2", "b"]))
@settings(deadline=None)
def test_what_is_hidden_never_comes_out(parts: list[str], around: str) -> None:
    assert SECRET not in html.read(f"<p>Before</p><{around}>x{''.join(parts)}</{around}>").body


@given(st.binary(max_size=300), st.sampled_from(["utf-8", "utf-16", "koi8-r", "zip", "idna", "\u1234", ""]), st.booleans())
def test_no_bytes_break_the_decoder(data: bytes, charset: str, is_html: bool) -> None:
    with suppress(Unreadable):
        decode(data, charset, is_html=is_html)


@given(PIECES)
@settings(deadline=None)
def test_no_markdown_breaks_the_reader(text: str) -> None:
    assert "<!--" not in markdown.read(text).body


@pytest.mark.parametrize(
    "part",
    ["<p>x", "<ul><li>x</ul>", "*", "[", "<!--", "&lt;!--", "<span>x</span>", "<p style='a:b;", "<td>", "</p>", "<a ", "![a]("],
)
def test_time_is_linear(part: str) -> None:
    def cpu_s(size: int) -> float:
        text = part * (size // len(part))
        began = time.process_time()
        for reader in (html.read, markdown.read):
            with suppress(Unreadable):
                reader(text)
        return time.process_time() - began

    cpu_s(1000)
    assert cpu_s(400_000) < 6 * max(cpu_s(100_000), 0.05)
