"""Openly licensed question sets, as exercises.

Each is a file of lines `{"title", "context", "qas": [{"id", "q", "a": [[start, text], …],
"impossible"}]}`, offsets in characters of the context. None shares a passage with a set that
anything is tested on.
"""

import json
import lzma
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.bulletin import Span
from rag.reading.unit_passages import CONTEXT
from rag.training.reading.samples import Role, Sample, TaughtQuestion, robbed, samples_of

TITLED = 0.5  # share of the passages that are read under their title
BEFORE = 160  # characters of a conversation


@dataclass(frozen=True, slots=True)
class TeachingSet:
    """A file, how often its questions are drawn beside those of others, and how many of them are
    used at all.
    """

    file: str
    weight: float
    share: float = 1.0


SETS = (
    TeachingSet("cmrc2018_train.jsonl.xz", 2.5),
    TeachingSet("drcd_dev_zhs.jsonl.xz", 0.7),
    TeachingSet("drcd_test_zhs.jsonl.xz", 0.7),
    TeachingSet("drcd_train_part_zhs.jsonl.xz", 0.4),
    TeachingSet("dureader_checklist_train.jsonl.xz", 1.5),
    TeachingSet("dureader_checklist_dev.jsonl.xz", 0.5),
    TeachingSet("dureader_robust_dev.jsonl.xz", 0.5),
    TeachingSet("crudrag_news_qa.jsonl.xz", 1.0),
    TeachingSet("gov_service_items_templated.jsonl.xz", 0.3, share=0.15),  # of few forms
    TeachingSet("squad2_dev_half_en.jsonl.xz", 2.0),
    TeachingSet("squadshifts_new_wiki_en.jsonl.xz", 0.7),
    TeachingSet("doc2dial_rc_val_en.jsonl.xz", 0.5),
)


def public_exercises(folder: Path, one: TeachingSet, chance: random.Random) -> list[TaughtQuestion]:
    """The exercises of a set; where it answers, its passage without the answer is one to refuse.

    :raises OSError: the file is missing.
    """
    found = []
    with lzma.open(folder / one.file, "rt", encoding="utf-8") as file:
        for line in map(json.loads, file):
            for asked in line["qas"]:
                if chance.random() < one.share:
                    samples = tuple(_samples(line, asked, chance))
                    answerable = not asked["impossible"]
                    if answerable == any(sample.right for sample in samples):
                        found.append(TaughtQuestion(asked["id"], "", one.file, answerable, samples))
    return found


def _samples(
    line: dict[str, Any], asked: dict[str, Any], chance: random.Random
) -> Iterator[Sample]:
    quotes = tuple(Span(start, start + len(words)) for start, words in asked["a"])
    title = "" if "://" in line["title"] else line["title"][:CONTEXT]
    shown = list(
        samples_of(
            line["context"], asked["q"], quotes, quotes[:1],
            Role.TEMPTS if asked["impossible"] else Role.BESIDE,
            before=_before(asked.get("history")),
            context=title if chance.random() < TITLED else "",
        )
    )  # fmt: skip
    yield from shown
    answering = [sample for sample in shown if sample.right]
    if answering and (left := robbed(chance.choice(answering))):
        yield left


def _before(history: Any) -> str:
    """The last turn of a conversation: a text, or question and answer."""
    if not history:
        return ""
    last = history[-1]
    if isinstance(last, dict):
        last = last.get("content") or last.get("text") or ""
    return (" ".join(map(str, last)) if isinstance(last, list) else str(last))[:BEFORE]
