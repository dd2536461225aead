"""The encoder of a setting, built in one place."""

from pathlib import Path

from index.vectors.encoder import TABLE, Encoder, SentenceTransformerEncoder
from index.vectors.transformer_encoder import GRAPH, TransformerEncoder


def encoder_of(model: str | None) -> Encoder:
    """The embedded transformer, or what is set: the embedded table, a folder in the product's own
    form, or any model of sentence-transformers. Nothing is loaded before the first text.

    :raises ModelError: it is written as a path, and there is no such folder.
    """
    if model is None:
        return TransformerEncoder()
    if model == TABLE:
        return SentenceTransformerEncoder()
    folder = Path(model).expanduser()
    if (folder / GRAPH).is_file():
        return TransformerEncoder(folder)
    return SentenceTransformerEncoder(model)
