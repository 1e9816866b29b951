"""What of an HTML document is not shown, as far as its elements say so themselves; what its style sheets say: `stylesheets`."""

import re
from collections.abc import Mapping

Attributes = Mapping[str, str | None]

SKIPPED = frozenset({
    "script", "style", "template", "noscript", "head", "title", "nav", "aside", "svg", "math", "iframe", "object", "embed", "canvas",
    "audio", "video", "input", "select", "textarea", "dialog", "datalist", "noframes", "map", "area", "rp", "-comment", "-doctype", "-undef",
})  # fmt: skip
"""What shows no text of the document: programs, frames, what is filled in, and what stands around the text on every page."""
ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar"})
DECLARATION = re.compile(r"([a-z-]{1,40})\s*:\s*([^;]{1,200})")
NUMBER = re.compile(r"^(-?\d{0,9}(?:\.\d{1,9})?)\s*([a-z%]{0,4})")
FAR = -900.0
"""So many pixels to the left or above nobody scrolls."""
TINY_PX = 2.0
IN_PX = {"em": 16.0, "rem": 16.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "vw": 12.0, "vh": 8.0, "%": 10.0}
WHITE = frozenset({"white", "#fff", "#ffff", "#ffffff", "#ffffffff", "rgb(255,255,255)", "rgba(255,255,255,1)", "hsl(0,0%,100%)"})
CLEAR = re.compile(r"^(transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|(rgb|hsl)a?\([^)]*[,/]\s*0(\.0*)?%?\))\Z")


def is_hidden(tag: str, attributes: Attributes) -> bool:
    """Whether an element and all in it is left out."""
    if tag in SKIPPED or "hidden" in attributes or "inert" in attributes:
        return True
    if (attributes.get("aria-hidden") or "").strip().lower() == "true" or (attributes.get("role") or "").strip().lower() in ROLES:
        return True
    style = attributes.get("style")
    return bool(style) and _hides(declarations(style or ""))


def declarations(style: str) -> dict[str, str]:
    """An inline style's properties; of several the last one."""
    return {
        name: " ".join(value.replace("!important", "").split())
        for name, value in DECLARATION.findall(_without_comments(style[:4000].lower()))
    }


def _without_comments(style: str) -> str:
    """In one pass; one that is never closed goes on to the end."""
    kept, at = [], 0
    while (begins := style.find("/*", at)) >= 0:
        kept.append(style[at:begins])
        ends = style.find("*/", begins + 2)
        if ends < 0:
            return "".join(kept)
        at = ends + 2
    return "".join([*kept, style[at:]])


def _hides(style: Mapping[str, str]) -> bool:
    return takes_away(style) or _is_invisible_ink(style) or _is_clipped(style)


def takes_away(style: Mapping[str, str]) -> bool:
    """Whether an element of this style is not seen, whatever it stands on and holds."""
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or style.get("content-visibility") == "hidden"
        or _is_clear(style.get("opacity", ""))
        or _is_tiny(style.get("font-size", ""))
        or _is_away(style)
    )


def _is_clear(opacity: str) -> bool:
    found = NUMBER.match(opacity)
    return bool(found and found.group(1)) and _number(found) < (5 if found and found.group(2) == "%" else 0.05)


def _number(found: re.Match[str] | None) -> float:
    try:
        return float(found.group(1)) if found else 0.0
    except ValueError:
        return 0.0


def _pixels(length: str) -> float | None:
    """None: no plain length."""
    found = NUMBER.match(length)
    if not found or not found.group(1).strip("-."):
        return None
    return _number(found) * IN_PX.get(found.group(2), 1.0)


def _is_tiny(size: str) -> bool:
    pixels = _pixels(size)
    return pixels is not None and pixels < TINY_PX


def _is_invisible_ink(style: Mapping[str, str]) -> bool:
    """White where nothing says that the ground has a colour; or clear, or the ground's own colour."""
    ink = style.get("-webkit-text-fill-color") or style.get("color", "")
    ink, ground = ink.replace(" ", ""), (style.get("background-color") or style.get("background", "")).replace(" ", "")
    if CLEAR.match(ink):
        return True
    return bool(ink) and (ink == ground or (ink in WHITE and (not ground or ground in WHITE)))


def _is_away(style: Mapping[str, str]) -> bool:
    is_placed = style.get("position") in {"absolute", "fixed"}
    offsets = [style.get(side, "") for side in ("left", "top", "right", "bottom")] if is_placed else []
    offsets += [style.get(name, "") for name in ("text-indent", "margin-left", "margin-top")]
    return any((pixels := _pixels(one)) is not None and pixels <= FAR for one in offsets)


def _is_clipped(style: Mapping[str, str]) -> bool:
    clip, path = style.get("clip", "").replace(" ", ""), style.get("clip-path", "").replace(" ", "")
    if clip.startswith(("rect(0", "rect(1px")) or path.startswith(("inset(50%", "inset(100%", "circle(0", "polygon(0")):
        return True
    if style.get("transform", "").replace(" ", "").startswith("scale(0)"):
        return True
    return style.get("overflow") in {"hidden", "clip"} and any(
        (pixels := _pixels(style.get(side, ""))) is not None and pixels <= 1
        for side in ("width", "height", "max-width", "max-height")
    )
