"""Small pages for people who are known to nobody: HTML that works without JavaScript and without cookies, on any screen, in light and dark."""

import hashlib
from base64 import b64encode
from html import escape
from typing import NamedTuple

from litestar import Response


class House(NamedTuple):
    """Whose page it is: the organization's name, and its colour as `#rrggbb`."""

    name: str
    accent: str


NOBODYS = House("", "#2f6f5e")
STYLE = (
    ":root{color-scheme:light dark;--canvas:#f4f4f6;--pane:#fff;--line:#dcdce2;--strong:#8d8d99;--ink:#18181d;--muted:#55555f;"
    "--good:#176b46;--good-soft:#e2f4ea;--bad:#b42d27;--bad-soft:#fdeceb;--note:#835400;--note-soft:#fdf2d8}"
    "@media(prefers-color-scheme:dark){:root{--canvas:#0d0d0f;--pane:#17171b;--line:#2f2f36;--strong:#74747f;--ink:#ececf0;--muted:#a9a9b3;"
    "--good:#63cf9b;--good-soft:#112e1f;--bad:#ff9089;--bad-soft:#391a18;--note:#efbd5b;--note-soft:#32260e}}"
    "*{box-sizing:border-box}body{margin:0;padding:9vh 1rem 3rem;background:var(--canvas);color:var(--ink);"
    "font:1rem/1.55 system-ui,-apple-system,'Segoe UI',sans-serif;overflow-wrap:anywhere}"
    "main{--pad:2rem;max-width:32rem;margin:0 auto;padding:var(--pad);background:var(--pane);border:1px solid var(--line);overflow:hidden;"
    "border-radius:12px}main::before{content:'';display:block;height:4px;margin:calc(-1*var(--pad));margin-bottom:1.5rem;"
    "background:var(--accent)}.house{max-width:32rem;margin:0 auto 1rem;padding:0 .25rem;font-weight:600;color:var(--muted)}"
    "h1{margin:0 0 .75rem;font-size:1.4rem;line-height:1.25;text-wrap:balance}p{margin:0 0 1rem}a{color:inherit}main>:last-child{margin-bottom:0}"
    "form{margin:1.25rem 0}button,input[type=email]{font:inherit;min-height:46px;padding:.6rem 1.1rem;border-radius:8px}"
    "button{border:1px solid var(--accent);background:var(--accent);color:var(--on-accent);font-weight:600;cursor:pointer}"
    "button:hover{filter:brightness(.93)}button.quiet{border-color:var(--strong);background:transparent;color:var(--ink);font-weight:400}"
    "label{display:block;font-weight:600}input[type=email]{width:100%;margin-top:.35rem;padding-inline:.8rem;border:1px solid var(--strong);"
    "background:var(--pane);color:var(--ink)}input[aria-invalid]{border-color:var(--bad)}"
    "fieldset{border:0;margin:0 0 1.25rem;padding:0}legend{padding:0;margin-bottom:.75rem;color:var(--muted)}"
    ".choice{display:grid;grid-template-columns:auto 1fr;gap:.1rem .8rem;padding:.85rem 1rem;border:1px solid var(--line)}"
    ".choice:first-of-type{border-radius:8px 8px 0 0}.choice:last-of-type{border-radius:0 0 8px 8px}.choice:only-of-type{border-radius:8px}"
    ".choice+.choice{border-top:0}.choice input{width:22px;height:22px;margin:1px 0;accent-color:var(--accent)}"
    ".choice p{grid-column:2;margin:0}p.fine,.choice p{font-size:.9rem;color:var(--muted);white-space:pre-line}"
    "[role=status],[role=alert],[role=note]{padding:.75rem 1rem;border-radius:8px}[role=status]{background:var(--good-soft);color:var(--good)}"
    "[role=alert]{background:var(--bad-soft);color:var(--bad)}[role=note]{background:var(--note-soft);color:var(--note)}"
    ":focus-visible{outline:3px solid Highlight;outline-offset:2px}"
    "@media(max-width:34rem){body{padding:1.25rem .75rem 2rem}main{--pad:1.2rem}button{width:100%}}"
)
"""Only colours and measures: what stands where is the same without it."""
HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}
RIGHT_TO_LEFT = frozenset({"ar"})


def page(language: str, title: str, body: str, house: House = NOBODYS, status: int = 200) -> Response[str]:
    """A page in `language` (two letters) with this heading; `body` is HTML. A `button.quiet` is one that is seldom meant."""
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    told = escape(title)
    whose = f'<header class="house"><bdi>{escape(house.name)}</bdi></header>' if house.name else ""
    style = f"{STYLE}:root{{--accent:{house.accent};--on-accent:{_on(house.accent)}}}"
    document = (
        f'<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8"><title>{told}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head>'
        f"<body>{whose}<main><h1>{told}</h1>{body}</main></body></html>"
    )
    return Response(
        document, media_type="text/html", headers=HEADERS | {"Content-Security-Policy": _policy(style)}, status_code=status
    )


def _policy(style: str) -> str:
    """This style and nothing else: whatever came to stand in a page by mistake neither runs nor looks like ours."""
    known = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{known}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def _on(color: str) -> str:
    """White where it can be read on a colour (4.5 to 1, WCAG 2), else black, which then can."""
    channels = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return "#fff" if 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5 else "#000"
