"""A list of products or of the lines of an order: the same row for what stands in the template and for what a field brings."""

from collections.abc import Callable, Sequence
from functools import partial

from core.extend.merging import MergeItem, Values
from core.templates.blocks import ProductsBlock
from core.templates.escaping import address, html, words
from core.templates.looks import LINE, Look
from core.templates.sheets import Page
from core.templates.tags import OPENING, Scope

IMAGE = 64


def draw(block: ProductsBlock, page: Page, look: Look, scope: Scope) -> None:
    """Into the cell that is open."""
    if bool(block.items) == bool(block.source.strip()):
        scope.fault("items_or_source", 0, 0, "either the products themselves, or the field that they come from")
        return
    if block.items:
        items = _own(block, scope)
        shown = _html(items, block, look)
        page.put(lambda _: shown, lambda _, by: _html(items, block, look, by.link))
        page.text.say(_text(items, block))
        return
    source = scope.of(f"{scope.path}.source")
    tag = source.named(block.source.strip().removeprefix("{{").removesuffix("}}").strip(), "", 0, len(block.source))
    if tag is None:
        return
    if tag.field.kind != "items":
        source.fault("list_needed", 0, len(block.source), f"{tag.field.name} is no list of products")
        return

    def of(values: Values) -> Sequence[MergeItem]:
        held = values.get(tag.field.name)
        return [one for one in held if isinstance(one, MergeItem)][: block.most] if isinstance(held, list | tuple) else []

    page.drawn(
        tag.field.name,
        lambda values: _html(of(values), block, look),
        lambda values: _text(of(values), block),
        lambda values, by: _html(of(values), block, look, by.link),
    )


def _own(block: ProductsBlock, scope: Scope) -> list[MergeItem]:
    found = []
    for number, one in enumerate(block.items):
        for name in ("title", "price", "url", "image_url"):
            here = scope.of(f"{scope.path}.items[{number}].{name}")
            said: str = getattr(one, name)
            if OPENING in said:
                here.fault("tag_not_here", said.index(OPENING), len(OPENING), "products that stand in the template have no tags")
            elif name.endswith("url") and said and not address(said):
                here.fault("bad_link", 0, len(said), "an address of http or https")
        found.append(MergeItem(one.title, one.quantity, one.price, one.url, one.image_url))
    return found


def _html(items: Sequence[MergeItem], block: ProductsBlock, look: Look, link: Callable[[str], str] = str) -> str:
    """`link`: where a link leads in place of an address."""
    if not items:
        return ""
    has_images = block.show_images and any(one.image_url for one in items)
    rows = "".join(map(partial(_row, block=block, look=look, has_images=has_images, link=link), items))
    return f'<table role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%">{rows}</table>'


def _row(item: MergeItem, *, block: ProductsBlock, look: Look, has_images: bool, link: Callable[[str], str]) -> str:
    line = f"padding:12px 0;border-bottom:1px solid {LINE}"
    style = f"{look.font};font-size:16px;line-height:1.4;color:{look.style.color}"
    title, target, image = html(_titled(item)), address(item.url), html(address(item.image_url))
    leads = html(link(target)) if target else ""
    if leads:
        title = f'<a class="lc-link" href="{leads}" target="_blank" style="color:{look.style.accent}">{title}</a>'
    cells = [f'<td class="lc-line" align="{look.side("start")}" style="{line};{style}">{title}</td>']
    if has_images:
        shown = f'<img src="{image}" alt="" width="{IMAGE}" style="display:block;width:{IMAGE}px;border:0">' if image else "&nbsp;"
        cells.insert(0, f'<td class="lc-line" width="{IMAGE + 16}" valign="top" style="{line}">{shown}</td>')
    if block.show_prices:
        cells.append(
            f'<td class="lc-line" align="{look.side("end")}" style="{line};{style};white-space:nowrap">{html(words(item.price))}</td>'
        )
    return f"<tr>{''.join(cells)}</tr>"


def _text(items: Sequence[MergeItem], block: ProductsBlock) -> str:
    return "\n".join(map(partial(_line, block=block), items))


def _line(item: MergeItem, *, block: ProductsBlock) -> str:
    leads = address(item.url)
    price = words(item.price) if block.show_prices else ""
    return f"- {_titled(item)}{f' ({leads})' if leads else ''}{f' {price}' if price else ''}"


def _titled(item: MergeItem) -> str:
    return f"{item.quantity} × {words(item.title)}" if item.quantity != 1 else words(item.title)
