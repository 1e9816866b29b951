"""The pages of shops on which their owner says yes or no to an app."""

from html import escape
from urllib.parse import urlencode

from tests.commerce.fakes.serving import Reply

PAGE = """<!doctype html><html lang="en"><title>{title}</title><h1>{title}</h1><p>{asks}</p>
<p><a href="{yes}">{yes_words}</a> <a href="{no}">{no_words}</a></p></html>"""


def page(title: str, asks: str, yes: tuple[str, str], no: tuple[str, str]) -> Reply:
    """`yes` and `no`: what stands there, and where it leads."""
    words = {"title": title, "asks": asks, "yes_words": yes[0], "yes": yes[1], "no_words": no[0], "no": no[1]}
    text = PAGE.format_map({name: escape(value) for name, value in words.items()})
    return Reply(text, 200, {"content-type": "text/html; charset=utf-8"})


def back(address: str, **said: str) -> str:
    return f"{address}?{urlencode(said)}"


def sent_to(address: str) -> Reply:
    return Reply("", 302, {"location": address})
