"""Save a table as a sentence-transformers model of eight-bit rows, replacing the old one at once.

``StaticEmbedding`` reads, besides its own layout, one with ``embeddings`` and a ``weights`` factor
for each row and multiplies the two in float32. Eight-bit rows with their scale as that factor
therefore load as an ordinary float32 model at a quarter of the size.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import torch
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer
from torch import Tensor

# Largest magnitude of a signed eight-bit number used on both sides of zero.
INT8_LIMIT = 127
# The weights are written readable by their owner alone; a model in a package is for everyone.
READABLE = 0o644
WEIGHTS_FILE = "model.safetensors"


def quantise(table: Tensor) -> tuple[Tensor, Tensor]:
    """Round each row to eight bits.

    :param table: float32, V x D.
    :returns: int8 rows, V x D, and their float32 scales, V; the product gives the table back.
    """
    scales = table.abs().amax(dim=1).clamp_min(torch.finfo(torch.float32).tiny) / INT8_LIMIT
    rows = (table / scales[:, None]).round().clamp(-INT8_LIMIT, INT8_LIMIT)
    return rows.to(torch.int8), scales.float()


def save_model(table: Tensor, tokenizer: Tokenizer, card: str, target: Path) -> None:
    """Write the model directory beside ``target`` and put it in its place.

    :param table: float32, V x D, V the tokenizer's size.
    :param card: Markdown text of the model card.
    :param target: directory to create or replace.
    :raises OSError: the directory cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".model-") as scratch:
        fresh, old = Path(scratch) / "fresh", Path(scratch) / "old"
        module = StaticEmbedding(tokenizer, embedding_weights=table)
        model = SentenceTransformer(modules=[module, Normalize()], device="cpu")
        model.save(str(fresh), create_model_card=False)
        weights = next(fresh.rglob(WEIGHTS_FILE))
        rows, scales = quantise(table)
        save_file({"embeddings": rows, "weights": scales}, weights)
        weights.chmod(READABLE)
        # One line instead of four for each entry of the vocabulary.
        tokenizer.save(str(weights.with_name("tokenizer.json")), pretty=False)
        (fresh / "README.md").write_text(card, encoding="utf-8")
        if target.exists():
            target.rename(old)
        fresh.rename(target)
        shutil.rmtree(old, ignore_errors=True)
