"""What stands around the blocks: the document, the page, the card, the words that lists of mails show beside the subject."""

from core.templates import escaping
from core.templates.inline import line
from core.templates.looks import NIGHT, Look
from core.templates.sheets import Page
from core.templates.tags import Piece, Scope, Tag

PADDING = 32
BLANKS = "&#847;&zwnj;&nbsp;" * 60
"""After the preheader, so that lists of mails do not go on with what the mail begins with."""


def outlook(markup: str) -> str:
    """Markup for Outlook on Windows alone; for everybody else a comment."""
    return f"<!--[if mso]>{markup}<![endif]-->"


def words_of(source: str, scope: Scope) -> list[Piece]:
    return [token for token in line(source, scope) if isinstance(token, str | Tag)]


def open_page(page: Page, look: Look, subject: list[Piece], preheader: list[Piece]) -> None:
    style = look.style
    language = f' lang="{look.language}"' if look.language else ""
    page.html.say(
        f'<!doctype html>\n<html{language} dir="{look.direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="x-apple-disable-message-reformatting">\n'
        '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="supported-color-schemes" content="light dark">\n<title>'
    )
    page.seen(subject, page.html)
    page.html.say(f"</title>\n<style>{NIGHT}</style>\n</head>\n")
    page.html.say(f'<body class="lc-page" style="margin:0;padding:0;background-color:{style.background}">\n')
    if preheader:
        page.html.say('<div style="display:none;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all">')
        page.seen(preheader, page.html)
        page.html.say(f"{BLANKS}</div>\n")
    page.html.say(
        f'<table role="presentation" class="lc-page" border="0" cellpadding="0" cellspacing="0" width="100%" bgcolor="{style.background}"'
        f'{language} dir="{look.direction}" style="background-color:{style.background}"><tr><td align="center" style="padding:24px 8px">\n'
        + outlook(
            f"<table role='presentation' border='0' cellpadding='0' cellspacing='0' width='{style.width}' align='center'><tr><td>"
        )
        + '<table role="presentation" class="lc-card" border="0" cellpadding="0" cellspacing="0" width="100%"'
        f' bgcolor="{style.surface}" style="max-width:{style.width}px;background-color:{style.surface};border-radius:8px">\n'
        f'<tr><td height="{PADDING}" style="height:{PADDING}px;font-size:1px;line-height:1px">&nbsp;</td></tr>\n'
    )


def close_page(page: Page) -> None:
    page.html.say("</table>" + outlook("</td></tr></table>") + "\n</td></tr></table>\n")
    page.put(lambda _: "", lambda _, by: f'<img src="{escaping.html(by.pixel)}" alt="" width="1" height="1" style="border:0">\n')
    page.html.say("</body>\n</html>\n")
    page.text.end()
