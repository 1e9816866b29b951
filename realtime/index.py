"""Who hears what: links by topic, so that an event costs the links that may see it and no others."""

from collections.abc import Collection, Sequence
from itertools import chain

from core.access import Audience, Side, Topic, is_narrower, may_see, topics_of, topics_of_audience
from realtime.link import Link

Links = dict[Link, None]
"""A set whose members lie one after the other, as they came: a broadcast goes through it, and through its links' memory, in one direction."""
NOBODY: frozenset[Link] = frozenset()
ROWS_MAX = 256
"""Sets of topics of one side of which it is kept who stands under any of them."""


class Index:
    """The links of one organization. A link stands under the topics of its actor; a change of the actor goes through `Room.reseat`."""

    def __init__(self) -> None:
        self._links: dict[Topic, Links] = {}
        self._rows: dict[Side, dict[tuple[Topic, ...], Sequence[Link]]] = {"staff": {}, "visitor": {}}

    def __len__(self) -> int:
        return len(self._links)

    def add(self, link: Link) -> None:
        for topic in topics_of(link.actor):
            self._rows[topic[0]].clear()
            self._links.setdefault(topic, {})[link] = None

    def discard(self, link: Link) -> None:
        for topic in topics_of(link.actor):
            self._rows[topic[0]].clear()
            found = self._links.get(topic)
            if found is not None:
                found.pop(link, None)
                if not found:
                    del self._links[topic]

    def under(self, topic: Topic) -> Collection[Link]:
        return self._links.get(topic, NOBODY)

    def matching(self, audience: Audience) -> tuple[Sequence[Link], Sequence[Link]]:
        """The links that may see this: of staff, and of visitors. As long as nobody comes, goes or changes, the same topics give the same object."""
        topics = [topic for topic in topics_of_audience(audience) if topic in self._links]
        staff, visitors = self._row("staff", topics), self._row("visitor", topics)
        if is_narrower(audience):
            found_staff, found_visitors = ([link for link in row if may_see(link.actor, audience)] for row in (staff, visitors))
            return found_staff, found_visitors
        return staff, visitors

    def _row(self, side: Side, topics: list[Topic]) -> Sequence[Link]:
        key = tuple(topic for topic in topics if topic[0] == side)
        if not key:
            return ()
        rows = self._rows[side]
        row = rows.get(key)
        if row is None:
            if len(rows) >= ROWS_MAX:
                rows.clear()
            row = rows[key] = list(dict.fromkeys(chain.from_iterable(self._links[topic] for topic in key)))
        return row
