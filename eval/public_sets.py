"""Public question sets in SQuAD's format (CMRC 2018, XQuAD) as bulletins and questions.

Every passage becomes a bulletin of one paragraph, every question one whose evidence is the sentence
that holds its answer and whose answer must hold one of the set's own.
"""

import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import CallError
from eval.dataset import Question

SETS = ("cmrc2018", "xquad", "xquad-en-zh")
MIN_EVIDENCE = 8  # letters; a shorter sentence would be found in passages by chance
_SENTENCE_END = re.compile(r"(?<=[。！？!?；;])")


@dataclass(frozen=True, slots=True)
class PublicSet:
    """Passages by bulletin id, and the questions about them."""

    passages: dict[str, str]
    questions: tuple[Question, ...]


def read_public(name: str, path: Path) -> PublicSet:
    """A public set from its file, plain or .xz.

    For xquad-en-zh `path` is the English file; the Chinese one lies beside it with .zh. for .en. in
    its name. Its English questions are asked of the Chinese passages.

    :raises CallError: an unknown name, or no file of that format.
    """
    if name not in SETS:
        raise CallError(f"--public {name!r}: no such set; name one of {', '.join(SETS)}")
    if name != "xquad-en-zh":
        return _as_set(name, _records(path), None)
    chinese = path.with_name(path.name.replace(".en.", ".zh."))
    if chinese == path:
        raise CallError(f"{path}: name the English file, xquad.en.json, with xquad.zh.json beside")
    asked = {record.id: record.question for record in _records(path)}
    return _as_set(name, _records(chinese), asked)


def write_passages(passages: dict[str, str], folder: Path) -> None:
    """Each passage as a bulletin file of one line."""
    for name, text in passages.items():
        (folder / f"{name}.txt").write_text(text + "\n", "utf-8")


@dataclass(frozen=True, slots=True)
class _Record:
    id: str
    question: str
    passage: str
    start: int
    answers: tuple[str, ...]


def _as_set(name: str, records: Iterator[_Record], asked: dict[str, str] | None) -> PublicSet:
    """The set, with the questions of `asked` in the place of its own where it is given."""
    ids: dict[str, str] = {}
    questions = []
    for record in records:
        bulletin = ids.setdefault(record.passage, f"{name}-{len(ids) + 1:04d}")
        questions.append(
            Question(
                id=record.id,
                question=asked[record.id] if asked else record.question,
                type=name,
                lang="en" if asked else "zh",
                bulletins=(bulletin,),
                evidence=(evidence_of(record.passage, record.start, record.answers[0]),),
                must=(record.answers,),
            )
        )
    return PublicSet({bulletin: text for text, bulletin in ids.items()}, tuple(questions))


def evidence_of(passage: str, start: int, answer: str) -> str:
    """The sentence or sentences that hold passage[start : start + len(answer)], with neighbours as
    long as they are too short to be told from others.
    """
    ends = [0, *(match.start() for match in _SENTENCE_END.finditer(passage)), len(passage)]
    first = max(end for end in ends if end <= start)
    last = min(end for end in ends if end >= min(start + len(answer), len(passage)))
    while len(re.sub(r"[\W_]+", "", passage[first:last])) < MIN_EVIDENCE and (
        first > 0 or last < len(passage)
    ):
        first = max((end for end in ends if end < first), default=0)
        last = min((end for end in ends if end > last), default=len(passage))
    return passage[first:last].strip()


def _records(path: Path) -> Iterator[_Record]:
    try:
        data = path.read_bytes()
        articles = json.loads(lzma.decompress(data) if path.suffix == ".xz" else data)["data"]
        records = [record for article in articles for record in _of_article(article)]
    except (OSError, ValueError, KeyError, TypeError, EOFError, lzma.LZMAError) as error:
        raise CallError(f"{path}: no question set in SQuAD's format ({error})") from error
    yield from records


def _of_article(article: dict[str, Any]) -> Iterator[_Record]:
    for paragraph in article["paragraphs"]:
        # a bulletin file is read line by line; a passage is one line, character for character
        passage = re.sub(r"\s", " ", paragraph["context"])
        for question in paragraph["qas"]:
            answers = tuple(dict.fromkeys(a["text"].strip() for a in question["answers"]))
            start = int(question["answers"][0].get("answer_start", -1))
            if start < 0 or not passage.startswith(answers[0], start):
                start = max(passage.find(answers[0]), 0)  # some files count otherwise
            asked = question["question"].strip()
            yield _Record(str(question["id"]), asked, passage, start, answers)
