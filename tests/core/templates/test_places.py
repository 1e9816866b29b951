"""A value never leaves its place: not in HTML as a parser reads it, not in an address, not in a header. Text and HTML say the same."""

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.channels.email import composing
from core.channels.email.composing import Letter
from core.extend.merging import MergeItem
from core.templates import escaping
from core.templates.blocks import ButtonBlock, Content, FooterBlock, HeadingBlock, HtmlBlock, ImageBlock, TextBlock
from core.templates.compiling import compiled, drawn
from core.templates.tags import Fault
from tests.core.templates.support import EVERYWHERE, FIELDS, bare, samples, spoken

TEMPLATE = compiled(EVERYWHERE, FIELDS)
HOSTILE = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="<>\"'&;/\\{}()[]=:.#?% \r\n\t\x00-!*ab\u202e\u2028", max_size=40),
    st.sampled_from([
        "<script>alert(1)</script>", '" onmouseover="alert(1)', "javascript:alert(1)", "..", ".", "../..", "%2e%2e", "-->", "<!--", "]]>",
        "</title><script>", "a\r\nBcc: everybody@example.com", "{{ contact.email }}", "@evil.example", "//evil.example", "https://evil.example",
        "&lt;", "&#x3c;b&#x3e;", "</a></td></table>", "=?utf-8?q?=0d=0aBcc:_x?=", "\ud800", "a&b=c", "?x#y",
    ]),
)  # fmt: skip
ADDRESSES = ("href", "src")


def outline(node: LexborNode) -> list[Any]:
    """Elements, attributes and comments, but for what is read; of addresses: all that a server or a browser decides by."""
    found: list[Any] = []
    child = node.child
    while child is not None:
        if child.tag == "-comment":
            found.append(child.comment_content)
        elif child.tag != "-text":
            attributes = {
                name: _target(value or "") if name in ADDRESSES else None if name in {"alt", "title"} else value
                for name, value in child.attributes.items()
            }
            found.append((child.tag, attributes, outline(child)))
        child = child.next
    return found


def _target(address: str) -> Any:
    """Where an address leads, as a browser resolves it: its path's depth, and the names in its query."""
    parts = urlsplit(address)
    path = urljoin("https://shop.example/", re.sub("%2e", ".", parts.path, flags=re.IGNORECASE)) if parts.netloc else parts.path
    names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    return parts.scheme, parts.netloc, path.count("/"), names, bool(parts.fragment)


def whole(html: str) -> list[Any]:
    root = LexborHTMLParser(html).root
    assert root is not None
    return outline(root)


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
@example("..")
def test_a_value_changes_no_element_no_attribute_and_no_target(value: str) -> None:
    usual, hostile = (TEMPLATE.mail(samples(contact__first_name=said)) for said in ("Ida", value))
    assert whole(hostile.html) == whole(usual.html)
    shown = escaping.words(value) or "there"
    assert f"Dear {shown}!" in " ".join(spoken(hostile.html).split())
    assert f"Dear {shown}!" in hostile.text


@settings(max_examples=200, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_line_of_an_order_leaves_its_row(title: str, price: str, address: str) -> None:
    usual = TEMPLATE.mail(samples(order__items=[MergeItem("Lamp", 2, "1 EUR")]))
    hostile = TEMPLATE.mail(
        samples(order__items=[MergeItem(title, 2, price, address if not escaping.address(address) else "", "")])
    )
    assert whole(hostile.html) == whole(usual.html)


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
def test_a_whole_link_is_one_of_the_web_or_leads_nowhere(value: str) -> None:
    mail = TEMPLATE.mail(samples(order__tracking_url=value))
    links = [node.attributes["href"] or "" for node in LexborHTMLParser(mail.html).css("a[href]")]
    assert all(link == "#" or urlsplit(link).scheme in {"http", "https", "mailto"} for link in links)
    assert len(links) == len(LexborHTMLParser(TEMPLATE.mail(samples()).html).css("a[href]"))


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
def test_what_a_value_says_in_an_address_comes_out_as_it_went_in(value: str) -> None:
    mail = compiled(
        Content(blocks=[ButtonBlock("Go", "https://shop.example/?a={{ contact.first_name | none }}&b=1")]), FIELDS
    ).mail(samples(contact__first_name=value))
    address = LexborHTMLParser(mail.html).css("a")[0].attributes["href"] or ""
    assert parse_qsl(urlsplit(address).query, keep_blank_values=True) == [("a", escaping.words(value) or "none"), ("b", "1")]


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_a_subject_is_one_header_on_one_line(value: str) -> None:
    mails = [TEMPLATE.mail(samples(contact__first_name=said)) for said in ("Ida", value)]
    assert len(mails[1].subject.splitlines()) == 1
    heads = []
    for mail in mails:
        letter = Letter(
            from_name="Us", from_address="us@shop.example", reply_to="us@shop.example", to=(("Ida", "ida@example.com"),), subject=mail.subject,
            message_id="1@shop.example", text=mail.text, html=mail.html, at=datetime(2026, 1, 2, tzinfo=UTC),
        )  # fmt: skip
        heads.append(message_from_bytes(composing.compose(letter), policy=default))
    assert heads[0].keys() == heads[1].keys()
    assert heads[1].get_body(("html",)).get_content().replace("\r\n", "\n") == mails[1].html.replace("\r\n", "\n")


WRITTEN = st.text(alphabet="ab *_[]()\\\n-{}<>&\"'", max_size=60) | st.sampled_from(
    ["**b *i** x*", "[l](https://a.example/x)", "**[l](https://a.example)**", "[**l](https://a.example)**", "- a\n- **b**\n\nc", "[[x](https://a.example)](https://b.example)"]
)  # fmt: skip
TEXTS = WRITTEN.map(lambda text: text.replace("{{", "{"))
BLOCKS = st.lists(
    st.one_of(
        TEXTS.map(TextBlock),
        TEXTS.map(lambda text: HeadingBlock(text.replace("\n", " "))),
        TEXTS.map(lambda text: ButtonBlock(text.replace("\n", " "), "https://shop.example/?a={{ contact.first_name }}")),
        TEXTS.map(lambda text: ImageBlock("https://shop.example/a.png", text.replace("\n", " "), url="https://shop.example")),
        TEXTS.map(lambda text: HtmlBlock(f"<p>{text}</p>")),
        TEXTS.map(HtmlBlock),
        TEXTS.map(lambda text: FooterBlock(text, text)),
    ),
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(BLOCKS, HOSTILE)
def test_text_and_html_say_the_same(blocks: list[Any], value: str) -> None:
    made, faults = drawn(Content(blocks=[*blocks, *EVERYWHERE.blocks]), FIELDS)
    mail = made.mail(samples(contact__first_name=value))
    assert bare(spoken(mail.html)) == bare(mail.text)
    assert {fault.code for fault in faults} <= {"bad_link"}


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab{}| .contact_firstname*[](https://\n<>\"'", max_size=80))
def test_whatever_is_written_is_drawn_or_told_what_it_lacks(text: str) -> None:
    line = text.replace("\n", " ")
    blocks = [
        TextBlock(text),
        HeadingBlock(line),
        ButtonBlock(line, line),
        ImageBlock(line, line, url=line),
        HtmlBlock(text),
        FooterBlock(text),
    ]
    made, faults = drawn(Content(line, line, blocks=blocks), FIELDS)
    mail = made.mail(samples())
    assert whole(mail.html)
    source = {"subject": line, "preheader": line, "blocks[0].text": text, "blocks[1].text": line, "blocks[4].html": text}
    for fault in faults:
        assert isinstance(fault, Fault)
        said = source.get(fault.path)
        if said is not None and fault.code in {"unknown_tag", "bad_tag"}:
            assert said[fault.at : fault.at + 2] == "{{" or fault.path == "blocks[4].html"


@pytest.mark.parametrize("value", [None, "", "  ", "\u202e", [], "\r\n"])
def test_a_missing_value_is_its_fallback(value: Any) -> None:
    mail = TEMPLATE.mail(samples(contact__first_name=value))
    assert mail.subject == "News for there"
    assert "Dear there!" in mail.text
    assert "https://shop.example/o/there?n=there&m=there" in mail.text


def test_a_text_that_would_take_quadratic_time_is_read_at_once() -> None:
    for text in ("[" * 10_000, "](" * 5_000, "**a" * 3_300, "*a [" * 2_500, "[a](https://x.example/" * 450):
        drawn(Content(blocks=[TextBlock(text)]), FIELDS)
