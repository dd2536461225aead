"""Question sets in the format of SQuAD: passages, questions, and where their answers stand."""

import json
import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.bulletin import Span
from index.library import Library


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a set: the bulletin made of its passage, and the right answers."""

    question: str
    bulletin: str
    answers: tuple[str, ...]


def read_squad(path: Path) -> tuple[list[str], list[Asked]]:
    """Passages and questions of an xz-packed set; passage i becomes bulletin pi. Questions without
    a text are left out.
    """
    passages: list[str] = []
    asked: list[Asked] = []
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for article in json.load(file)["data"]:
            for paragraph in article["paragraphs"]:
                name = f"p{len(passages)}"
                passages.append(" ".join(paragraph["context"].split("\n")))
                asked += [
                    Asked(qa["question"], name, tuple({a["text"] for a in qa["answers"]}))
                    for qa in paragraph["qas"]
                    if qa["question"].strip()
                ]
    return passages, asked


def fill(library: Library, passages: Sequence[str]) -> None:
    """Make a library hold the passages, a bulletin of one paragraph each."""
    with TemporaryDirectory(prefix="jianbao-passages-") as folder:
        for number, passage in enumerate(passages):
            (Path(folder) / f"p{number}.txt").write_text(passage, "utf-8")
        library.sync(Path(folder))


def answering(text: str, spans: Sequence[Span], answers: Sequence[str]) -> list[bool]:
    """Which sentences hold an answer; where none holds a whole one, those that hold a part.

    >>> answering("甲在乙。丙在丁。", [Span(0, 4), Span(4, 8)], ["丁"])
    [False, True]
    """
    whole, part = [False] * len(spans), [False] * len(spans)
    for answer in filter(None, answers):
        at = text.find(answer)
        while at >= 0:
            for i, span in enumerate(spans):
                whole[i] |= span.start <= at and at + len(answer) <= span.end
                part[i] |= span.start < at + len(answer) and at < span.end
            at = text.find(answer, at + 1)
    return whole if any(whole) else part
