"""A panel is data: one component of the inbox draws every `PanelDocument`, so third parties can add panels without code there."""

from typing import Annotated, Literal

import msgspec

Place = Literal["contact", "conversation", "dashboard"]
Text = Annotated[str, msgspec.Meta(max_length=500)]


class Fact(msgspec.Struct, tag="fact"):
    label: Text
    value: Text


class Facts(msgspec.Struct, tag="facts"):
    facts: list[Fact]


class TableBlock(msgspec.Struct, tag="table"):
    columns: list[Text]
    rows: list[list[Text]]


class Plot(msgspec.Struct, tag="plot"):
    """Lines over time: `at` in seconds since 1970 (UTC), one list of values per series, same length."""

    title: Text
    at: list[int]
    series: list["Series"]
    formula: Text


class Series(msgspec.Struct):
    label: Text
    values: list[float]


class TimelineEntry(msgspec.Struct):
    at: int
    text: Text


class Timeline(msgspec.Struct, tag="timeline"):
    entries: list[TimelineEntry]


class Link(msgspec.Struct):
    label: Text
    href: Text


class Links(msgspec.Struct, tag="links"):
    links: list[Link]


Block = Facts | TableBlock | Plot | Timeline | Links


class PanelDocument(msgspec.Struct):
    """What a panel's route answers. `tone` colours its title mark."""

    title: Text
    blocks: list[Block]
    tone: Literal["neutral", "good", "warn"]


class PanelView(msgspec.Struct):
    """A panel that a loaded module has: where it stands, and the path that answers its document.

    The page adds what it shows to the path: `contact_id` or `conversation_id`; a dashboard's panel takes nothing.
    """

    name: str
    title: str
    place: Place
    path: str
