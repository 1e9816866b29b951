"""What a template is made of. In texts stand `**bold**`, `*italic*`, `[a link](https://…)`, lists of lines that begin with `- `, and tags."""

from typing import Annotated, Literal

import msgspec

from core import texts

BLOCKS_MAX, COLUMN_BLOCKS_MAX, PRODUCTS_MAX = 100, 20, 20
TEXT_MAX, HTML_MAX = 10_000, 200_000
CONTENT_MAX = 256 * 1024
"""Bytes of all blocks as JSON."""
WIDTH, WIDTH_MIN, WIDTH_MAX = 600, 480, 720
Color = Annotated[str, msgspec.Meta(max_length=7, pattern=r"^#[0-9a-f]{6}\Z")]
Line = Annotated[str, msgspec.Meta(max_length=300, pattern=texts.LINE)]
Link = Annotated[str, msgspec.Meta(max_length=2000, pattern=texts.LINE)]
Words = Annotated[str, msgspec.Meta(max_length=TEXT_MAX, pattern=texts.TEXT)]
Align = Literal["start", "center", "end"]
"""`start`: where reading begins, left or right."""


class HeadingBlock(msgspec.Struct, tag="heading", forbid_unknown_fields=True):
    text: Line
    level: Annotated[int, msgspec.Meta(ge=1, le=3)] = 1
    align: Align = "start"


class TextBlock(msgspec.Struct, tag="text", forbid_unknown_fields=True):
    text: Words
    align: Align = "start"


class ButtonBlock(msgspec.Struct, tag="button", forbid_unknown_fields=True):
    """`color` null: the template's accent. What is written on it is black or white, whichever can be read."""

    label: Line
    url: Link
    align: Align = "start"
    color: Color | None = None


class ImageBlock(msgspec.Struct, tag="image", forbid_unknown_fields=True):
    """`width` in pixels; it never is wider than where it stands. `url`: where a click on it leads, or empty."""

    src: Link
    alt: Line = ""
    width: Annotated[int, msgspec.Meta(ge=1, le=WIDTH_MAX)] = WIDTH
    url: Link = ""
    align: Align = "center"


class DividerBlock(msgspec.Struct, tag="divider", forbid_unknown_fields=True):
    color: Color | None = None


class SpacerBlock(msgspec.Struct, tag="spacer", forbid_unknown_fields=True):
    height: Annotated[int, msgspec.Meta(ge=4, le=200)] = 24


class ProductItem(msgspec.Struct, forbid_unknown_fields=True):
    """A product that is the same for everybody: no tags."""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=texts.NAME)]
    quantity: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 1
    price: Annotated[str, msgspec.Meta(max_length=40, pattern=texts.LINE)] = ""
    url: Link = ""
    image_url: Link = ""


class ProductsBlock(msgspec.Struct, tag="products", forbid_unknown_fields=True):
    """Products or lines of an order: `items` as they are here, or those of `source`, a merge field of the kind `items`; of these at most `most`."""

    source: Annotated[str, msgspec.Meta(max_length=160, pattern=texts.LINE)] = ""
    items: Annotated[list[ProductItem], msgspec.Meta(max_length=PRODUCTS_MAX)] = []
    most: Annotated[int, msgspec.Meta(ge=1, le=PRODUCTS_MAX)] = 10
    show_images: bool = True
    show_prices: bool = True


class HtmlBlock(msgspec.Struct, tag="html", forbid_unknown_fields=True):
    """HTML of one's own. What could act or load is taken out whenever it is drawn, never when it is stored."""

    html: Annotated[str, msgspec.Meta(max_length=HTML_MAX, pattern=texts.TEXT)]


class FooterBlock(msgspec.Struct, tag="footer", forbid_unknown_fields=True):
    """Who writes, from where, and how to end it. `address` is the postal one, which the law of many countries wants."""

    text: Annotated[str, msgspec.Meta(max_length=2000, pattern=texts.TEXT)] = ""
    address: Annotated[str, msgspec.Meta(max_length=300, pattern=texts.TEXT)] = ""
    unsubscribe: Line = "Unsubscribe"
    preferences: Line = "Preferences"
    """Empty: no link to the page of preferences. That which ends it is always there."""


Leaf = HeadingBlock | TextBlock | ButtonBlock | ImageBlock | DividerBlock | SpacerBlock | ProductsBlock


class Column(msgspec.Struct, forbid_unknown_fields=True):
    blocks: Annotated[list[Leaf], msgspec.Meta(max_length=COLUMN_BLOCKS_MAX)]


class ColumnsBlock(msgspec.Struct, tag="columns", forbid_unknown_fields=True):
    """Beside each other where there is room, below each other where there is not."""

    columns: Annotated[list[Column], msgspec.Meta(min_length=2, max_length=3)]


TemplateBlock = Leaf | ColumnsBlock | HtmlBlock | FooterBlock
Blocks = Annotated[list[TemplateBlock], msgspec.Meta(max_length=BLOCKS_MAX)]


class TemplateStyle(msgspec.Struct, forbid_unknown_fields=True):
    """Colours by day; by night there are others, where a mail program has a night. `width` in pixels, where there is room."""

    background: Color = "#f4f4f5"
    surface: Color = "#ffffff"
    color: Color = "#18181b"
    accent: Color = "#2f6f5e"
    font: Literal["sans", "serif", "mono"] = "sans"
    width: Annotated[int, msgspec.Meta(ge=WIDTH_MIN, le=WIDTH_MAX)] = WIDTH


Language = Annotated[
    str, msgspec.Meta(pattern=r"^([a-z]{2,3})?\Z", max_length=3, description="As in `de`; decides the direction. Empty: unknown.")
]
Subject = Annotated[str, msgspec.Meta(max_length=300, pattern=texts.LINE)]


class Content(msgspec.Struct, forbid_unknown_fields=True):
    """All that a mail is drawn from."""

    subject: Subject = ""
    preheader: Subject = ""
    language: Language = ""
    style: TemplateStyle = msgspec.field(default_factory=TemplateStyle)
    blocks: Blocks = []
