"""What a customer wants of a person though no hard rule knows the words: told by what they mean.

The bundled sentence model says what a turn is about; small words ("how", "my", "^can", "?") say whether it is asked for or asked about.
`intent.json` weighs both; `python -m tests.evals triage` writes it, for that model alone: with another one, or none, the rules decide by
themselves. Workers only: numpy is imported on first use.
"""

import asyncio
import logging
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from agent.embedding import models
from agent.settings import BUNDLED, settings
from agent.triage import Rule, Verdict, ends, sentences, spelled_out

if TYPE_CHECKING:
    import numpy as np

log = logging.getLogger("lacasa.agent")

FILE = Path(__file__).with_name("intent.json")
WAIT_S = 5.0
"""For the model, which may be loading: after that the rules alone have spoken."""
PIECE_MAX = 300
"""Characters that are weighed at once. A request fills a short turn; in a long story it would drown."""
MARK = re.compile(r"[a-z']+|[?!]")


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`table` has a row for nothing and one for each of `wanted`: numbers for the embedding, for each of `marks`, and the bias.

    `model` made the embeddings; from `threshold` on (a probability) a turn is handed over.
    """

    version: int
    model: str
    threshold: float
    wanted: list[Rule]
    marks: list[str]
    table: list[list[float]]


@lru_cache(maxsize=1)
def weights() -> Weights:
    return msgspec.json.decode(FILE.read_bytes(), type=Weights)


async def judge(turn: str) -> Verdict:
    """What the turn wants by its meaning; an empty verdict: nothing that is sure enough, or nothing here can tell."""
    if settings().model != BUNDLED:
        return Verdict()
    read = pieces(turn)
    try:
        vectors = await asyncio.wait_for(_vectors(read), WAIT_S)
    except Exception as error:  # whatever a model does: the rules have spoken, and the customer waits
        log.warning("what a turn means was not weighed", extra={"error": type(error).__name__})
        return Verdict()
    return verdict(read, vectors) if vectors else Verdict()


async def _vectors(read: Sequence[str]) -> list[list[float]]:
    by = await models.model()
    return await by.vectors(read) if by else []


def pieces(turn: str) -> list[str]:
    """A turn as it is weighed: whole, or where it is long, neighbouring sentences together, up to `PIECE_MAX` characters."""
    found = [""]
    for sentence in sentences(spelled_out(ends(turn.replace("’", "'")))):
        if found[-1] and len(found[-1]) + 1 + len(sentence) > PIECE_MAX:
            found.append(sentence)
        else:
            found[-1] = f"{found[-1]} {sentence}".strip()
    return found


def marks(piece: str) -> set[str]:
    """Its words and marks, and the first once more with a "^"."""
    found = MARK.findall(piece.lower())
    return {*found, f"^{found[0]}"} if found else set()


def verdict(read: Sequence[str], vectors: Sequence[Sequence[float]]) -> Verdict:
    """By the piece that most surely wants something, whatever it is: what it most likely wants is named."""
    by = weights()
    surest = min(probabilities(by.table, features(by.marks, read, vectors)), key=lambda chances: float(chances[0]))
    wants = 1 - float(surest[0])
    if wants < by.threshold:
        return Verdict()
    return Verdict(rule=by.wanted[int(surest[1:].argmax())], matched=f"meaning ({wants:.2f})")


def features(known: Sequence[str], read: Sequence[str], vectors: Sequence[Sequence[float]]) -> "np.ndarray[Any, Any]":
    """Pieces x (embedding, each known mark: 1 where it stands, and 1 for the bias)."""
    import numpy as np

    found = [marks(piece) for piece in read]
    standing = [[float(mark in own) for mark in known] for own in found]
    return np.hstack([np.asarray(vectors), np.asarray(standing), np.ones((len(read), 1))])


def probabilities(table: Sequence[Sequence[float]], rows: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """Pieces x (nothing, each of `wanted`), each row adding up to 1."""
    import numpy as np

    scores = rows @ np.asarray(table).T
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
