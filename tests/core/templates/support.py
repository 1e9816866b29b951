"""Templates for tests: fields of every kind, and a template that names one in every place where a tag can stand."""

from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.extend import registry
from core.extend.merging import MergeField, MergeItem
from core.templates.blocks import (
    ButtonBlock,
    Column,
    ColumnsBlock,
    Content,
    DividerBlock,
    FooterBlock,
    HeadingBlock,
    HtmlBlock,
    ImageBlock,
    ProductItem,
    ProductsBlock,
    SpacerBlock,
    TextBlock,
)

FIELDS = registry.merge_fields() | {
    field.name: field
    for field in (
        MergeField(name="order.number", title="Number", sample="#1001"),
        MergeField(name="order.tracking_url", title="Tracking", kind="url", sample="https://track.example/1"),
        MergeField(
            name="order.items", title="Lines", kind="items", sample=[MergeItem("Lamp", 2, "12.00 EUR", "https://shop.example/lamp")]
        ),
    )
}
NAME = "{{ contact.first_name | there }}"
OWN = f"""
<h2 title="For {NAME}" onclick="alert(1)">Hello {NAME}</h2><style>p {{ color: red }}</style><script>alert(1)</script>
<p style="color: #333; background-image: url(https://evil.example/x)">See <a href="https://shop.example/o/{NAME}/x?n={NAME}#{NAME}">{NAME}</a>
<img src="https://shop.example/{NAME}.png" alt="Picture of {NAME}"><a href="{{{{ order.tracking_url }}}}">track</a>
<a href="javascript:alert(1)">nothing</a><br>done</p>
"""
EVERYWHERE = Content(
    f"News for {NAME}",
    f"Before {NAME}",
    "en",
    blocks=[
        HeadingBlock(f"Dear {NAME}!"),
        TextBlock(
            f"**Dear {NAME}**, see *your* [order {NAME}](https://shop.example/o/{NAME}?n={NAME}&m={NAME}) soon.\n\n- {NAME}\n- two"
        ),
        ButtonBlock(f"Open {NAME}", f"https://shop.example/open/{NAME}?a=1&b={NAME}"),
        ButtonBlock("Track", "{{ order.tracking_url }}"),
        ImageBlock(f"https://shop.example/{NAME}.png", f"Picture of {NAME}", 300, f"mailto:help@shop.example?subject={NAME}"),
        DividerBlock(),
        SpacerBlock(),
        ColumnsBlock(
            [
                Column([TextBlock(f"Left {NAME}")]),
                Column([HeadingBlock(f"Right {NAME}", 2), ButtonBlock("Go", "https://shop.example")]),
            ]
        ),
        ProductsBlock(source="order.items"),
        ProductsBlock(items=[ProductItem("Lamp", 2, "12.00 EUR", "https://shop.example/lamp", "https://shop.example/lamp.png")]),
        HtmlBlock(OWN),
        FooterBlock(f"You get this as {NAME}", "Harbour Lights\n1 Quay Street"),
    ],
)


def page(html: str) -> LexborNode:
    body = LexborHTMLParser(html).body
    assert body is not None
    return body


def spoken(html: str) -> str:
    """What a reader sees and can follow, as the text part writes it."""
    said: list[str] = []
    _speak(page(html), said)
    return "".join(said)


def _speak(node: LexborNode, said: list[str]) -> None:
    child = node.child
    while child is not None:
        attributes = child.attributes
        if child.tag == "-text":
            said.append(child.text_content or "")
        elif child.tag == "img":
            said.append(f"[{attributes['alt']}]" if attributes.get("alt") else "")
        elif "display:none" not in (attributes.get("style") or ""):
            _speak(child, said)
            if child.tag == "a" and "href" in attributes:
                said.append(f" ({attributes['href']}) ")
        child = child.next


def bare(text: str) -> str:
    """Without what only arranges the words."""
    return "".join(letter for letter in text if not letter.isspace() and letter not in "-·")


def samples(**more: Any) -> dict[str, Any]:
    return {name: field.sample for name, field in FIELDS.items()} | {name.replace("__", "."): value for name, value in more.items()}
