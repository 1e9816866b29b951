"""Compares what was promised with PostgreSQL, and PostgreSQL with what every client heard."""

from itertools import pairwise
from typing import Any

from tests.chaos.crowd import Crowd
from tests.chaos.installation import Installation

WRITTEN = """
SELECT c.token, m.seq, split_part(m.content, '|', 1) FROM messages m JOIN conversations c ON c.id = m.conversation_id
WHERE m.content ~ '^[sv][0-9]+[.][0-9]+/[0-9]{6}([|]|$)' ORDER BY c.token, m.seq
"""
GAPS = """
SELECT count(*) FROM event_clock k
WHERE position <> (SELECT count(*) FROM event_log l WHERE l.organization_id = k.organization_id)
"""
LEFT_BEHIND = "SELECT count(*) FROM outbox"


async def check(place: Installation, crowd: Crowd) -> dict[str, Any]:
    """The figures that must be 0: lost, duplicated, misordered, unseen, gaps. `acked` is what was promised."""
    stored: dict[str, list[tuple[int, str]]] = {}
    for token, seq, text in await place.rows(WRITTEN):
        stored.setdefault(token, []).append((seq, text))
    kept = {(token, text, seq) for token, rows in stored.items() for seq, text in rows}
    texts = [text for rows in stored.values() for _, text in rows]
    acked = crowd.world.acks.entries
    return {
        "acked": len(acked),
        "lost": sum(1 for entry in acked if entry not in kept),
        "duplicated": len(texts) - len(set(texts)) + sum(_doubled(rows) for ear in crowd.ears for rows in ear.heard.values()),
        "misordered": sum(map(_misordered_writers, stored.values()))
        + sum(1 for ear in crowd.ears for rows in ear.heard.values() if not _rises([seq for seq, _ in rows])),
        "unseen": _unseen(stored, crowd),
        "gaps": await place.value(GAPS),
        "outbox": await place.value(LEFT_BEHIND),
    }


def _doubled(rows: list[tuple[int, str]]) -> int:
    return len(rows) - len({text for _, text in rows})


def _rises(values: list[Any]) -> bool:
    """Equal neighbours are no disorder: they are counted as duplicates."""
    return all(before <= after for before, after in pairwise(values))


def _misordered_writers(rows: list[tuple[int, str]]) -> int:
    """Writers whose messages do not stand in the order in which they wrote them: each waited for its acknowledgement."""
    by_writer: dict[str, list[str]] = {}
    for _, text in rows:
        by_writer.setdefault(text.partition("/")[0], []).append(text)
    return sum(1 for texts in by_writer.values() if not _rises(texts))


def _unseen(stored: dict[str, list[tuple[int, str]]], crowd: Crowd) -> int:
    """Messages that are kept and that somebody who may see them never heard of. Staff sees all, a visitor his conversations."""
    everything = {text for rows in stored.values() for _, text in rows}
    missing = sum(len(everything - one.known) for one in crowd.staff)
    for visitor in crowd.visitors:
        for rows in stored.values():
            if any(text.startswith(visitor.name + ".") for _, text in rows):
                missing += len({text for _, text in rows} - visitor.known)
    return missing
