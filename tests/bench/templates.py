"""Mails made of a template that was drawn once, one for each of many contacts, beside `str.format` putting the same values into as much text.

`str.format` gets the mail as it is with a mark for each value, so both write the same bytes wherever a value has nothing to escape; it escapes
nothing and knows no fallbacks. A mail is HTML, text and subject. `draw_ms`: reading and drawing the template, once for all.
"""

import time
from statistics import median
from typing import Any

from core.extend import registry
from core.templates.blocks import (
    ButtonBlock,
    Column,
    ColumnsBlock,
    Content,
    DividerBlock,
    FooterBlock,
    HeadingBlock,
    ImageBlock,
    TextBlock,
)
from core.templates.compiling import compiled
from tests.bench.measure import Options, alternate, ratio, spread

QUICK = True
N = 2000
STORY = "We have written to you because you bought a lamp of us, and **there are new shades for it** which you may like. " * 4
NAMED = (
    "contact.first_name",
    "contact.last_name",
    "contact.email",
    "contact.order_count",
    "contact.total_order_value",
    "organization.name",
)
CONTENT = Content(
    "{{ contact.first_name | Hello }}, there are new shades",
    "In four colours",
    "en",
    blocks=[
        HeadingBlock("Dear {{ contact.first_name | friend }},"),
        TextBlock(
            STORY + "You, {{ contact.first_name | friend }} {{ contact.last_name }}, ordered {{ contact.order_count }} times."
        ),
        ImageBlock("https://shop.example/shades.png", "Shades for {{ contact.first_name | you }}"),
        ButtonBlock("See the shades", "https://shop.example/shades?from={{ contact.email }}"),
        DividerBlock(),
        ColumnsBlock([Column([HeadingBlock("Red", 2), TextBlock(STORY)]), Column([HeadingBlock("Green", 2), TextBlock(STORY)])]),
        TextBlock(
            STORY
            + "\n\n- [All orders](https://shop.example/orders?of={{ contact.email }}), {{ contact.total_order_value }} EUR\n- "
            + STORY
        ),
        FooterBlock("{{ organization.name }}", "1 Quay Street"),
    ],
)
PEOPLE = ("Ida", "Åsa", "O'Neil", "Theo", "Miriam", "Jürgen & Co", "Li", "Ana María")


async def run(options: Options) -> dict[str, Any]:
    """Mails per CPU second, and `ratio_format`: ours over `str.format`, the median of the rounds. `--n`: mails of one round."""
    n, fields = options.n or N, registry.merge_fields()
    began = time.process_time()
    template = compiled(CONTENT, fields)
    draw_ms = (time.process_time() - began) * 1000
    ways = {name: f"ZZ{number}ZZ" for number, name in enumerate(NAMED)}
    marked = template.mail(ways)
    forms = [_form(text, ways) for text in (marked.subject, marked.html, marked.text)]
    contacts = [_contact(number) for number in range(n)]
    flat = [{name.replace(".", "_"): str(value) for name, value in one.items()} for one in contacts]

    async def ours() -> float:
        began = time.process_time()
        for one in contacts:
            template.mail(one)
        return n / (time.process_time() - began)

    async def bare() -> float:
        began = time.process_time()
        for one in flat:
            for form in forms:
                form.format_map(one)
        return n / (time.process_time() - began)

    rates = await alternate(options.rounds, {"ours": ours, "format": bare})
    return {
        "mails_per_cpu_s": round(median(rates["ours"])),
        "format_per_cpu_s": round(median(rates["format"])),
        "ratio_format": ratio(rates["ours"], rates["format"]),
        "mail_us": round(1e6 / median(rates["ours"]), 1),
        "draw_ms": round(draw_ms, 2),
        "html_bytes": len(marked.html.encode()),
        "slots": sum(form.count("{") - form.count("{{") * 2 for form in forms),
        "rounds": {name: spread(values) for name, values in rates.items()},
        "n": n,
    }


def _form(text: str, ways: dict[str, str]) -> str:
    text = text.replace("{", "{{").replace("}", "}}")
    for name, mark in ways.items():
        text = text.replace(mark, "{" + name.replace(".", "_") + "}")
    return text


def _contact(number: int) -> dict[str, Any]:
    name = PEOPLE[number % len(PEOPLE)]
    values = (name, f"Number {number}", f"contact-{number}@example.com", number % 9, f"{number}.00", "Harbour Lights")
    return dict(zip(NAMED, values, strict=True))
