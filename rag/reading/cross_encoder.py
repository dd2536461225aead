"""Another model that reads, by a setting: any cross-encoder of sentence-transformers."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import ModelError
from index.vectors.hub_model import from_folder_or_hub
from index.vectors.loaded_once import LoadedOnce
from rag.query.question import Query
from rag.reading.memory import Memory
from rag.reading.reader import Passage, ReadPassage, ReadSentence
from rag.reading.windows import pieces_of

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

PUBLISHER = "cross-encoder"  # whose a hub name without one is, for sentence-transformers
MOST_SENTENCES = 200  # of a passage that are scored; a longer one is a file without paragraphs


class CrossEncoderReader:
    """Scores question and passage, and question and sentence, with a cross-encoder of one label;
    loaded at the first question. Only safetensors weights are read and no code of a model is run.
    """

    def __init__(self, model: str) -> None:
        """`model` is a folder or a hub name."""
        self._source = str(Path(model).expanduser())
        self._model = LoadedOnce(self._load)
        self._memory = Memory()

    def read(self, query: Query, passages: Sequence[Passage]) -> tuple[ReadPassage, ...]:
        """See Reader.read."""
        return self._memory.of(query, passages, lambda unread: self._read(query, unread))

    def _read(self, query: Query, passages: Sequence[Passage]) -> list[ReadPassage]:
        pieces = [pieces_of(passage.text)[:MOST_SENTENCES] for passage in passages]
        texts = [f"{one.context} {one.text}".strip() for one in passages]
        for passage, own in zip(passages, pieces, strict=True):
            texts += [passage.text[piece.start : piece.end] for piece in own]
        scores = self._scores([(query.understood, text) for text in texts])
        found = []
        at = len(passages)
        for own, answers in zip(pieces, scores[: len(passages)], strict=True):
            logits = np.array(scores[at : at + len(own)], dtype=np.float64)
            at += len(own)
            weights = np.exp(logits - logits.max()) if own else logits
            shares = weights / weights.sum() if own else weights
            sentences = tuple(map(ReadSentence, own, shares.tolist()))
            found.append(ReadPassage(sentences, float(answers)))
        return found

    def _scores(self, pairs: list[tuple[str, str]]) -> list[float]:
        """The model's logit of each pair.

        :raises ModelError: the model cannot be loaded, or gives more than one score.
        """
        from torch.nn import Identity

        scores = np.asarray(
            self._model.get().predict(pairs, activation_fn=Identity(), show_progress_bar=False)
        )
        if scores.ndim != 1:
            raise ModelError(
                f"reader {self._source} gives {scores.shape[1]} scores for a text, a reader needs "
                "one; set JIANBAO_READER to a cross-encoder with one label, or unset it"
            )
        return [float(score) for score in scores]

    def _load(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder

        def load(local: bool) -> CrossEncoder:
            made: CrossEncoder = CrossEncoder(
                self._source, trust_remote_code=False, local_files_only=local,
                model_kwargs={"use_safetensors": True},
            )  # fmt: skip
            return made

        name = self._source if "/" in self._source else f"{PUBLISHER}/{self._source}"
        try:
            return from_folder_or_hub(load, self._source, name)
        except Exception as error:  # every library behind a model fails in its own way
            reason = " ".join(str(error).strip().splitlines()[:1])[:200]
            raise ModelError(
                f"reader {self._source} cannot be loaded ({reason}); set JIANBAO_READER to a "
                "cross-encoder of sentence-transformers, or unset it"
            ) from error
