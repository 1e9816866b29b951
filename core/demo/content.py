"""The demo shop: what a first start puts into an empty workspace, so that it teaches.

The texts stand beside this file: `articles/*.md` (public help and internal rules),
`conversations.json`, `site.html` (the shop's page, with the placeholders
`{{shop_name}}` and `{{widget_snippet}}`) and `questions.jsonl` (customers' questions
with the outcome each must have). Links between articles are bare slugs.
"""

from decimal import Decimal
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal

import msgspec

Audience = Literal["public", "internal"]
Kind = Literal["article", "snippet"]
Role = Literal["admin", "user", "agent"]
Speaker = Literal["contact", "agent", "ai"]
Status = Literal["open", "pending", "resolved"]
Priority = Literal["low", "medium", "high", "urgent"]


class DemoArticle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    slug: str
    category: str
    audience: Audience
    kind: Kind
    body: str


class DemoStaff(msgspec.Struct, frozen=True):
    name: str
    email: str
    role: Role


class DemoContact(msgspec.Struct, frozen=True):
    first_name: str
    last_name: str
    email: str
    tags: tuple[str, ...]
    order_count: int
    total_order_value: Decimal


class DemoConversation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`contact` is an index into CONTACTS; `lines` run from oldest to newest."""

    contact: int
    subject: str
    lines: tuple[tuple[Speaker, str], ...]
    status: Status
    priority: Priority
    tags: tuple[str, ...]


SHOP_NAME = "Vesperholm"
SHOP_SLUG = "vesperholm"

STAFF = (
    DemoStaff("Maya Lindqvist", "maya@vesperholm.example", "admin"),
    DemoStaff("Tomas Berg", "tomas@vesperholm.example", "user"),
    DemoStaff("Aisha Okafor", "aisha@vesperholm.example", "agent"),
)

CONTACTS = (
    DemoContact(
        "Jonas",
        "Keller",
        "jonas.keller@example.com",
        ("newsletter",),
        1,
        Decimal("96.90"),
    ),
    DemoContact(
        "Ines",
        "Carvalho",
        "ines.carvalho@example.com",
        ("vip", "newsletter"),
        7,
        Decimal("1384.00"),
    ),
    DemoContact(
        "Elias",
        "Nyberg",
        "elias.nyberg@example.com",
        (),
        2,
        Decimal("218.00"),
    ),
    DemoContact(
        "Claire",
        "Dumont",
        "claire.dumont@example.com",
        ("newsletter",),
        3,
        Decimal("422.80"),
    ),
    DemoContact(
        "Femke",
        "de Groot",
        "femke@lantaarntje.example",
        ("business",),
        2,
        Decimal("2449.96"),
    ),
    DemoContact(
        "Oliver",
        "Hart",
        "oliver.hart@example.com",
        (),
        1,
        Decimal("203.90"),
    ),
)


def articles() -> list[DemoArticle]:
    """All demo articles and snippets, by file name.

    Raises:
        ValueError: a file has no front matter (msgspec's ValidationError, a
            ValueError too, when a key is missing, unknown or has a wrong value).
    """
    folder = resources.files(__package__).joinpath("articles")
    files = [file for file in folder.iterdir() if file.name.endswith(".md")]
    return [_article(file) for file in sorted(files, key=lambda file: file.name)]


def _article(file: Traversable) -> DemoArticle:
    start, fence, rest = file.read_text("utf-8").partition("---\n")
    head, closing, body = rest.partition("\n---\n")
    if start or not fence or not closing:
        raise ValueError(f"{file.name} has no front matter")
    pairs = (line.partition(":") for line in head.splitlines() if line.strip())
    fields = {key.strip(): value.strip() for key, _, value in pairs}
    return msgspec.convert({**fields, "body": body.strip()}, DemoArticle)


def _conversations() -> tuple[DemoConversation, ...]:
    file = resources.files(__package__).joinpath("conversations.json")
    return msgspec.json.decode(file.read_bytes(), type=tuple[DemoConversation, ...])


CONVERSATIONS = _conversations()


def site() -> str:
    """The shop's page, with its placeholders."""
    return resources.files(__package__).joinpath("site.html").read_text("utf-8")
