"""Who hears what: links by topic, so that an event costs the links that may see it and no others."""

from collections.abc import Collection
from itertools import chain

from core.access import Audience, Topic, is_narrower, may_see, topics_of, topics_of_audience
from realtime.link import Link

Links = dict[Link, None]
"""A set whose members lie one after the other, as they came: a broadcast goes through it, and through its links' memory, in one direction."""
NOBODY: frozenset[Link] = frozenset()


class Index:
    """The links of one organization. A link stands under the topics of its actor; a change of the actor goes through `Room.reseat`."""

    def __init__(self) -> None:
        self._links: dict[Topic, Links] = {}

    def __len__(self) -> int:
        return len(self._links)

    def add(self, link: Link) -> None:
        for topic in topics_of(link.actor):
            self._links.setdefault(topic, {})[link] = None

    def discard(self, link: Link) -> None:
        for topic in topics_of(link.actor):
            found = self._links.get(topic)
            if found is not None:
                found.pop(link, None)
                if not found:
                    del self._links[topic]

    def under(self, topic: Topic) -> Collection[Link]:
        return self._links.get(topic, NOBODY)

    def matching(self, audience: Audience) -> tuple[Collection[Link], Collection[Link]]:
        """The links that may see this: of staff, and of visitors. Not to be kept: they may be the index's own."""
        staff: list[Links] = []
        visitors: list[Links] = []
        for topic in topics_of_audience(audience):
            found = self._links.get(topic)
            if found is not None:
                (staff if topic[0] == "staff" else visitors).append(found)
        if is_narrower(audience):
            found_staff, found_visitors = (
                [link for link in _union(found) if may_see(link.actor, audience)] for found in (staff, visitors)
            )
            return found_staff, found_visitors
        return _union(staff), _union(visitors)


def _union(found: list[Links]) -> Collection[Link]:
    if not found:
        return NOBODY
    return found[0] if len(found) == 1 else dict.fromkeys(chain.from_iterable(found))
