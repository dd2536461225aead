"""The pretrained encoder with the vocabulary that the product keeps."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from index.training.encoder_layers import from_pretrained
from index.training.pretrained import Pretrained, find_weights, read_pretrained
from index.training.subwords import counted, kept_ids, tokenizer_of
from index.training.text_sources import read_lines
from rag.reading.encoding import Encoding
from rag.training.reading.public import SETS
from rag.training.reading.reading_model import ReadingNet

KEPT_FILE = "kept.json"  # ids of the vocabulary's pieces that stay
# Texts by which the vocabulary is cut, below the folder of data, and how many of their lines.
COUNTED = {
    "train/official/news.txt.xz": 0.12,
    "train/official/laws_articles.jsonl.xz": 0.5,
    "train/official/hebei_gov_policies.jsonl.xz": 0.5,
    "train/parallel/tatoeba_en_zh.tsv.xz": 1.0,
    "train/titlebody/csldcp_discipline_abstract.tsv.xz": 1.0,
    **{f"reading/public/{one.file}": 1.0 for one in SETS},
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokenizer of the pieces that stay, their old ids, and the encoder they belong to."""

    tokenizer: Tokenizer
    kept: tuple[int, ...]
    pretrained: Pretrained

    def fresh_net(self) -> ReadingNet:
        """A reader that has learned nothing yet but what the encoder knows."""
        padding = Encoding(self.tokenizer).padding
        return ReadingNet(from_pretrained(self.pretrained, self.kept), padding)


def cut_vocabulary(data: Path, work: Path) -> Vocabulary:
    """The vocabulary that texts of the data use; counted once, then kept in `work`.

    :raises CallError: the package that carries the encoder is not installed.
    """
    pretrained = read_pretrained(find_weights())
    place = work / KEPT_FILE
    if not place.is_file():
        whole = tokenizer_of(pretrained.pieces, pretrained.scores)
        counts = counted(whole, _texts(data))
        place.write_text(json.dumps(kept_ids(pretrained.pieces, counts)), "utf-8")
    kept: list[int] = json.loads(place.read_text("utf-8"))
    pieces = [pretrained.pieces[number] for number in kept]
    scores = [pretrained.scores[number] for number in kept]
    return Vocabulary(tokenizer_of(pieces, scores), tuple(kept), pretrained)


def _texts(data: Path) -> Iterator[str]:
    chance = random.Random(0)  # nosec B311 # a sample that can be repeated
    for file, share in COUNTED.items():
        for _, line in read_lines(data / file):
            if chance.random() < share:
                yield line
