"""A panel is data: one component of the inbox draws every `PanelDocument`, so third parties can add panels without code there."""

from typing import Annotated, Literal

import msgspec

Place = Literal["contact", "conversation", "dashboard"]
Tone = Literal["neutral", "good", "warn"]
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


class Mark(msgspec.Struct):
    """A word of state."""

    text: Text
    tone: Tone = "neutral"


class Entry(msgspec.Struct):
    """A thing by name, with what is to know of it and how it stands. `at` in seconds since 1970 (UTC). `href`: as a link's."""

    title: Text
    text: Text = ""
    at: int | None = None
    href: Text = ""
    marks: list[Mark] = []


class Entries(msgspec.Struct, tag="entries"):
    entries: list[Entry]


class Link(msgspec.Struct):
    """`href` of http, https or mailto, or a page of ours, `/app/orders?order=7`: a bundled module may show that in place (`module.opens.ts`)."""

    label: Text
    href: Text


class Links(msgspec.Struct, tag="links"):
    links: list[Link]


Block = Facts | TableBlock | Plot | Timeline | Entries | Links


class PanelDocument(msgspec.Struct):
    """What a panel's route answers. `tone` colours its title mark."""

    title: Text
    blocks: list[Block]
    tone: Tone


class PanelView(msgspec.Struct):
    """A panel that a loaded module has: where it stands, and the path that answers its document.

    The page adds what it shows to the path: `contact_id` or `conversation_id`; a dashboard's panel takes nothing.
    """

    name: str
    title: str
    place: Place
    path: str
