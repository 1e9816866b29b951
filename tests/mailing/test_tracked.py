"""Links of a mail that is told about: each leads where it led, by way of ours, and nothing else of the mail is different."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.channels.email.bulk import preparing
from core.extend import registry
from core.extend.merging import MergeItem
from core.mailing.tracking import links
from core.templates.blocks import (
    ButtonBlock,
    Column,
    ColumnsBlock,
    Content,
    FooterBlock,
    HtmlBlock,
    ImageBlock,
    ProductItem,
    ProductsBlock,
    TemplateBlock,
    TextBlock,
)
from core.templates.compiling import Mail, compiled
from core.templates.drawing import PREFERENCES, UNSUBSCRIBE

pytestmark = pytest.mark.usefixtures("connected")  # links are sealed with the secret of the installation
HREF = re.compile(r'(href=")([^"]*)(")')
PIXEL = re.compile(r'<img src="http[^"]*/mail/open/[^"]*" alt="" width="1" height="1" style="border:0">\n')
VALUES = {
    "contact.first_name": "Ida & <b>", "contact.email": "ida+x@example.org", UNSUBSCRIBE: "https://lacasa.example/mail/unsubscribe/x?a=1&b=2",
    PREFERENCES: "https://lacasa.example/mail/preferences/y",
}  # fmt: skip
WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_characters="{}[]()<>*\\\n\r\x00\"'`^| ", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")
    ),
    max_size=12,
)
PATHS = WORDS.map(lambda word: f"/{word}")
QUERIES = st.sampled_from(["", "?a=1&b=2", "?for={{ contact.email }}", "?q={{ contact.first_name | nobody }}&r=%20#end", "#there"])
WEB = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["https://", "http://", "HTTPS://"]),
    st.sampled_from(["shop.example", "b.example:8443", "bücher.example"]),
    PATHS,
    QUERIES,
)
OTHER = st.sampled_from(
    [
        "mailto:us@shop.example?subject={{ contact.first_name }}",
        "tel:+491234",
        "{{ mail.unsubscribe_url }}",
        "{{ mail.preferences_url }}",
    ]
)
LINKS = st.one_of(WEB, WEB, OTHER)
LITERAL = WEB.filter(lambda url: "{{" not in url)
TEXTS = st.builds("Read [this **now**]({}) and {{{{ contact.first_name }}}}".format, LINKS).map(TextBlock)
HTML = st.builds('<p>See <a href="{}" title="x">it</a><img src="{}" alt="y"></p>'.format, LINKS, WEB).map(HtmlBlock)
BLOCKS: st.SearchStrategy[TemplateBlock] = st.one_of(
    TEXTS,
    HTML,
    st.builds(ButtonBlock, st.just("Go"), LINKS),
    st.builds(lambda src, url: ImageBlock(src, "A lamp", url=url), WEB, LINKS),
    st.builds(lambda url: ProductsBlock(items=[ProductItem("Lamp", url=url, image_url=url)]), LITERAL),
    st.builds(lambda text: ColumnsBlock([Column([text]), Column([text])]), TEXTS),
    st.just(FooterBlock("Bye", address="1 Quay")),
)


def mails(blocks: list[TemplateBlock]) -> tuple[Mail, Mail]:
    """The same mail, untold and told."""
    made = compiled(Content("News", "More", "en", blocks=blocks), registry.merge_fields())
    return made.mail(VALUES), made.mail(VALUES, preparing._tracking(7, 42))


def led(href: str) -> str:
    """Where a link leads in the end; ours are followed as whoever clicks is."""
    url = unescape(href)
    if "/mail/click/" not in url:
        return url
    parts = urlsplit(url)
    [to] = parse_qs(parts.query, keep_blank_values=True)["to"]
    found = links.clicked(parts.path.rpartition("/")[2], to)
    assert (found.organization_id, found.send_id) == (7, 42)
    return to


@given(st.lists(BLOCKS, min_size=1, max_size=5))
def test_every_link_leads_where_it_led_and_nothing_else_changes(blocks: list[TemplateBlock]) -> None:
    plain, told = mails(blocks)
    assert (told.text, told.subject) == (plain.text, plain.subject)
    assert len(PIXEL.findall(told.html)) == 1
    without = PIXEL.sub("", told.html)
    assert HREF.sub(r"\1\3", without) == HREF.sub(r"\1\3", plain.html)
    before, after = ([href for _, href, _ in HREF.findall(html)] for html in (plain.html, without))
    assert [led(href) for href in after] == [
        preparing.in_ascii(unescape(href)) if "/mail/click/" in told else unescape(href)
        for href, told in zip(before, after, strict=True)
    ]
    for was, now in zip(before, after, strict=True):
        url = unescape(was)
        is_web = url[:4].lower() == "http" and not url.startswith("https://lacasa.example/")
        assert ("/mail/click/" in now) == (is_web and links.is_target(preparing.in_ascii(url)))


@pytest.mark.parametrize(("url", "asked"), [
    ("https://shop.example/ü?q=ä#ö", "https://shop.example/%C3%BC?q=%C3%A4#%C3%B6"),
    ("https://shop.example/%20?a=b%26", "https://shop.example/%20?a=b%26"),
    ("https://bücher.example/", "https://bücher.example/"),
    ("https://[::1/ü", "https://[::1/ü"),
])  # fmt: skip
def test_a_link_is_asked_for_as_a_browser_would(url: str, asked: str) -> None:
    assert preparing.in_ascii(url) == asked


def test_lines_of_an_order_are_told_about_too() -> None:
    fields = registry.merge_fields()
    items = next((name for name, field in fields.items() if field.kind == "items"), None)
    if items is None:
        pytest.skip("no module brings a list of products")
    made = compiled(Content("News", blocks=[ProductsBlock(source=items)]), fields)
    values = VALUES | {items: [MergeItem("Lamp", url="https://shop.example/lamp?a=1&b=2")]}
    told = made.mail(values, preparing._tracking(7, 42)).html
    assert [led(href) for _, href, _ in HREF.findall(told)] == ["https://shop.example/lamp?a=1&b=2"]
