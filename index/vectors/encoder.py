"""Texts to vectors: the seam to any sentence-transformers model."""

import os
from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from index.vectors.hub_model import from_folder_or_hub
from index.vectors.loaded_once import LoadedOnce

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Role = Literal["query", "document"]
Vectors = NDArray[np.float32]
EMBEDDED = "embedded"  # the name of the transformer that the product carries itself
TABLE = "table"  # of the table of words that it carries too, and what the setting calls it
LONGEST_TOKENS = 4  # tokens that a character can cost at most, in bytes of UTF-8
BATCH_SIZE = 256  # texts a call; bounds memory with large models, costs small ones nothing


class Encoder(Protocol):
    """Whatever turns texts into vectors; `name` says in messages which model that is."""

    name: str

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Vectors of the texts, float32 of shape (len(texts), dimension), rows of unit norm.

        :raises ModelError: the model cannot be loaded.
        """
        ...


def embedded_model() -> Path:
    """Folder of the model that the product carries."""
    return Path(str(files("index").joinpath("model")))


class SentenceTransformerEncoder:
    """A sentence-transformers model, loaded at first use.

    Queries and documents go through the model's own prompts (`encode_query`, `encode_document`), on
    the device that sentence-transformers finds best. A text beyond the model's limit is read in
    windows.
    Only safetensors weights are read and no code of a model is run.
    """

    def __init__(self, model: str | None = None) -> None:
        """`model` is a folder or a hub name; None means the embedded one.

        :raises ModelError: it is written as a path, and there is no such folder.
        """
        self.name = model or TABLE
        self._source = str(Path(model).expanduser()) if model else str(embedded_model())
        self.embedded = model is None
        self._model = LoadedOnce(self._load)
        if (model is None or _is_path(model)) and not Path(self._source).is_dir():
            raise ModelError(
                f"embedding model {self._source}: no such folder; "
                "set JIANBAO_EMBEDDING_MODEL to a model folder or hub name, or unset it"
            )

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """See Encoder.encode."""
        model = self._model.get()
        encode = model.encode_query if role == "query" else model.encode_document
        windows = [_windows(model, text, role) for text in texts]
        vectors = encode(
            [window for own in windows for window in own],
            batch_size=BATCH_SIZE,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        rows = np.asarray(vectors, dtype=np.float32).reshape(sum(map(len, windows)), -1)
        if len(rows) > len(texts):
            starts = np.cumsum([0, *map(len, windows[:-1])])
            means = np.add.reduceat(rows, starts, axis=0)
            norms: Vectors = np.linalg.norm(means, axis=1, keepdims=True)
            rows = (means / np.maximum(norms, 1e-12)).astype(np.float32)
        return _without_zeros(rows, role)

    def _load(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer

        def load(local: bool) -> SentenceTransformer:
            return SentenceTransformer(
                self._source, trust_remote_code=False, local_files_only=local
            )

        try:
            return from_folder_or_hub(load, self._source, self._source)
        except Exception as error:  # every library behind a model fails in its own way
            reason = str(error).strip().splitlines()[:1]
            raise ModelError(
                f"embedding model {self.name} cannot be loaded ({' '.join(reason)[:200]}); "
                "set JIANBAO_EMBEDDING_MODEL to a sentence-transformers model, or unset it"
            ) from error


def _without_zeros(rows: Vectors, role: Role) -> Vectors:
    """Rows in which a text that has nothing the model knows, ☆☆☆ or ——, stands in one direction
    that means nothing: alternately up and down. A query stands in the opposite one, so that symbols
    are not what it finds first.
    """
    empty = np.flatnonzero(~rows.any(axis=1))
    if len(empty):
        dimension = rows.shape[1]
        nowhere = np.where(np.arange(dimension) % 2, -1, 1) / np.sqrt(dimension)
        rows[empty] = nowhere if role == "document" else -nowhere
    return rows


def _windows(model: "SentenceTransformer", text: str, role: Role) -> list[str]:
    """A text in pieces that the model reads whole: it would drop what goes beyond its limit. Cut
    between tokens of its own tokenizer, with room for the prompt and the marks around a text.

    A text's vector is the mean of its pieces', so nothing of it is lost.
    """
    limit = model.max_seq_length
    cut = getattr(model.tokenizer, "is_fast", False)  # others do not tell where a token stands
    if not limit or not cut or len(text) * LONGEST_TOKENS <= limit:
        return [text]
    marks = model.tokenizer.num_special_tokens_to_add()
    prompt = model.prompts.get(role) or ""
    room = max(1, int(limit) - marks - len(model.tokenizer(prompt)["input_ids"]))
    places = model.tokenizer(
        text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
    )["offset_mapping"]
    if len(places) <= room:
        return [text]
    edges = [places[i][0] for i in range(room, len(places), room)]
    return [text[a:b] for a, b in pairwise([0, *edges, len(text)]) if text[a:b].strip()]


def _is_path(model: str) -> bool:
    """Whether a model setting is meant as a path: hub names have at most one slash, inside."""
    return model.startswith((".", "~", os.sep)) or model.count("/") > 1 or Path(model).is_dir()
