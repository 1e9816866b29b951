"""What mail programs are given: tables, styles where they belong, the direction of the language, nothing that acts or loads but images."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from core.templates.blocks import (
    ButtonBlock,
    Column,
    ColumnsBlock,
    Content,
    FooterBlock,
    HeadingBlock,
    HtmlBlock,
    ImageBlock,
    ProductsBlock,
    TemplateStyle,
    TextBlock,
)
from core.templates.compiling import compiled
from core.templates.looks import contrast, ink
from tests.core.templates.support import EVERYWHERE, FIELDS, samples

MAIL = compiled(EVERYWHERE, FIELDS).mail(samples())


def drawn(*blocks: object, language: str = "en", style: TemplateStyle | None = None) -> str:
    return compiled(Content("A", "", language, style or TemplateStyle(), list(blocks)), FIELDS).mail(samples()).html


def test_nothing_acts_and_nothing_but_images_is_loaded() -> None:
    tree = LexborHTMLParser(MAIL.html)
    assert [node.tag for node in tree.css("script, link, iframe, object, form, input, svg, base, video")] == []
    assert [name for node in tree.css("*") for name in node.attributes if name.startswith("on")] == []
    assert "url(" not in MAIL.html
    assert "@import" not in MAIL.html
    assert "javascript:" not in MAIL.html
    assert "alert(1)" not in MAIL.html + MAIL.text
    assert {re.match("[a-z]+", node.attributes["href"] or "").group() for node in tree.css("a[href]")} == {"https", "mailto"}  # type: ignore[union-attr]


def test_all_that_arranges_is_a_table_that_is_not_read_aloud() -> None:
    assert {node.attributes.get("role") for node in LexborHTMLParser(drawn(*EVERYWHERE.blocks[:-2])).css("table")} == {
        "presentation"
    }


def test_it_is_600_pixels_wide_for_outlook_and_at_most_so_for_others() -> None:
    assert "max-width:600px" in MAIL.html
    assert "<!--[if mso]><table role='presentation' border='0' cellpadding='0' cellspacing='0' width='600'" in MAIL.html
    widths = [int(node.attributes["width"] or 0) for node in LexborHTMLParser(MAIL.html).css("img[width]")]
    assert max(widths) <= 536


def test_a_template_can_be_wider_and_what_stands_in_it_follows() -> None:
    html = drawn(ImageBlock("https://example.com/a.png", width=720), style=TemplateStyle(width=720))
    assert "max-width:720px" in html
    assert "width='720'" in html
    assert [node.attributes["width"] for node in LexborHTMLParser(html).css("img")] == ["656"]


@pytest.mark.parametrize(
    ("language", "direction", "side"), [("en", "ltr", "left"), ("ar", "rtl", "right"), ("he", "rtl", "right"), ("", "ltr", "left")]
)
def test_who_reads_from_the_right_begins_there(language: str, direction: str, side: str) -> None:
    tree = LexborHTMLParser(drawn(HeadingBlock("A"), TextBlock("B"), language=language))
    root = tree.css_first("html")
    assert root is not None
    assert (root.attributes.get("lang"), root.attributes["dir"]) == (language or None, direction)
    assert {node.attributes["align"] for node in tree.css("td.lc-words")} == {side}


def test_a_button_is_a_cell_of_its_colour_and_is_read_on_it() -> None:
    for color in ("#000000", "#ffdd00", "#2f6f5e", "#ffffff", "#777777"):
        tree = LexborHTMLParser(drawn(ButtonBlock("Go", "https://shop.example", color=color)))
        [cell] = tree.css(f'td[bgcolor="{color}"]:not(.lc-page)')[-1:]
        assert "mso-padding-alt:14px 28px" in (cell.attributes["style"] or "")
        assert contrast(ink(color), color) >= 4.4


def test_there_is_a_night() -> None:
    assert '<meta name="color-scheme" content="light dark">' in MAIL.html
    assert "@media (prefers-color-scheme:dark)" in MAIL.html


def test_the_words_beside_the_subject_are_not_seen_in_the_mail() -> None:
    assert "Before Ida" in MAIL.html
    assert "Before Ida" not in MAIL.text


def test_columns_stand_beside_each_other_within_the_width() -> None:
    html = drawn(ColumnsBlock([Column([TextBlock("one")]), Column([TextBlock("two")]), Column([TextBlock("three")])]))
    widths = [int(width) for width in re.findall(r"max-width:([0-9]+)px;vertical-align:top", html)]
    assert len(widths) == 3
    assert sum(widths) <= 576


def test_an_order_is_listed_as_it_is_at_the_time() -> None:
    assert "2 × Lamp" in MAIL.html
    assert "- 2 × Lamp (https://shop.example/lamp) 12.00 EUR" in MAIL.text
    made = compiled(Content(blocks=[ProductsBlock(source="{{ order.items }}", most=1)]), FIELDS)
    assert "Lamp" not in made.mail(samples(order__items=[])).text
    twice = made.mail(samples(order__items=FIELDS["order.items"].sample * 2))
    assert twice.text.count("Lamp") == 1


def test_own_html_keeps_its_looks_and_loses_what_acts() -> None:
    html = drawn(
        HtmlBlock(
            '<div style="color: #333; position: fixed; background: url(x)" class="x"><p>One<br>two</p><svg><a>x</a></svg></div>'
        )
    )
    assert '<div style="color: #333">' in html
    assert "position" not in html
    assert "<svg" not in html


def test_html_that_keeps_a_parser_busy_is_its_words() -> None:
    assert "deep" in drawn(HtmlBlock("<b>" * 3000 + "deep"))


def test_the_way_out_is_always_there() -> None:
    text = compiled(Content(blocks=[FooterBlock("Us", "Here", "", "")]), FIELDS).mail(samples()).text
    assert "Unsubscribe (https://example.com/unsubscribe)" in text
    assert "preferences" not in text
