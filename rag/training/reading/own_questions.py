"""Questions written for this project on public texts that are not shipped.

Beside this module lie the questions and, for each document, where its text stands: a file below the
folder of data and the number of its line. The text is gathered to paragraphs here, and a sum tells
whether it is the one that was read when its questions were written.
"""

import json
import lzma
import re
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.errors import CallError
from index.training.text_sources import read_lines

QUESTIONS, DOCUMENTS = "own_questions.jsonl.xz", "own_documents.jsonl.xz"
ENGLISH = "english_questions.jsonl.xz"  # some of these and of the written ones, asked in English
# In the words of everyday, which the text does not use; of these documents and of written ones.
EVERYDAY = "everyday_questions.jsonl.xz"
GISTS = "gist_questions.jsonl.xz"  # in these words too, by somebody who recalls but the outline
# In these words too, each with its twin: one point is changed, and the document does not say it.
# What is answered after a small operation over what a text lists: a sum, a rank, which of them.
OPERATIONS = "operation_questions.jsonl.xz"
TWINS = "everyday_twins.jsonl.xz"
MISSES = "near_misses.jsonl.xz"  # in these words too; the document looks as if it answered
CLAIMS = "own_claims.jsonl.xz"  # and where in these documents their sources stand
PARAGRAPH = 230  # characters that sentences are gathered to
# What stands before a news text in its line: a date, and a word that the text follows.
_HEAD = re.compile(r"(?:\d{4}-\d\d-\d\d[ \d:]*)?，?正文[：:]\s*")
_BREAK = re.compile(r"\n+|\s{3,}|　　")
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?[”’」』）》]*")


def write_own(data: Path, folder: Path) -> Path:
    """Write documents and questions, a file a kind, into a folder in the form of `written`.

    :raises CallError: a text below `data` is not the one that the questions were written on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = _texts(data)
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as file:
        for one in _shipped(DOCUMENTS):
            paragraphs = paragraphs_of(texts[one["file"], one["line"]])
            if checksum(paragraphs) != one.pop("sum"):
                raise CallError(
                    f"{data / one['file']}, line {one['line']}: another text than the one of "
                    f"{one['name']}; take the data that the model card names"
                )
            file.write(json.dumps({**one, "paragraphs": paragraphs}, ensure_ascii=False) + "\n")
    for name, shipped in (
        ("questions.jsonl", QUESTIONS), ("english.jsonl", ENGLISH), ("everyday.jsonl", EVERYDAY),
        ("gists.jsonl", GISTS), ("twins.jsonl", TWINS), ("misses.jsonl", MISSES),
        ("operations.jsonl", OPERATIONS), ("claims.jsonl", CLAIMS),
    ):  # fmt: skip
        with (folder / name).open("w", encoding="utf-8") as file:
            for one in _shipped(shipped):
                file.write(json.dumps(one, ensure_ascii=False) + "\n")
    return folder


def paragraphs_of(text: str) -> list[str]:
    """A text without its head, in paragraphs of whole sentences."""
    head = _HEAD.match(text)
    found = []
    for part in _BREAK.split(text[head.end() :] if head else text):
        gathered = ""
        for sentence in _SENTENCE.findall(re.sub(r"\s+", " ", part).strip()):
            if gathered and len(gathered) + len(sentence) > PARAGRAPH:
                found.append(gathered)
                gathered = ""
            gathered += sentence
        if gathered:
            found.append(gathered)
    return found


def checksum(paragraphs: list[str]) -> str:
    """What tells a text from another."""
    return sha256("\n".join(paragraphs).encode()).hexdigest()[:16]


def _texts(data: Path) -> dict[tuple[str, int], str]:
    """The texts that are asked about, by file and number of line."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for one in _shipped(DOCUMENTS):
        wanted[one["file"]].add(one["line"])
    found = {}
    for name, numbers in wanted.items():
        for number, line in read_lines(data / name):
            if number in numbers:
                text = json.loads(line)["body"] if name.endswith(".jsonl.xz") else line.strip()
                found[name, number] = text
    return found


def _shipped(name: str) -> Iterator[dict[str, Any]]:
    place = files("rag.training.reading").joinpath(name)
    with lzma.open(str(place), "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
