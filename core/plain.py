"""Small pages for people who are known to nobody: HTML that works without JavaScript and without cookies, on any screen, in light and dark."""

from html import escape

from litestar import Response

POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:10vh auto;padding:0 1rem;color-scheme:light dark}"
    "h1{font-size:1.5rem}button,input[type=email]{font:inherit;padding:.6rem 1rem;min-height:44px;box-sizing:border-box}"
    "input[type=email]{width:100%}form{margin:1rem 0}fieldset{border:0;margin:0;padding:0}legend{padding:0}"
    ".choice{display:grid;grid-template-columns:auto 1fr;gap:.2rem .8rem;padding:.7rem 0}.choice input{width:22px;height:22px;margin:2px 0}"
    ".choice p{grid-column:2;margin:0}p.fine,.choice p{font-size:.9rem;overflow-wrap:anywhere}"
    ":focus-visible{outline:3px solid Highlight;outline-offset:2px}"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}
RIGHT_TO_LEFT = frozenset({"ar"})


def page(language: str, title: str, body: str) -> Response[str]:
    """A page in `language` (two letters) with this heading; `body` is HTML."""
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    told = escape(title)
    document = (
        f'<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8"><title>{told}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>'
        f"<body><main><h1>{told}</h1>{body}</main></body></html>"
    )
    return Response(document, media_type="text/html", headers=HEADERS)
