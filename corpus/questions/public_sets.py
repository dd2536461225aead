"""Public question sets in SQuAD's format (CMRC 2018, XQuAD) as bulletins and questions.

Every passage becomes a bulletin of one paragraph, every question one whose evidence is the sentence
that holds its answer and whose answer must hold one of the set's own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CallError
from corpus.questions.squad import SquadQuestion, read_squad
from corpus.questions.truth import Question

# Each set, with the name of the file that it is scored on.
SETS = {
    "cmrc2018": "cmrc2018_dev.json.xz",
    "xquad": "xquad.zh.json.xz",
    "xquad-en-zh": "xquad.en.json.xz",
}
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
        return _as_set(name, read_squad(path), None)
    chinese = path.with_name(path.name.replace(".en.", ".zh."))
    if chinese == path:
        raise CallError(f"{path}: name the English file, xquad.en.json, with xquad.zh.json beside")
    asked = {record.id: record.question for record in read_squad(path)}
    return _as_set(name, read_squad(chinese), asked)


def _as_set(name: str, records: Sequence[SquadQuestion], asked: dict[str, str] | None) -> PublicSet:
    """The set, with the questions of `asked` in the place of its own where it is given."""
    ids: dict[str, str] = {}
    questions = []
    for record in records:
        # a bulletin file is read line by line; a passage is one line, character for character
        passage = re.sub(r"\s", " ", record.passage)
        bulletin = ids.setdefault(passage, f"{name}-{len(ids) + 1:04d}")
        question = (asked[record.id] if asked else record.question).strip()
        if not question:
            continue  # two of CMRC 2018 trial are blank
        answers = tuple(dict.fromkeys(answer.strip() for answer in record.answers))
        start = record.start
        if start < 0 or not passage.startswith(answers[0], start):
            start = max(passage.find(answers[0]), 0)  # some files count otherwise
        questions.append(
            Question(
                id=record.id,
                question=question,
                type=name,
                lang="en" if asked else "zh",
                bulletins=(bulletin,),
                evidence=(evidence_of(passage, start, answers[0]),),
                must=(answers,),
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
