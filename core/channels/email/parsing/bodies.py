"""Which parts are the body, as programs that show mails choose them (RFC 8621, 4.1.4), and which are attachments."""

from core.channels.email.parsing.parts import Part
from core.channels.email.parsing.structs import Refused

SHOWN_MEDIA = ("image/", "audio/", "video/")
SHOWN_TEXT = ("text/plain", "text/html")


class Chosen:
    """`text`, `html`: what a program shows that prefers the one or the other, in order. An image may stand in both, between two texts."""

    def __init__(self) -> None:
        self.text: list[Part] = []
        self.html: list[Part] = []
        self.attachments: list[Part] = []
        self.between: set[int] = set()
        """Identities of parts that are shown and no text."""


def choose(root: Part, most_attachments: int) -> Chosen:
    """Raises: Refused: `attachments`, there are more."""
    chosen = Chosen()
    _walk([root], "mixed", chosen, wants_text=True, wants_html=True, in_alternative=False)
    if len(chosen.attachments) > most_attachments:
        raise Refused("attachments")
    return chosen


def is_media(part: Part) -> bool:
    return part.media.startswith(SHOWN_MEDIA)


def is_leaf(part: Part) -> bool:
    """Whether it has no parts: a multipart without any is the text that stands in it."""
    return not part.below


def media_of(part: Part) -> str:
    return "text/plain" if part.media.startswith("multipart/") else part.media


def _is_shown(part: Part, place: int, parent: str) -> bool:
    if part.disposition == "attachment" or not (media_of(part) in SHOWN_TEXT or is_media(part)):
        return False
    return place == 0 or (parent != "related" and (is_media(part) or not part.name))


def _walk(parts: list[Part], parent: str, chosen: Chosen, *, wants_text: bool, wants_html: bool, in_alternative: bool) -> None:
    texts, htmls = len(chosen.text), len(chosen.html)
    for place, part in enumerate(parts):
        if not is_leaf(part):
            kind = part.media.partition("/")[2]
            _walk(
                part.below, kind, chosen, wants_text=wants_text, wants_html=wants_html, in_alternative=in_alternative or kind == "alternative"
            )  # fmt: skip
        elif not _is_shown(part, place, parent):
            chosen.attachments.append(part)
        elif parent == "alternative":
            {"text/plain": chosen.text, "text/html": chosen.html}.get(media_of(part), chosen.attachments).append(part)
        else:
            if in_alternative and media_of(part) == "text/plain":
                wants_html = False
            if in_alternative and media_of(part) == "text/html":
                wants_text = False
            _show(part, chosen, wants_text=wants_text, wants_html=wants_html)
    if parent == "alternative":
        _fill(chosen, texts, htmls, wants_text=wants_text, wants_html=wants_html)


def _show(part: Part, chosen: Chosen, *, wants_text: bool, wants_html: bool) -> None:
    if wants_text:
        chosen.text.append(part)
    if wants_html:
        chosen.html.append(part)
    if is_media(part):
        if wants_text and wants_html:
            chosen.between.add(id(part))
        chosen.attachments.append(part)


def _fill(chosen: Chosen, texts: int, htmls: int, *, wants_text: bool, wants_html: bool) -> None:
    """An alternative that has one form only is shown in that form to everybody."""
    if not (wants_text and wants_html):
        return
    new_texts, new_htmls = chosen.text[texts:], chosen.html[htmls:]
    if not new_texts:
        chosen.text += new_htmls
    elif not new_htmls:
        chosen.html += new_texts
