"""The transformer that embeds by default, in ONNX Runtime: no torch is loaded for it."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from corpus.text.surrogates import tokenizable
from index.vectors.encoder import EMBEDDED, Role, Vectors
from index.vectors.loaded_once import LoadedOnce
from index.vectors.onnx_graph import TOKENIZER, Graph, known, open_graph

Ids = NDArray[np.int64]

GRAPH = "encoder.onnx"
ENCODER_VERSION = (
    2  # of the embedded one, part of the index's manifest: other vectors, another index
)
INPUTS, OUTPUTS = ("ids",), ("vectors",)
# What the encoder was pretrained to see before a text (Wang et al. 2024, arXiv 2402.05672).
PROMPTS: dict[Role, str] = {"query": "query:", "document": "passage:"}
ROOM = 256  # tokens of a text that are read at once; a passage of sentences has some 80
MOST_PARTS = 16  # of a text that are read, at even distances: a longer one is no sentence
WORKERS = 2  # texts that are read at the same time, each on one thread


class TransformerEncoder:
    """A model folder in the product's own form, loaded at first use."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` holds the model; None means the embedded one."""
        self.name = str(folder) if folder else EMBEDDED
        self._folder = folder or Path(str(files("index.vectors").joinpath("model")))
        self._graph = LoadedOnce(self._load)

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """See Encoder.encode. A text is read by itself: in eight bits texts of one call would share
        a scale, and a text's vector would depend on its neighbours.
        """
        graph = self._graph.get()
        if len(texts) == 1:
            return self._vector(graph, texts[0], role)[None]
        with ThreadPoolExecutor(WORKERS) as workers:
            rows = list(workers.map(lambda text: self._vector(graph, text, role), texts))
        return np.array(rows, dtype=np.float32).reshape(len(texts), -1)

    def _vector(self, graph: Graph, text: str, role: Role) -> Vectors:
        """The mean of what the parts of a text say, float32 of shape (dimension,), unit norm."""
        parts = [graph.run({"ids": ids}, OUTPUTS)[0][0] for ids in _parts(graph, text, role)]
        mean = np.mean(parts, axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), dtype=np.float32)

    def _load(self) -> Graph:
        graph = open_graph(self._folder / GRAPH, INPUTS, OUTPUTS, 1, self._unusable)
        try:
            _marks(graph)
        except ValueError as error:  # a tokenizer of another kind
            raise self._unusable(f"{TOKENIZER} cannot be read: {error}") from error
        return graph

    def _unusable(self, reason: str) -> ModelError:
        return ModelError(
            f"embedding model {self._folder}: {reason}; set JIANBAO_EMBEDDING_MODEL to another "
            "model, or unset it and install the program again"
        )


def _parts(graph: Graph, text: str, role: Role) -> Iterator[Ids]:
    """What the graph reads of a text, part by part: ids, int64 of shape (1, tokens)."""

    def ids_of(words: str) -> list[int]:
        return list(graph.tokenizer.encode(words, add_special_tokens=False).ids)

    start, end = _marks(graph)
    prompt, own = ids_of(PROMPTS[role]), ids_of(tokenizable(text))
    starts = range(0, max(len(own), 1), ROOM)
    for number in range(min(len(starts), MOST_PARTS)):
        at = starts[number * len(starts) // min(len(starts), MOST_PARTS)]
        yield np.array([[start, *prompt, *own[at : at + ROOM], end]], dtype=np.int64)


def _marks(graph: Graph) -> tuple[int, int]:
    """What stands before and behind every text.

    :raises ValueError: the tokenizer does not know them.
    """
    return known(graph.tokenizer, "<s>"), known(graph.tokenizer, "</s>")
