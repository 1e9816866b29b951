"""Bytes to text: the declared charset, else UTF-8, else what the bytes look like, else the western one with marks for what is not known.

Python's own look-up is not asked: some of its codecs are no charsets (`zlib`, `rot13`), some are slow on purpose-made input (`punycode`, `idna`).
"""

import re
from collections.abc import Callable
from functools import lru_cache

from charset_normalizer import from_bytes

SAMPLE = 4096
"""Detection reads so many bytes: it takes about 0.1 s for them, and longer for more."""
BROKEN_SHARE = 0.05
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
BREAKS = re.compile("\r\n?")

PLAIN = {
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7", "cp437", "cp720", "cp737", "cp775", "cp850", "cp852",
    "cp855", "cp857", "cp858", "cp860", "cp861", "cp862", "cp863", "cp864", "cp865", "cp866", "cp869", "cp874", "cp932", "cp949", "cp1250", "cp1251",
    "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6",
    "iso8859-7",
    "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u", "koi8-t", "kz1048", "ptcp154", "gb18030",
    "big5hkscs", "euc_jp", "euc_jis_2004", "shift_jis_2004", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_3", "iso2022_jp_2004",
    "iso2022_jp_ext", "iso2022_kr", "johab", "hz", "mac_roman", "mac_greek", "mac_cyrillic", "mac_turkish", "mac_latin2", "mac_iceland", "tis_620",
}  # fmt: skip
"""Python's codecs that are charsets of mails."""
ALIASES = {
    "ascii": "", "usascii": "", "ansix341968": "", "iso646us": "", "unknown8bit": "", "8bit": "", "7bit": "", "binary": "", "default": "", "none": "",
    "utf8": "utf-8", "unicode11utf8": "utf-8", "utf8mb4": "utf-8", "xutf8": "utf-8", "cputf8": "utf-8", "cp65001": "utf-8", "utf16": "utf-16",
    "utf16le": "utf-16-le", "utf16be": "utf-16-be", "ucs2": "utf-16", "iso10646ucs2": "utf-16-be", "unicode": "utf-16", "utf32": "utf-32",
    "utf32le": "utf-32-le", "utf32be": "utf-32-be", "utf7": "utf-7", "unicode11utf7": "utf-7", "unicode20utf7": "utf-7",
    "iso88591": "cp1252", "88591": "cp1252", "latin1": "cp1252", "l1": "cp1252", "isolatin1": "cp1252", "xansi": "cp1252", "ansi": "cp1252",
    "iso88591windows31latin1": "cp1252", "windows": "cp1252", "western": "cp1252", "cp819": "cp1252", "ibm819": "cp1252",
    "latin2": "iso8859-2", "latin9": "iso8859-15", "latin0": "iso8859-15", "iso88599": "cp1254", "latin5": "cp1254", "iso885911": "cp874",
    "iso88598i": "iso8859-8", "iso88598e": "iso8859-8", "visual": "iso8859-8", "iso88596i": "iso8859-6", "iso88596e": "iso8859-6",
    "ksc56011987": "cp949", "ksc5601": "cp949", "ksx1001": "cp949", "euckr": "cp949", "uhc": "cp949", "korean": "cp949", "ms949": "cp949",
    "iso2022kr": "iso2022_kr", "windows949": "cp949", "gb2312": "gb18030", "gb231280": "gb18030", "gbk": "gb18030", "cp936": "gb18030",
    "ms936": "gb18030",
    "xgbk": "gb18030", "windows936": "gb18030", "euccn": "gb18030", "hzgb2312": "hz", "chinese": "gb18030", "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "xxbig5": "big5hkscs", "cnbig5": "big5hkscs", "cp950": "big5hkscs", "windows950": "big5hkscs", "big5eten": "big5hkscs",
    "shiftjis": "cp932", "sjis": "cp932", "xsjis": "cp932", "mskanji": "cp932", "windows31j": "cp932", "ms932": "cp932", "cswindows31j": "cp932",
    "eucjp": "euc_jp", "xeucjp": "euc_jp", "ujis": "euc_jp", "jis": "iso2022_jp_ext", "iso2022jp": "iso2022_jp_ext", "iso2022jp1": "iso2022_jp_1",
    "iso2022jp2": "iso2022_jp_2", "iso2022jp3": "iso2022_jp_3", "iso2022jpms": "iso2022_jp_ext", "csiso2022jp": "iso2022_jp_ext",
    "koi8": "koi8-r", "koi": "koi8-r", "koi8ru": "koi8-u", "cyrillic": "iso8859-5", "arabic": "iso8859-6", "greek": "iso8859-7",
    "hebrew": "iso8859-8",
    "dos862": "cp862", "dos720": "cp720", "logical": "iso8859-8", "tis620": "tis_620", "macintosh": "mac_roman", "mac": "mac_roman",
    "xmacroman": "mac_roman", "macroman": "mac_roman", "applemacintosh": "mac_roman", "xmaccyrillic": "mac_cyrillic", "xmacce": "mac_latin2",
}  # fmt: skip
"""By a name's small letters and digits; empty: it says nothing."""
LATIN = ["cp1252", "cp1250", "cp1254", "cp1257", "iso8859_2", "mac_roman"]
OTHERS = ["cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp932", "euc_jp", "gb18030", "big5", "cp949", "tis_620"]
"""What undeclared bytes may be; detection tries no other."""
LATIN_SHARE = 0.4
"""In languages of Latin letters fewer letters of the words with accents have one."""
WORDS = re.compile(rb"[A-Za-z]{0,40}[\x80-\xff][A-Za-z\x80-\xff]{0,40}")
HIGH = re.compile(rb"[\x80-\xff]")
SHORT = 400
"""Bytes that say too little to tell one charset of Latin letters from another."""
JAPANESE = re.compile(rb"\x1b(?:\$[@B]|\(J)")
"""Where these stand, text that declares nothing is in ISO-2022-JP."""
KEY = re.compile("[^a-z0-9]+")


@lru_cache(maxsize=512)
def codec(charset: str) -> str | None:
    """Python's codec for a charset's name as mails write it; empty for ASCII, which says nothing about other bytes; None where it is not known."""
    key = KEY.sub("", charset.lower().partition("*")[0][:60])
    found = ALIASES.get(key)
    if found is not None:
        return found
    return _CODECS.get(key) or _CODECS.get(_numbered(key))


def _numbered(key: str) -> str:
    """`windows1252`, `ibm850`, `xcp1252`, `isoir100`: the same code page under its other names."""
    for prefix in ("xwindows", "windows", "xcp", "ibm", "win", "cswindows", "dos", "ansi", "microsoftcp"):
        if key.startswith(prefix) and key[len(prefix) :].isdigit():
            return "cp" + key[len(prefix) :]
    return key[1:] if key.startswith("x") else key.removesuffix("i")


_CODECS = {KEY.sub("", name): name for name in PLAIN}


def western(_: bytes) -> str:
    """The guess where nothing is known: every byte is a letter of it."""
    return "cp1252"


def decode(data: bytes, charset: str = "", guess: Callable[[bytes], str] = western) -> tuple[str, str]:
    """The text and a defect (empty, `charset_unknown`, `charset_wrong`); never raises. Lines end in a line feed; no NUL, no lone surrogate.

    `guess` names a codec for bytes that are neither in the charset that they say nor in UTF-8.
    """
    name = codec(charset) if charset else ""
    if not name and JAPANESE.search(data):
        name = "iso2022_jp_ext"
    defect = "" if name is not None else "charset_unknown"
    if name and name != "utf-8":
        text = data.decode(name, errors="replace")
        if not _is_broken(text):
            return clean(text), defect
        defect = "charset_wrong"
    text = data.decode("utf-8", errors="replace")
    if "\ufffd" not in text or (name == "utf-8" and not (_is_broken(text) and _is_mostly_broken(text))):
        return clean(text), defect
    return clean(data.decode(guess(data), errors="replace")), defect or "charset_wrong"


def _is_broken(text: str) -> bool:
    return text.count("\ufffd") > 2 + BROKEN_SHARE * len(text)


def _is_mostly_broken(text: str) -> bool:
    """More marks of what cannot be read than letters beyond ASCII that can."""
    broken = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text[:SAMPLE]) < 2 * min(broken, SAMPLE)


class Guesses:
    """What undeclared bytes of one mail are taken for. Looking at them takes time, so it is done for a few texts of a mail only."""

    MOST = 5

    def __init__(self, raw: bytes, declared: list[str]) -> None:
        self._raw = raw
        self._declared = next((name for name in map(codec, declared) if name and name != "utf-8"), "")
        self._left = self.MOST
        self._header = ""

    def of_header(self, _: bytes) -> str:
        """A field that nobody declared is in the charset of the mail's text, as its program writes it."""
        if not self._header:
            self._header = self._declared or self.of_text(self._raw)
        return self._header

    def of_text(self, data: bytes) -> str:
        if self._left == 0:
            return "cp1252"
        self._left -= 1
        sample = _sample(data)
        found = WORDS.findall(sample)
        is_latin = sum(len(HIGH.findall(word)) for word in found) < LATIN_SHARE * sum(map(len, found))
        if is_latin and len(sample) < SHORT:
            return "cp1252"
        best = from_bytes(sample, cp_isolation=LATIN if is_latin else OTHERS, steps=3, chunk_size=512, enable_fallback=False).best()
        return best.encoding if best is not None else "cp1252"


def _sample(data: bytes) -> bytes:
    """The lines with bytes beyond ASCII, from the first on: what is all ASCII says nothing. Line ends make no difference."""
    block = next((place for place in range(0, len(data), SAMPLE) if not data[place : place + SAMPLE].isascii()), 0)
    match = HIGH.search(data, block)
    first = match.start() if match else 0
    begin = data.rfind(b"\n", max(first - SAMPLE // 2, 0), first) + 1 or first
    lines = data[begin : begin + 2 * SAMPLE].replace(b"\r\n", b"\n")[:SAMPLE].split(b"\n")
    return b"\n".join(line for line in lines if not line.isascii())


def clean(text: str) -> str:
    """Text that PostgreSQL and JSON can hold, with line feeds alone."""
    return CONTROL.sub("", BREAKS.sub("\n", text.removeprefix("\ufeff")))
