"""The bundled sentence model: it is the published one, and says what the published one says."""

import asyncio
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.embedding import minilm, models
from agent.embedding.minilm import BATCH_WORDS, DIMENSION, MiniLM
from core.errors import Misconfigured
from tests.conftest import MODELS

PUBLISHED = [
    ("That is a happy person", "That is a very happy person", 0.943),
    ("That is a happy person", "That is a happy dog", 0.695),
    ("That is a happy person", "Today is a sunny day", 0.257),
]
"""The example of the model's own page."""


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return MiniLM(MODELS)


@pytest.mark.parametrize(("one", "other", "cosine"), PUBLISHED)
def test_it_finds_as_alike_what_the_published_model_does(model: MiniLM, one: str, other: str, cosine: float) -> None:
    vectors = np.array(model.embed_documents([one, other]))
    assert vectors.shape == (2, DIMENSION)
    assert float(vectors[0] @ vectors[1]) == pytest.approx(cosine, abs=0.001)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_text_means_the_same_alone_and_among_others(model: MiniLM) -> None:
    texts = ["Where is my parcel?", "", "lamp " * 400, "\u0000\u202e", "Wo bleibt mein Paket?", "🙂" * 3000]
    together = np.array(model.embed_documents(texts))
    alone = np.array([model.embed_query(text) for text in texts])
    assert np.abs(together - alone).max() < 1e-4
    assert np.isfinite(together).all()
    assert model.embed_documents([]) == []


@given(st.lists(st.integers(2, minilm.WORDS_MAX), max_size=300))
def test_batches_hold_every_text_once_and_never_too_much(lengths: list[int]) -> None:
    batches = list(minilm._batches(lengths))
    assert Counter(place for batch in batches for place in batch) == Counter(range(len(lengths)))
    assert all(len(batch) * max(lengths[place] for place in batch) <= BATCH_WORDS for batch in batches)


def test_weights_that_are_not_the_published_ones_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"somebody else's")
    monkeypatch.setattr(minilm, "_home", lambda: tmp_path)
    with pytest.raises(Misconfigured):
        MiniLM(MODELS)


async def test_without_the_weights_there_is_no_model_and_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "find_spec", lambda _: None)
    monkeypatch.setattr(models, "_loading", {})
    assert await models.model() is None


class Stalling:
    """A provider that does not answer."""

    def embed_query(self, _text: str) -> list[float]:
        raise ConnectionError


async def test_a_model_that_does_not_answer_leaves_the_search_to_words() -> None:
    assert await asyncio.wait_for(models.Model("away", Stalling()).meaning("Where is it?"), 5) is None  # type: ignore[arg-type]


async def test_a_model_that_cannot_be_loaded_for_whatever_reason_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_: object) -> None:
        raise RuntimeError("a damaged graph")

    monkeypatch.setattr(minilm, "MiniLM", damaged)
    monkeypatch.setattr(models, "_loading", {})
    assert await models.model() is None
