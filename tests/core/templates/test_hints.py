"""Each hint is given where it helps, and nowhere else."""

from typing import Any

import pytest

from core.templates.blocks import (
    ButtonBlock,
    Column,
    ColumnsBlock,
    Content,
    FooterBlock,
    HeadingBlock,
    HtmlBlock,
    ImageBlock,
    TemplateStyle,
    TextBlock,
)
from core.templates.compiling import compiled
from core.templates.hints import Hint, hints
from core.templates.tags import Scope
from tests.core.templates.support import FIELDS, samples

WORDS = TextBlock(
    "We have written to you because you bought a lamp of us last year, and there are new shades for it which you may like."
)
FOOTER = FooterBlock("Harbour Lights", "1 Quay Street")
GOOD: dict[str, Any] = {"subject": "New shades", "preheader": "In four colours", "language": "en", "blocks": [WORDS, FOOTER]}


def given(**changes: Any) -> list[Hint]:
    content = Content(**GOOD | changes)
    made = compiled(content, FIELDS)
    return hints(content, made, made.mail(samples()), Scope(FIELDS))


def with_block(block: Any) -> list[tuple[str, str]]:
    return [(hint.code, hint.path) for hint in given(blocks=[block, WORDS, FOOTER])]


def test_a_good_mail_needs_none() -> None:
    assert given() == []


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"subject": ""}, "subject_missing", "subject"),
        ({"subject": "Word " * 15}, "subject_too_long", "subject"),
        ({"subject": "NEW SHADES FOR YOU"}, "all_caps", "subject"),
        ({"subject": "New!!"}, "exclamation_marks", "subject"),
        ({"preheader": " "}, "preheader_missing", "preheader"),
        ({"language": ""}, "language_missing", "language"),
        ({"blocks": [FOOTER]}, "too_little_text", ""),
        ({"blocks": [WORDS]}, "no_unsubscribe", ""),
        ({"blocks": [WORDS, FooterBlock("Harbour Lights")]}, "no_footer_address", "blocks[1].address"),
        ({"blocks": [HtmlBlock("<p>word</p>" * 10_000), FOOTER]}, "too_large", ""),
        ({"style": TemplateStyle(color="#bbbbbb")}, "low_contrast", "style.color"),
        ({"style": TemplateStyle(accent="#ffdd00")}, "low_contrast", "style.accent"),
    ],
)
def test_of_the_whole(changes: dict[str, Any], code: str, path: str) -> None:
    assert [(hint.code, hint.path) for hint in given(**changes)] == [(code, path)]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (ImageBlock("https://a.example/x.png"), [("image_without_alt", "blocks[0].alt")]),
        (ImageBlock("http://a.example/x.png", "A lamp"), [("insecure_link", "blocks[0].src")]),
        (ButtonBlock("Click here!", "https://a.example"), [("vague_link", "blocks[0].label")]),
        (ButtonBlock("See the shades", "https://bit.ly/x"), [("short_link", "blocks[0].url")]),
        (TextBlock("See it [here](https://a.example) or [in our shop](https://b.example)"), [("vague_link", "blocks[0].text")]),
        (TextBlock("Dear {{ contact.first_name }}, {{ contact.order_count }}"), [("no_fallback", "blocks[0].text")]),
        (TextBlock("Dear {{ contact.first_name | you }}"), []),
        (TextBlock("BUY THIS LAMP NOW BECAUSE it is good"), [("all_caps", "blocks[0].text")]),
        (HeadingBlock("USB lamp"), []),
        (HeadingBlock("{{ contact.first_name | YOU }} lamp"), []),
        (HtmlBlock('<img src="https://a.example/x"><a href="http://a.example">More</a>'),
         [("image_without_alt", "blocks[0].html"), ("vague_link", "blocks[0].html"), ("insecure_link", "blocks[0].html")]),
        (ColumnsBlock([Column([]), Column([ImageBlock("https://a.example/x.png")])]), [("image_without_alt", "blocks[0].columns[1].blocks[0].alt")]),
    ],
)  # fmt: skip
def test_of_a_block(block: Any, expected: list[tuple[str, str]]) -> None:
    assert with_block(block) == expected


def test_own_html_with_the_link_in_it_needs_no_footer() -> None:
    html = HtmlBlock('<p>Bye: <a href="{{ mail.unsubscribe_url }}">no more of this</a></p>')
    assert [hint.code for hint in given(blocks=[WORDS, html])] == []
