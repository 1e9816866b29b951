"""Addresses in templates: where a tag may stand in one. A value never says which server is asked, nor by which protocol."""

import re
from typing import Literal, NamedTuple

from core.extend.merging import FieldKind
from core.templates.escaping import address
from core.templates.tags import Piece, Scope, Tag

Where = Literal["whole", "path", "query"]
CHARACTERS = r"[^\x00-\x20\x7f-\xa0\"'<>\\^`{|}\u2028\u2029]"
WEB = re.compile(rf"\Ahttps?://[^\x00-\x20\x7f-\xa0\"'<>\\^`{{|}}@/?#]{{1,253}}(?:[/?#]{CHARACTERS}*)?\Z", re.IGNORECASE)
OTHER = re.compile(
    rf"\A(?:mailto:[^\x00-\x20\x7f-\xa0\"'<>\\^`{{|}}/?#]{{3,254}}(?:\?{CHARACTERS}*)?|tel:[0-9+().-]{{2,40}})\Z", re.IGNORECASE
)
BEFORE_TAG = re.compile(
    rf"\A(?:https?://[^\x00-\x20\x7f-\xa0\"'<>\\^`{{|}}@/?#]{{1,253}}[/?#]|mailto:[^\x00-\x20\x7f-\xa0\"'<>\\^`{{|}}/?#]{{3,254}}\?){CHARACTERS}*\Z",
    re.IGNORECASE,
)
BETWEEN = re.compile(rf"\A{CHARACTERS}*\Z")
IN_ADDRESS: frozenset[FieldKind] = frozenset({"text", "number", "money", "date", "url"})


class Part(NamedTuple):
    """A tag in an address, and in which part of it."""

    tag: Tag
    where: Where


Address = tuple[str | Part, ...]


def parse(source: str, scope: Scope, offset: int = 0, *, web_only: bool = False) -> Address | None:
    """The address that stands at `offset` of a field; None: it is none, which is noted. `web_only`: an image's."""
    noted = len(scope.faults)
    pieces = scope.cut(source, offset)
    if len(scope.faults) > noted:
        return None
    if len(pieces) == 1 and isinstance(pieces[0], Tag):
        return _whole(pieces[0], scope)
    if not any(isinstance(piece, Tag) for piece in pieces):
        if WEB.match(source) or (not web_only and OTHER.match(source)):
            return (source,)
        scope.fault("bad_link", offset, len(source), "a link begins with https://, http://, mailto: or tel:, and has no spaces")
        return None
    return _mixed(pieces, scope, offset, len(source), web_only=web_only)


def _whole(tag: Tag, scope: Scope) -> Address | None:
    if tag.field.kind != "url":
        scope.fault("link_needed", tag.at, tag.length, f"{tag.field.name} is no address: it cannot be a whole link")
        return None
    if tag.fallback and not address(tag.fallback):
        scope.fault("bad_link", tag.at, tag.length, "what stands in place of a link is one of http or https as well")
        return None
    return (Part(tag, "whole"),)


def _mixed(pieces: list[Piece], scope: Scope, offset: int, length: int, *, web_only: bool) -> Address | None:
    first = pieces[0]
    if not isinstance(first, str) or not BEFORE_TAG.match(first) or (web_only and first[:4].lower() != "http"):
        scope.fault("bad_link", offset, length, "a tag in a link comes after the name of the server and a /, or after a ?")
        return None
    found: list[str | Part] = []
    where: Where = "path"
    for piece in pieces:
        if isinstance(piece, Tag):
            if piece.field.kind not in IN_ADDRESS and not (piece.field.kind == "map" and piece.key):
                scope.fault("tag_not_here", piece.at, piece.length, f"{piece.field.name} is a list")
                return None
            found.append(Part(piece, where))
            continue
        if not BETWEEN.match(piece):
            scope.fault("bad_link", offset, length, "a link has no spaces, quotes or brackets")
            return None
        if "?" in piece or "#" in piece:
            where = "query"
        found.append(piece)
    return tuple(found)
