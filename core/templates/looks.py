"""Colours, fonts and directions of a mail: what each place looks like, in values that mail programs know."""

from typing import NamedTuple

from core.templates.blocks import Align, TemplateStyle

FONTS = {
    "sans": "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif",
    "serif": "Georgia,'Times New Roman',Times,serif",
    "mono": "Menlo,Consolas,'Courier New',monospace",
}
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "lrc", "mzn", "ps", "pnb", "sd", "syr", "ug", "ur", "yi"})
DARK, LIGHT = "#18181b", "#ffffff"
MUTED_BY_DAY = "#52525b"
LINE = "#d4d4d8"
NIGHT = """
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.lc-page{background-color:#111113!important}.lc-card{background-color:#1c1c1f!important}
.lc-words,.lc-words td,.lc-words p,.lc-words li,.lc-words h1,.lc-words h2,.lc-words h3{color:#f4f4f5!important}
.lc-muted,.lc-muted td,.lc-muted p{color:#b4b4bb!important}.lc-words a.lc-link,.lc-muted a.lc-link{color:#8ab4f8!important}
.lc-line{border-color:#3f3f46!important}}
[data-ogsc] .lc-words{color:#f4f4f5!important}[data-ogsc] .lc-muted{color:#b4b4bb!important}[data-ogsc] .lc-words a.lc-link{color:#8ab4f8!important}
@media (max-width:480px){.lc-column{max-width:100%!important}}
"""


class Look(NamedTuple):
    """What a block needs to know of where it stands. `width`: pixels that it has there."""

    style: TemplateStyle
    language: str
    width: int

    @property
    def is_right_to_left(self) -> bool:
        return self.language in RIGHT_TO_LEFT

    @property
    def direction(self) -> str:
        return "rtl" if self.is_right_to_left else "ltr"

    @property
    def font(self) -> str:
        return f"font-family:{FONTS[self.style.font]}"

    def side(self, align: Align) -> str:
        if align == "center":
            return "center"
        return "right" if (align == "start") == self.is_right_to_left else "left"

    def within(self, width: int) -> "Look":
        return self._replace(width=width)


def luminance(color: str) -> float:
    """How bright a colour is to the eye, 0 to 1 (WCAG 2)."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Of two colours, 1 to 21 (WCAG 2); words want 4.5, large ones 3."""
    darker, brighter = sorted((luminance(one), luminance(other)))
    return (brighter + 0.05) / (darker + 0.05)


def ink(background: str) -> str:
    """Black or white, whichever is read better on it."""
    return max((LIGHT, DARK), key=lambda color: contrast(color, background))


def muted(background: str) -> str:
    """For what is said quietly, as long as it can be read there."""
    return MUTED_BY_DAY if contrast(MUTED_BY_DAY, background) >= 4.5 else ink(background)
