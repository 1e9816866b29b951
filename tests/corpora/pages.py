"""DOMPurify's payloads: nothing that acts may be left, and cleaning twice is cleaning once."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from core.channels.email import shown
from core.markup import safe

ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "xlink:href",
    "data",
    "poster",
    "background",
    "srcset",
    "cite",
    "longdesc",
    "ping",
}
HARMLESS = re.compile(r"(?:https?:|mailto:|tel:|data:image/(?:png|gif|jpe?g|webp|bmp);base64,)", re.IGNORECASE)


def active(html: str) -> list[str]:
    """What in a page could act, load or ask, as a parser finds it."""
    found = []
    for node in LexborHTMLParser(f"<body>{html}").css("body *"):
        tag = node.tag or ""
        if tag not in safe.TAGS:
            found.append(f"<{tag}>")
        for name, value in node.attributes.items():
            said = value or ""
            if name.startswith("on") or (
                name in ("id", "name", "srcdoc", "style") and ("url" in said.lower() or "\\" in said or name != "style")
            ):
                found.append(f"{name}={said[:60]}")
            if name in ADDRESSES and not HARMLESS.match(said):
                found.append(f"{name}={said[:60]}")
            if name == "src" and said[:4].lower() == "http":
                found.append(f"loads {said[:60]}")
    return found


def dompurify(folder: Path) -> dict[str, Any]:
    cases = json.loads((folder / "expect.json").read_text())
    failed, unstable = [], []
    for place, case in enumerate(cases):
        name = f"{place}: {case.get('title', '')}"
        cleaned = shown.clean(case["payload"]).html
        if active(cleaned):
            failed.append(name)
        if shown.clean(cleaned).html != cleaned:
            unstable.append(name)
    return {
        "passed": len(cases) - len({*failed, *unstable}),
        "of": len(cases),
        "failed": sorted({*failed, *unstable}),
        "unstable": unstable,
    }


def in_browser(folder: Path) -> dict[str, Any]:
    """Each payload as body, subject, sender's name and file name of a mail in the real inbox: `failed` acted, was stopped, or was never opened."""
    from tests.corpora import inbox  # a browser and servers, which nobody else here needs

    cases = json.loads((folder / "expect.json").read_text())
    figures = asyncio.run(inbox.opened([case["payload"] for case in cases]))
    bad = {*figures["acted"], *figures["reports"]}
    failed = [f"{place}: {case.get('title', '')}" for place, case in enumerate(cases) if str(place) in bad]
    unopened = len(cases) - figures["opened"]
    reports = sum(map(len, figures["reports"].values()))
    return {
        "passed": len(cases) - len(failed) - unopened,
        "of": len(cases),
        "failed": failed,
        "unopened": unopened,
        "reports": reports,
        "browser": figures,
    }
