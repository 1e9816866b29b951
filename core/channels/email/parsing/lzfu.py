"""Compressed RTF (MS-OXRTFCP), as Outlook keeps a mail's body.

Read here: the library there is (compressed_rtf, which the tests compress with) goes byte by byte through objects, and knows no end of what comes out.
"""

import struct
import zlib

BEGINNING = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
    b"Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What stands in the window before the first byte."""
WINDOW = 4096
HEAD = 16
ALL = 0xFFFFFFFF


class Damaged(ValueError):
    """It is not what it should be. Inside of this package alone."""


def decompressed(data: bytes, most: int) -> tuple[bytes, bool]:
    """Up to `most` bytes of what was compressed, and whether there is more.

    Raises:
        Damaged: it is too short, of another kind, or its sum is wrong.
    """
    if len(data) < HEAD:
        raise Damaged("too short")
    length, size, kind, check = struct.unpack_from("<II4sI", data)
    held = data[HEAD : length + 4]
    if kind == b"MELA":
        return held[: min(size, most)], min(size, len(held)) > most
    if kind != b"LZFu" or zlib.crc32(held, ALL) ^ ALL != check:
        raise Damaged("another kind, or a wrong sum")
    out = _unpacked(held, most)
    return out[:most], len(out) > most


def _unpacked(held: bytes, most: int) -> bytes:
    """All of it, or a little more than `most` bytes. What was written is the window: `back` from its end stands what is said again."""
    out = bytearray(BEGINNING.rjust(WINDOW))
    place, enough = 0, WINDOW + most
    while place < len(held) and len(out) <= enough:
        flags = held[place]
        place += 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += held[place : place + 1]
                place += 1
                continue
            token = int.from_bytes(held[place : place + 2], "big")
            place += 2
            back = (len(out) + len(BEGINNING) - (token >> 4)) % WINDOW
            if back == 0 or place > len(held):
                return bytes(out[WINDOW:])
            again = (token & 15) + 2
            said = out[len(out) - back : len(out) - back + again]
            out += (said * (again // len(said) + 1))[:again]
    return bytes(out[WINDOW:])
