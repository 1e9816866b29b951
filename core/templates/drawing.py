"""Blocks as tables that every mail program draws, and as text: each block draws both, so that they say the same.

Styles stand with what they style, a button is a cell with a link in it, columns are boxes that fall below each other (and a table for Outlook).
"""

from collections.abc import Callable, Sequence
from typing import Any

from core.templates import frames, inline, links, own_html, products
from core.templates.blocks import (
    ButtonBlock,
    ColumnsBlock,
    DividerBlock,
    FooterBlock,
    HeadingBlock,
    HtmlBlock,
    ImageBlock,
    ProductsBlock,
    SpacerBlock,
    TemplateBlock,
    TextBlock,
)
from core.templates.inline import Anchor, Break, Mark, Token
from core.templates.links import Address
from core.templates.looks import LINE, Look, ink, muted
from core.templates.sheets import Page
from core.templates.tags import Scope

SIZES = {1: 28, 2: 22, 3: 18}
GAP = 24
"""Pixels between columns."""
UNSUBSCRIBE, PREFERENCES = "mail.unsubscribe_url", "mail.preferences_url"
"""Whoever sends the mail says where these lead."""


def draw(blocks: Sequence[TemplateBlock], page: Page, look: Look, scope: Scope, path: str) -> None:
    """All blocks, each a row of the table that is open."""
    for number, block in enumerate(blocks):
        DRAWN[type(block)](block, page, look, scope.of(f"{path}[{number}]"))


def _heading(block: HeadingBlock, page: Page, look: Look, scope: Scope) -> None:
    size, side = SIZES[block.level], look.side(block.align)
    style = f"margin:0;{look.font};font-size:{size}px;line-height:1.3;font-weight:700;color:{look.style.color};text-align:{side}"
    _open_row(page, side)
    page.html.say(f'<h{block.level} style="{style}">')
    page.text.new_paragraph()
    page.words(scope.of(f"{scope.path}.text").cut(block.text))
    page.text.new_paragraph()
    page.html.say(f"</h{block.level}>")
    _close_row(page)


def _text(block: TextBlock, page: Page, look: Look, scope: Scope) -> None:
    _open_row(page, look.side(block.align))
    _paragraphs(block.text, page, look, scope.of(f"{scope.path}.text"), look.style.color, 16)
    _close_row(page)


def _paragraphs(text: str, page: Page, look: Look, scope: Scope, color: str, size: int) -> None:
    style = f"{look.font};font-size:{size}px;line-height:1.5;color:{color}"
    for paragraph in inline.parse(text, scope):
        page.text.new_paragraph()
        if paragraph.is_list:
            side = "right" if look.is_right_to_left else "left"
            page.html.say(f'<ul style="margin:0 0 12px;padding:0;padding-{side}:24px;{style}">')
            for point in paragraph.lines:
                page.html.say('<li style="margin:0 0 4px">')
                page.text.new_line()
                page.text.say("- ")
                _tokens(point, page, look)
                page.html.say("</li>")
            page.html.say("</ul>")
        else:
            page.html.say(f'<p style="margin:0 0 12px;{style}">')
            for line in paragraph.lines:
                _tokens(line, page, look)
            page.html.say("</p>")
    page.text.new_paragraph()


def _tokens(tokens: Sequence[Token], page: Page, look: Look) -> None:
    leads: Address | None = None
    for token in tokens:
        match token:
            case Mark(kind, opens):
                page.html.say(f"<{kind}>" if opens else f"</{kind}>")
            case Anchor(None):
                page.html.say("</a>")
                _spell(page, leads)
            case Anchor(address):
                leads = address
                _open_link(page, look, address or ())
            case Break():
                page.html.say("<br>")
                page.text.say("\n")
            case _:
                page.words([token])


def _open_link(page: Page, look: Look, address: Address, style: str = "text-decoration:underline") -> None:
    page.html.say('<a class="lc-link" href="')
    page.link(address)
    page.html.say(f'" target="_blank" style="color:{look.style.accent};{style}">')


def _spell(page: Page, address: Address | None) -> None:
    page.text.say(" (")
    page.spelled(address or ())
    page.text.say(")")


def _button(block: ButtonBlock, page: Page, look: Look, scope: Scope) -> None:
    address = links.parse(block.url, scope.of(f"{scope.path}.url"))
    label = scope.of(f"{scope.path}.label").cut(block.label)
    color = block.color or look.style.accent
    written = f"{look.font};font-size:16px;line-height:1.2;font-weight:700;color:{ink(color)};text-decoration:none"
    side = look.side(block.align)
    _open_row(page, side)
    page.html.say(
        f'<table role="presentation" border="0" cellpadding="0" cellspacing="0" align="{side}" style="border-collapse:separate">'
        f'<tr><td align="center" bgcolor="{color}" style="background-color:{color};border-radius:6px;mso-padding-alt:14px 28px"><a href="'
    )
    page.link(address or ())
    page.html.say(
        f'" target="_blank" style="display:inline-block;padding:14px 28px;border-radius:6px;mso-padding-alt:0;{written}">'
    )
    page.text.new_paragraph()
    page.words(label)
    _spell(page, address)
    page.text.new_paragraph()
    page.html.say("</a></td></tr></table>")
    _close_row(page)


def _image(block: ImageBlock, page: Page, look: Look, scope: Scope) -> None:
    source = links.parse(block.src, scope.of(f"{scope.path}.src"), web_only=True)
    address = links.parse(block.url, scope.of(f"{scope.path}.url")) if block.url else None
    alt = scope.of(f"{scope.path}.alt").cut(block.alt)
    width = min(block.width, look.width)
    _open_row(page, look.side(block.align))
    if address:
        page.html.say('<a href="')
        page.link(address)
        page.html.say('" target="_blank">')
    page.html.say('<img src="')
    page.leads(source or ())
    page.html.say('" alt="')
    page.seen(alt, page.html)
    page.html.say(
        f'" width="{width}" style="display:inline-block;width:100%;max-width:{width}px;height:auto;border:0;outline:none;{look.font};'
        f'font-size:14px;color:{look.style.color}">'
    )
    if address:
        page.html.say("</a>")
    if alt or address:
        page.text.new_paragraph()
        if alt:
            page.text.say("[")
            page.plain(alt, page.text)
            page.text.say("]")
        if address:
            _spell(page, address)
        page.text.new_paragraph()
    _close_row(page)


def _divider(block: DividerBlock, page: Page, look: Look, scope: Scope) -> None:
    del look, scope
    page.html.say(
        '<tr><td style="padding:8px 32px 24px"><table role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%"><tr>'
        f'<td class="lc-line" style="border-top:1px solid {block.color or LINE};font-size:1px;line-height:1px">&nbsp;</td></tr></table></td></tr>'
    )
    page.text.new_paragraph()
    page.text.say("-" * 40)
    page.text.new_paragraph()


def _spacer(block: SpacerBlock, page: Page, look: Look, scope: Scope) -> None:
    del look, scope
    page.html.say(f'<tr><td height="{block.height}" style="height:{block.height}px;font-size:1px;line-height:1px">&nbsp;</td></tr>')


def _columns(block: ColumnsBlock, page: Page, look: Look, scope: Scope) -> None:
    count = len(block.columns)
    width = (look.width + 64 - GAP) // count
    page.html.say(
        '<tr><td align="center" style="padding:0 12px;font-size:0">' + frames.outlook("<table role='presentation' border='0'><tr>")
    )
    for number, column in enumerate(block.columns):
        page.html.say(
            frames.outlook(f"<td width='{width}' valign='top'>")
            + f'<div class="lc-column" style="display:inline-block;width:100%;max-width:{width}px;vertical-align:top">'
            '<table role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%">'
        )
        draw(column.blocks, page, look.within(width - 64), scope, f"{scope.path}.columns[{number}].blocks")
        page.html.say("</table></div>" + frames.outlook("</td>"))
    page.html.say(frames.outlook("</tr></table>") + "</td></tr>")


def _products(block: ProductsBlock, page: Page, look: Look, scope: Scope) -> None:
    _open_row(page, look.side("start"))
    page.text.new_paragraph()
    products.draw(block, page, look, scope)
    page.text.new_paragraph()
    _close_row(page)


def _html(block: HtmlBlock, page: Page, look: Look, scope: Scope) -> None:
    style = f"background-color:{look.style.surface};{look.font};font-size:16px;line-height:1.5;color:{look.style.color}"
    _open_row(page, look.side("start"), style, "")  # by night too it is as it was made: its own colours know nothing of ours
    page.text.new_paragraph()
    own_html.draw(block.html, page, scope.of(f"{scope.path}.html"))
    page.text.new_paragraph()
    _close_row(page)


def _footer(block: FooterBlock, page: Page, look: Look, scope: Scope) -> None:
    color = muted(look.style.surface)
    _open_row(page, "center", "padding-top:16px", "lc-muted")
    for name in ("text", "address"):
        _paragraphs(getattr(block, name), page, look, scope.of(f"{scope.path}.{name}"), color, 13)
    page.html.say(f'<p style="margin:0 0 12px;{look.font};font-size:13px;line-height:1.5;color:{color}">')
    page.text.new_paragraph()
    for number, (name, target) in enumerate((("unsubscribe", UNSUBSCRIBE), ("preferences", PREFERENCES))):
        label: str = getattr(block, name)
        if not label.strip() and name == "preferences":
            continue
        address = links.parse(f"{{{{ {target} }}}}", scope)
        if number:
            page.html.say(" · ")
            page.text.new_line()
        page.html.say('<a class="lc-link" href="')
        page.link(address or ())
        page.html.say(f'" target="_blank" style="color:{color};text-decoration:underline">')
        page.words(scope.of(f"{scope.path}.{name}").cut(label if label.strip() else "Unsubscribe"))
        page.html.say("</a>")
        _spell(page, address)
    page.html.say("</p>")
    page.text.new_paragraph()
    _close_row(page)


def _open_row(page: Page, side: str, style: str = "", kind: str = "lc-words") -> None:
    more = f";{style}" if style else ""
    named = f' class="{kind}"' if kind else ""
    page.html.say(f'<tr><td{named} align="{side}" style="padding:0 32px 16px{more}">')


def _close_row(page: Page) -> None:
    page.html.say("</td></tr>\n")


DRAWN: dict[type[Any], Callable[[Any, Page, Look, Scope], None]] = {
    HeadingBlock: _heading,
    TextBlock: _text,
    ButtonBlock: _button,
    ImageBlock: _image,
    DividerBlock: _divider,
    SpacerBlock: _spacer,
    ColumnsBlock: _columns,
    ProductsBlock: _products,
    HtmlBlock: _html,
    FooterBlock: _footer,
}
