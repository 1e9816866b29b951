"""What would help a mail to arrive and to be read by everybody. Nobody is kept from sending by a hint."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec
from selectolax.lexbor import LexborHTMLParser

from core.templates import drawing, own_html
from core.templates.blocks import (
    ButtonBlock,
    ColumnsBlock,
    Content,
    FooterBlock,
    HeadingBlock,
    HtmlBlock,
    ImageBlock,
    ProductsBlock,
    TemplateBlock,
    TextBlock,
)
from core.templates.compiling import Compiled, Mail
from core.templates.inline import Anchor, parse
from core.templates.looks import contrast, muted
from core.templates.tags import Scope, Tag

HintCode = Literal[
    "all_caps", "exclamation_marks", "image_without_alt", "insecure_link", "language_missing", "low_contrast", "no_fallback",
    "no_footer_address", "no_unsubscribe", "preheader_missing", "short_link", "subject_missing", "subject_too_long", "too_large",
    "too_little_text", "vague_link",
]  # fmt: skip
CLIPPED_AT = 102 * 1024
"""Gmail shows so many bytes of HTML and hides the rest, with the link to unsubscribe in it."""
SUBJECT_MAX = 60
TEXT_MIN = 100
"""Letters, without addresses."""
READABLE = 4.5
HINTS_MAX = 100
CAPITALS_MIN = 8
VAGUE = frozenset({
    "click", "click here", "click me", "here", "link", "more", "read more", "this", "this link", "learn more",
    "hier", "hier klicken", "klicken sie hier", "mehr", "ici", "cliquez ici", "aquí", "haz clic aquí", "här", "klicka här", "اضغط هنا", "هنا",
})  # fmt: skip
SHORTENERS = re.compile(
    r"\Ahttps?://(?:www\.)?(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|cutt\.ly)(?:/|\Z)",
    re.IGNORECASE,
)
INSECURE = re.compile(r"\Ahttp://", re.IGNORECASE)
SPELLED = re.compile(r"\([a-z]+:[^\s()]+\)")
TAGS = re.compile(r"\{\{[^{}]{0,400}\}\}")


class Hint(msgspec.Struct, frozen=True):
    """`path`: the field it is about, `blocks[2].alt`, or empty for the whole."""

    code: HintCode
    path: str
    words: str


def hints(content: Content, compiled: Compiled, mail: Mail, scope: Scope) -> list[Hint]:
    """`mail`: as it would be to somebody; `scope`: knows the fields."""
    found = [*_of_subject(content, mail), *_of_whole(content, compiled, mail)]
    for path, block in walk(content.blocks, "blocks"):
        found += _of_block(path, block, content, scope)
    return found[:HINTS_MAX]


def walk(blocks: Sequence[TemplateBlock], path: str) -> Iterator[tuple[str, TemplateBlock]]:
    """Every block with its path, those in columns too."""
    for number, block in enumerate(blocks):
        here = f"{path}[{number}]"
        yield here, block
        if isinstance(block, ColumnsBlock):
            for column, one in enumerate(block.columns):
                yield from walk(one.blocks, f"{here}.columns[{column}].blocks")


def _of_subject(content: Content, mail: Mail) -> Iterator[Hint]:
    if not mail.subject:
        yield Hint("subject_missing", "subject", "a mail without a subject is hardly opened, and often taken for spam")
    if len(mail.subject) > SUBJECT_MAX:
        yield Hint(
            "subject_too_long",
            "subject",
            f"telephones show about 40 characters and most programs {SUBJECT_MAX}; this has {len(mail.subject)}",
        )
    if not content.preheader.strip():
        yield Hint("preheader_missing", "preheader", "lists of mails show the beginning of the mail in its place")
    yield from _shouting("subject", content.subject)


def _of_whole(content: Content, compiled: Compiled, mail: Mail) -> Iterator[Hint]:
    size, text = len(mail.html.encode(errors="replace")), " ".join(SPELLED.sub("", mail.text).split())
    if size > CLIPPED_AT:
        yield Hint("too_large", "", f"Gmail shows 102 kB and hides the rest; this has {size // 1024} kB")
    if len(text) < TEXT_MIN:
        yield Hint(
            "too_little_text",
            "",
            "a mail of hardly any words, or of images alone, is often taken for spam, and says nothing without its images",
        )
    if drawing.UNSUBSCRIBE not in compiled.names:
        yield Hint(
            "no_unsubscribe", "", "no way to unsubscribe: add a footer; only mail that somebody asked for himself goes without"
        )
    if not content.language:
        yield Hint("language_missing", "language", "who has the mail read aloud hears it in the wrong language")
    style = content.style
    for path, color, background in (("style.color", style.color, style.surface), ("style.accent", style.accent, style.surface)):
        yield from _contrast(path, color, background, READABLE)


def _of_block(path: str, block: TemplateBlock, content: Content, scope: Scope) -> Iterator[Hint]:
    match block:
        case HeadingBlock():
            yield from _shouting(f"{path}.text", block.text)
            yield from _fallbacks(f"{path}.text", scope.cut(block.text))
        case TextBlock():
            yield from _of_text(f"{path}.text", block.text, scope)
        case ButtonBlock():
            yield from _vague(f"{path}.label", block.label)
            yield from _shouting(f"{path}.label", block.label)
            yield from _leading(f"{path}.url", block.url)
        case ImageBlock():
            yield from _unseen(f"{path}.alt", block.alt)
            yield from _leading(f"{path}.url", block.url)
            yield from _leading(f"{path}.src", block.src)
        case ProductsBlock():
            for number, one in enumerate(block.items):
                yield from _leading(f"{path}.items[{number}].url", one.url)
        case FooterBlock():
            if not block.address.strip():
                yield Hint(
                    "no_footer_address", f"{path}.address", "the law of many countries wants the sender's postal address in it"
                )
            quiet = muted(content.style.surface)
            yield from _contrast("style.surface", quiet, content.style.surface, READABLE)
        case HtmlBlock():
            yield from _of_html(f"{path}.html", block.html)


def _of_footer(path: str, block: FooterBlock, surface: str) -> Iterator[Hint]:
    if not block.address.strip():
        yield Hint("no_footer_address", f"{path}.address", "the law of many countries wants the sender's postal address in it")
    yield from _contrast("style.surface", muted(surface), surface, READABLE)


def _of_text(path: str, text: str, scope: Scope) -> Iterator[Hint]:
    yield from _shouting(path, text)
    label: list[str] | None = None
    for paragraph in parse(text, scope):
        for token in (token for line in paragraph.lines for token in line):
            yield from _fallbacks(path, [token])
            if isinstance(token, Anchor):
                if token.address is not None:
                    label = []
                    yield from _leading(path, "".join(part for part in token.address if isinstance(part, str)))
                elif label is not None:
                    yield from _vague(path, "".join(label))
                    label = None
            elif label is not None and type(token) is str:
                label.append(token)


def _of_html(path: str, html: str) -> Iterator[Hint]:
    body = LexborHTMLParser(own_html.clean(html)).body
    if body is None:
        return
    for image in body.css("img"):
        yield from _unseen(path, image.attributes.get("alt") or "")
    for anchor in body.css("a"):
        yield from _vague(path, anchor.text())
        yield from _leading(path, anchor.attributes.get("href") or "")
    yield from _shouting(path, body.text())


def _unseen(path: str, alt: str) -> Iterator[Hint]:
    if not alt.strip():
        yield Hint("image_without_alt", path, "who does not see the image, or has images off, is told nothing")


def _shouting(path: str, text: str) -> Iterator[Hint]:
    said = TAGS.sub("", text)
    letters = [letter for letter in said if letter.isalpha()]
    words = [word for word in said.split() if len(word) > 3 and word.isupper() and word.isalpha()]
    if len(letters) >= CAPITALS_MIN and (all(letter.isupper() for letter in letters) or len(words) >= 3):
        yield Hint("all_caps", path, "capitals alone are read as shouting, by people and by spam filters")
    if said.count("!") > 2 or "!!" in said:
        yield Hint("exclamation_marks", path, "one exclamation mark is enough: spam filters count them")


def _vague(path: str, label: str) -> Iterator[Hint]:
    bare = " ".join(label.split()).strip(" .!>»→…").lower()
    if bare in VAGUE:
        yield Hint(
            "vague_link", path, f"“{label.strip()[:60]}” does not say where it leads; who has links read out hears nothing else"
        )


def _leading(path: str, address: str) -> Iterator[Hint]:
    if SHORTENERS.match(address):
        yield Hint("short_link", path, "shortened addresses hide where they lead; spam filters do not like them")
    elif INSECURE.match(address):
        yield Hint("insecure_link", path, "http:// is not encrypted; most programs warn of it")


def _fallbacks(path: str, pieces: Sequence[Any]) -> Iterator[Hint]:
    for piece in pieces:
        if (
            isinstance(piece, Tag)
            and piece.field.name.startswith("contact.")
            and piece.field.kind in {"text", "map"}
            and not piece.fallback
        ):
            yield Hint(
                "no_fallback", path, f"{piece.field.title}: nothing stands there for whoever has none; add a fallback after a |"
            )


def _contrast(path: str, color: str, background: str, wanted: float) -> Iterator[Hint]:
    found = contrast(color, background)
    if found < wanted:
        yield Hint("low_contrast", path, f"{color} on {background} has a contrast of {found:.1f}; words want {wanted}")
