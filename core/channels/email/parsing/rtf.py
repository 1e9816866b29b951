"""Rich text (RTF 1.9) as text, or as the HTML that Outlook made it of (MS-OXRTFEX).

One pass with a stack of its own. Read here: striprtf takes far too long for a line that was made for it (README), and knows nothing of HTML within;
RTFDE, which does, brings a grammar's parser and a forensic kit.
"""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from core.channels.email.parsing import charsets
from core.channels.email.parsing.lzfu import Damaged

BEGINNING = b"{\\rtf"
DEPTH_MAX = 1000
TOKENS_MAX = 1_000_000
FONTS_MAX = 2000
LINK_MAX = 500
TOKEN = re.compile(rb"\\([A-Za-z]{1,32}+)(-?[0-9]{1,10}+)? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|([^\\{}\r\n]++)|[\r\n]++|\\")
WORD, NUMBERED, BYTE, SYMBOL, BRACE, LETTERS = range(1, 7)
HYPERLINK = re.compile(rb'HYPERLINK\s{1,9}"([^"\s]{1,500})"')
SURROGATE = re.compile("[\ud800-\udfff]")
Where = Literal["body", "tag", "fonts", "field", "aside"]
"""What a group is: text · markup of the HTML (`htmltag`) · the table of fonts · what a field does · nothing that is shown."""
SAID = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t", b"nestcell": "\t", b"nestrow": "\n",
    b"emdash": "\u2014", b"endash": "\u2013", b"emspace": "\u2003", b"enspace": "\u2002", b"qmspace": "\u2005", b"bullet": "\u2022",
    b"lquote": "\u2018", b"rquote": "\u2019", b"ldblquote": "\u201c", b"rdblquote": "\u201d", b"zwj": "\u200d", b"zwnj": "\u200c",
    b"~": "\u00a0", b"_": "\u2011", b"\n": "\n", b"\r": "\n",
}  # fmt: skip
ASIDE = frozenset({
    b"author", b"colortbl", b"comment", b"company", b"creatim", b"doccomm", b"filetbl", b"footer", b"footerf", b"footerl", b"footerr",
    b"header", b"headerf", b"headerl", b"headerr", b"info", b"keywords", b"nonshppict", b"objdata", b"operator", b"pict", b"printim", b"revtim",
    b"rxe", b"stylesheet", b"subject", b"tc", b"title", b"txe", b"xe",
})  # fmt: skip
"""Groups that are not shown although they do not say so (by `\\*`)."""
OF_CHARSET = {
    0: "cp1252", 77: "macintosh", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""By a font's `fcharset`; the others say nothing."""


class Rich(NamedTuple):
    """One of the two."""

    text: str
    html: str


class _Group:
    """What a group begins with and leaves as it was. `skips`: letters that stand for a `\\u`; `link`: where it leads what was said since `since`."""

    __slots__ = ("font", "is_hidden", "is_unseen", "link", "since", "skips", "where")

    def __init__(self, above: "_Group | None") -> None:
        self.where: Where = above.where if above else "body"
        self.font: int = above.font if above else -1
        self.skips: int = above.skips if above else 1
        self.is_hidden: bool = above.is_hidden if above else False
        self.is_unseen: bool = above.is_unseen if above else False
        self.link, self.since = "", 0


def read(data: bytes) -> Rich:
    """Time and memory grow with the bytes alone.

    Raises:
        Damaged: it is no RTF, or such as no program writes.
    """
    if not data.startswith(BEGINNING):
        raise Damaged("no RTF")
    reading = _Reading(data)
    reading.run()
    said = charsets.clean(_joined("".join(reading.pieces)))
    if reading.is_html:
        return Rich("", said.strip())
    return Rich("\n".join(line.rstrip() for line in said.split("\n")).strip("\n"), "")


def _joined(text: str) -> str:
    """Halves of letters beyond 16 bits, which stand there one by one, together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if SURROGATE.search(text) else text


class _Reading:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pieces: list[str] = []
        self.group = _Group(None)
        self.above: list[_Group] = []
        self.is_html = False
        self.fonts: dict[int, str] = {}
        self.usual_codepage, self.usual_font, self.listed_font = "cp1252", -1, -1
        self.is_starred = False
        self.left = 0
        """Letters to be passed over."""
        self.bytes, self.is_text, self.font = bytearray(), True, -1
        """Not decoded yet: a letter may have several. Whether they are text or markup, and in which font."""
        self.field = bytearray()

    def run(self) -> None:
        place = count = 0
        while (found := TOKEN.match(self.data, place)) is not None:
            count, place, kind = count + 1, found.end(), found.lastindex
            if count > TOKENS_MAX:
                raise Damaged("too many words")
            if kind == LETTERS:
                self._letters(found[LETTERS])
            elif kind in (WORD, NUMBERED):
                number = int(found[NUMBERED]) if kind == NUMBERED else None
                place += max(number or 0, 0) if found[WORD] == b"bin" else 0
                self._word(found[WORD], number)
            elif kind == BYTE:
                self._letters(bytes.fromhex(found[BYTE].decode("ascii")))
            elif kind == SYMBOL:
                self._symbol(found[SYMBOL])
            elif kind == BRACE and self._is_over(found[BRACE]):
                break
        self._decode()

    def _is_over(self, brace: bytes) -> bool:
        self.is_starred, self.left = False, 0
        if brace == b"{":
            if len(self.above) >= DEPTH_MAX:
                raise Damaged("too deep")
            self.above.append(self.group)
            self.group = _Group(self.group)
            return False
        ended, self.group = self.group, self.above.pop()
        if ended.where == "field" and self.group.where != "field":
            found = HYPERLINK.search(self.field)
            self.group.link = found[1].decode("utf-8", "replace") if found else ""
        elif ended.since:
            self._lead(ended)
        return not self.above

    def _is_shown(self) -> bool:
        group = self.group
        return group.where in ("body", "tag") and not group.is_unseen and not (group.is_hidden and not self.is_html)

    def _letters(self, letters: bytes) -> None:
        if self.left:
            passed = min(self.left, len(letters))
            self.left -= passed
            letters = letters[passed:]
        group = self.group
        if group.where == "field" and len(self.field) < 2 * LINK_MAX:
            self.field += letters[: LINK_MAX + 100]
        elif self._is_shown():
            is_text = group.where == "body"
            if group.font != self.font or is_text != self.is_text:
                self._decode()
                self.font, self.is_text = group.font, is_text
            self.bytes += letters

    def _decode(self) -> None:
        if self.bytes:
            data = bytes(self.bytes)
            self.bytes.clear()
            text = (
                data.decode("ascii")
                if data.isascii()
                else charsets.decode(data, self.fonts.get(self.font) or self.usual_codepage)[0]
            )
            if self.is_html and self.is_text:  # what was an element stands in a tag of its own
                text = text.replace("<", "&lt;").replace(">", "&gt;")
            self.pieces.append(text)

    def _say(self, text: str) -> None:
        if self._is_shown():
            self._decode()
            self.pieces.append(text)

    def _symbol(self, symbol: bytes) -> None:
        if symbol in b"\\{}":
            self._letters(symbol)
            return
        self.left = 0
        if symbol == b"*":
            self.is_starred = True
        elif symbol in SAID:
            self._say(SAID[symbol])

    def _word(self, word: bytes, number: int | None) -> None:
        starred, self.is_starred, self.left = self.is_starred, False, 0
        if self.group.where == "aside":
            return
        if self.group.where == "fonts" and word in OF_FONTS:
            OF_FONTS[word](self, number or 0)
        elif word in SAID:
            self._say(SAID[word])
        elif word in DOES:
            DOES[word](self, number)
        elif starred or word in ASIDE:
            self.group.where = "aside"

    def on_listed(self, number: int) -> None:
        self.listed_font = number

    def on_charset(self, number: int) -> None:
        self.on_font_codepage(OF_CHARSET.get(number, ""))

    def on_font_codepage(self, name: str) -> None:
        if len(self.fonts) < FONTS_MAX:
            self.fonts[self.listed_font] = name

    def on_letter(self, number: int | None) -> None:
        self._say(chr((number or 0) % 0x10000))
        self.left = self.group.skips

    def on_skips(self, number: int | None) -> None:
        self.group.skips = max(number or 0, 0)

    def on_codepage(self, number: int | None) -> None:
        self.usual_codepage = f"cp{number or 1252}"

    def on_usual_font(self, number: int | None) -> None:
        self.usual_font = self.group.font = number or 0

    def on_font(self, number: int | None) -> None:
        self.group.font = number or 0

    def on_plain(self, _: int | None) -> None:
        self.group.font, self.group.is_hidden = self.usual_font, False

    def on_hidden(self, number: int | None) -> None:
        self.group.is_hidden = number != 0

    def on_unseen(self, number: int | None) -> None:
        self.group.is_unseen = number != 0

    def on_html(self, number: int | None) -> None:
        self.is_html = self.is_html or (number != 0 and len(self.above) == 1 and not self.pieces)

    def on_tag(self, _: int | None) -> None:
        self.group.where = "tag" if self.is_html else "aside"

    def on_fonts(self, _: int | None) -> None:
        self.group.where = "fonts"

    def on_field(self, _: int | None) -> None:
        self.field.clear()
        self.group.where = "field"

    def on_result(self, _: int | None) -> None:
        """What a field shows, behind what it does."""
        above = self.above[-1]
        if above.link and not self.is_html:
            self._decode()
            self.group.link, self.group.since = above.link, len(self.pieces) + 1
            above.link = ""

    def _lead(self, ended: _Group) -> None:
        """The address behind a link whose text is another, as where HTML becomes text."""
        self._decode()
        shown = "".join(piece[: LINK_MAX + 1] for piece in self.pieces[ended.since - 1 : ended.since + 19]).strip()
        if ended.link[:4].lower() == "http" and shown and shown.rstrip("/") not in ended.link:
            self._say(f" <{ended.link}>")


OF_FONTS: dict[bytes, Callable[[_Reading, int], None]] = {
    b"f": _Reading.on_listed,
    b"fcharset": _Reading.on_charset,
    b"cpg": lambda reading, number: reading.on_font_codepage(f"cp{number}"),
}
DOES: dict[bytes, Callable[[_Reading, int | None], None]] = {
    b"u": _Reading.on_letter, b"uc": _Reading.on_skips, b"ansicpg": _Reading.on_codepage, b"deff": _Reading.on_usual_font, b"f": _Reading.on_font,
    b"plain": _Reading.on_plain, b"v": _Reading.on_hidden, b"htmlrtf": _Reading.on_unseen, b"fromhtml": _Reading.on_html, b"htmltag": _Reading.on_tag,
    b"fonttbl": _Reading.on_fonts, b"fldinst": _Reading.on_field, b"fldrslt": _Reading.on_result,
}  # fmt: skip
