"""From bytes to characters, and to those of them that are seen."""

import codecs
import re

from core.knowledge.reading.contract import Unreadable

BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
"""UTF-32 is read by no browser; it begins as UTF-16 does."""
CHARSETS = {
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "iso8859-1", *(f"cp{number}" for number in range(1250, 1259)),
    *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)), "koi8-r", "koi8-u", "cp866", "cp874", "tis-620", "gb2312", "gbk",
    "gb18030", "big5", "big5hkscs", "euc_jp", "shift_jis", "cp932", "iso2022_jp", "euc_kr", "cp949", "mac-roman",
}  # fmt: skip
"""As Python names them. No others: some of its codecs are no charsets, some hide characters."""
AS_BROWSERS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
}
DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
HEAD = 4096
"""A declaration is looked for in so many bytes."""
BROKEN_SHARE = 0.01
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]|[\u200c\u200d]{2,}|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
"""Characters that show nothing: zero-width, direction, tags, fillers, variants of glyphs. Joiners stay where emoji and Persian need them."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
SPACES = re.compile(r"\s+")


def decode(data: bytes, charset: str, *, is_html: bool) -> str:
    """The text: by its byte order mark, by `charset` (what came with it), by its own declaration (HTML), as UTF-8; HTML at last as browsers do.

    Raises:
        Unreadable: `charset`, it is in none that we know, or in another than is said; `not_text`.
    """
    for mark, marked in BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], marked or "utf-32")
    if charset:
        return _decoded(data, charset)
    if is_html and (declared := DECLARED.search(data[:HEAD])):
        named = declared.group(1).decode("ascii")
        return _decoded(data, "utf-8" if named.lower().startswith("utf-16") else named)  # it could not be read, were it true
    try:
        return _checked(data.decode())
    except UnicodeDecodeError:
        if is_html:
            return _decoded(data, "windows-1252")
        raise Unreadable("charset", "this text is not in UTF-8") from None


def _decoded(data: bytes, charset: str) -> str:
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        name = ""
    if name not in CHARSETS:
        raise Unreadable("charset", "this text is in a character encoding that is not known here")
    text = data.decode(AS_BROWSERS.get(name, name), errors="replace")
    if text.count("\ufffd") > 3 + BROKEN_SHARE * len(text):
        raise Unreadable("charset", "this text is in another character encoding than it says")
    return _checked(text)


def _checked(text: str) -> str:
    if text.count("\x00") > 3:
        raise Unreadable("not_text", "this is no text")
    return text


def clean(text: str) -> str:
    """Without what shows nothing; lines end in a line feed."""
    return UNSEEN.sub("", CONTROL.sub("", BREAKS.sub("\n", text)))


def one_line(text: str) -> str:
    return SPACES.sub(" ", clean(text)).strip()
