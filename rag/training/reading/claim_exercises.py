"""Claims beside their sources, as exercises: what a source supports, and what only looks as if.

Three kinds: claims written for this project (a file of lines `{"doc", "source", "claim",
"supported", "kind"}`, and our own, whose sources are named by their place in a document), pairs of
openly licensed inference sets (a line `text, claim, label`), and sentences of documents changed by
`perturbed`.
"""

import json
import lzma
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.reading.windows import pieces_of, windows
from rag.training.reading.perturbed import Perturber, Statement
from rag.training.reading.samples import Role, Sample, TaughtQuestion

WRITTEN = Path("claims") / "train.jsonl"
ASIDE = 5  # of so many documents of written claims one is kept aside to measure by
FROM_DOCUMENTS = 12_000  # claims made of sentences of documents


@dataclass(frozen=True, slots=True)
class InferenceSet:
    """A file below `train/paraphrase`, the label of a pair whose text supports its claim, and how
    many of its pairs are used.
    """

    file: str
    supports: str
    share: float


SETS = (
    InferenceSet("cmnli_dev.tsv.xz", "entailment", 0.4),
    InferenceSet("snli_zh_devtest.tsv.xz", "entailment", 0.2),
    InferenceSet("pawsx_zh_devtest.tsv.xz", "1", 1.0),
)
UNLABELLED = "-1"


def written_claims(data: Path, *, aside: bool) -> list[TaughtQuestion]:
    """The written claims that teach, or those that are kept `aside`: a fifth, by document.

    :raises OSError: the file is missing.
    """
    with (data / WRITTEN).open(encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    documents = sorted({one["doc"] for one in records})
    kept = set(documents[::ASIDE])
    return [
        made
        for n, one in enumerate(records)
        if (one["doc"] in kept) is aside
        and (made := exercise(f"claim-{n}", one["kind"], one["source"], one["claim"],
                              supported=one["supported"]))
    ]  # fmt: skip


def own_claims(
    documents: Mapping[str, Sequence[str]], records: Iterable[Mapping[str, Any]]
) -> list[TaughtQuestion]:
    """Our own written claims on documents, each given by name as its paragraphs; a record names its
    source by the number of a paragraph and the characters from `start` to `end`. Those on other
    documents are left out.
    """
    return [
        made
        for n, one in enumerate(records)
        if one["doc"] in documents
        and (source := documents[one["doc"]][one["paragraph"]][one["start"] : one["end"]])
        and (made := exercise(f"own-claim-{n}", one["kind"], source, one["claim"],
                              supported=one["supported"]))
    ]  # fmt: skip


def inference_claims(data: Path, chance: random.Random) -> list[TaughtQuestion]:
    """Pairs of the inference sets; of a text that does not follow nobody says that it is belied,
    only that it is not supported, which is what is asked here.

    :raises OSError: a file is missing.
    """
    return [
        made
        for one in SETS
        for n, (text, claim, label) in enumerate(_rows(data / "train" / "paraphrase" / one.file))
        if label != UNLABELLED and chance.random() < one.share
        and (made := exercise(f"{one.file}-{n}", "", text, claim,
                              supported=label == one.supports))
    ]  # fmt: skip


def document_claims(
    documents: Sequence[Sequence[str]], chance: random.Random, most: int = FROM_DOCUMENTS
) -> list[TaughtQuestion]:
    """Claims made of the sentences of documents, each given as its paragraphs; what changes one of
    them is its twin.
    """
    perturber = Perturber(documents, chance)
    found = []
    for number in range(most // 2):
        if pair := perturber.pair():
            found += [
                made
                for name, one in zip(("true", "false"), pair, strict=True)
                if (made := _of(f"made-{number}-{name}", f"made-{number}", one))
            ]
    return found


def exercise(
    name: str, kind: str, source: str, claim: str, *, supported: bool, twin: str | None = None
) -> TaughtQuestion | None:
    """A claim as an exercise; None where source or claim is empty or the source too long."""
    cut = windows(source, pieces_of(source))
    if len(cut) != 1 or not claim.strip():
        return None
    role = Role.BEARS_OUT if supported else Role.BELIES
    sample = Sample(claim, "", "", source, tuple(cut[0]), (), None, role)
    return TaughtQuestion(name, kind, "", supported, (sample,), twin)


def _of(name: str, twin: str, one: Statement) -> TaughtQuestion | None:
    return exercise(name, one.kind, one.source, one.claim, supported=one.supported, twin=twin)


def _rows(path: Path) -> Iterator[tuple[str, str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            parts = line.rstrip("\n").split("\t")
            if len(parts) == 3:
                yield parts[0], parts[1], parts[2]
