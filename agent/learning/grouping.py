"""Which questions mean about the same. Pure: no rows, no model, no chance; only `grouped` needs NumPy and imports it then.

Each question joins the group that is nearest, if that is near enough, else it begins a group of its own. How near a group is says the mean of the
cosines with its first `MEMBERS` questions: they ask in more ways than one, and those that come later change nothing. So the order decides: taken by
their age, questions come into the same groups however many are looked at in one go. By words alone others are compared with the first question.
"""

import struct
from collections.abc import Sequence

import msgspec

ALIKE = 0.6
"""A question whose embedding has this cosine with those of a group, on average, belongs to it."""
MEMBERS = 8
SHARED = 0.5
"""By words alone: they share this much of their stems."""


class Asked(msgspec.Struct, frozen=True):
    """A question: its stems, and what it means by `model` (32-bit floats, as `packed` makes them; empty: nothing can tell).

    `others`, of a group's first one: what those that joined it next mean, by the same model.
    """

    stems: frozenset[str]
    model: str = ""
    vector: bytes = b""
    others: Sequence[bytes] = ()


def packed(vector: Sequence[float]) -> bytes:
    """An embedding as it is kept, of length 1."""
    length = sum(value * value for value in vector) ** 0.5 or 1.0
    return struct.pack(f"<{len(vector)}f", *(value / length for value in vector))


def grouped(leaders: Sequence[Asked], questions: Sequence[Asked]) -> list[int]:
    """The group of each question, in their order: a place in `leaders`, to which each question that joins none is added."""
    import numpy as np

    known = list(leaders)
    rows = {
        size: np.zeros((len(leaders) + len(questions), size // 4), np.float32) for size in {len(one.vector) for one in questions}
    }
    members = np.zeros(len(leaders) + len(questions), np.float32)

    def take(place: int, vector: bytes) -> None:
        if vector and len(vector) in rows and members[place] < MEMBERS:
            rows[len(vector)][place] += np.frombuffer(vector, "<f4")
            members[place] += 1

    for place, one in enumerate(leaders):
        for vector in (one.vector, *one.others):
            take(place, vector)
    found = []
    for one in questions:
        size = len(known)
        cosines = rows[len(one.vector)][:size] @ np.frombuffer(one.vector, "<f4") / members[:size].clip(1) if one.vector else None
        near = [_near(one, other, 0.0 if cosines is None else float(cosines[place])) for place, other in enumerate(known)]
        best = max(range(size), key=near.__getitem__, default=-1)
        if best < 0 or near[best] < 1:
            best = size
            known.append(one)
        if one.model == known[best].model:
            take(best, one.vector)
        found.append(best)
    return found


def _near(one: Asked, other: Asked, cosine: float) -> float:
    """How near two questions are, in units of what is near enough."""
    if one.vector and one.model == other.model and len(one.vector) == len(other.vector):
        return cosine / ALIKE
    return shared(one.stems, other.stems) / SHARED


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the stems of both that are in each; 0 for texts without any."""
    return len(one & other) / len(one | other) if one or other else 0.0
