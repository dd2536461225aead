"""`python -m eval.forms [--data DIR]`: is what was asked answered in the form it was asked for?

Verdicts, sums, several questions in one, summaries, small talk: 200 questions in forms.jsonl, half
of them kept aside. Those on documents that are not shipped are asked where DIR, a folder of
reading/written, is named.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from corpus.questions.truth import Turn
from corpus.text.quotes import holds, stands_in
from eval.unseen import write_set
from index.library import Library
from index.temporary import temporary_library
from index.vectors.encoders import encoder_of
from rag.answering.answer import Answer
from rag.chain import Request, answer_chain
from rag.reading.readers import reader_of
from rag.settings import read_settings, shipped_bulletins

QUESTIONS = Path(__file__).with_name("forms.jsonl")
SHIPPED, WRITTEN = "shipped", "written"
SMALL_TALK = "small_talk"


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """A question with what its answer must be: it `begins` with one of these, if any, holds an
    alternative of each group of `must` and nothing of `must_not`, has `most` characters at most,
    and cites a paragraph for one of the quotes of `evidence`, if any. `aside` are those that
    nothing was built by.
    """

    id: str
    kind: str
    library: str
    question: str
    history: tuple[Turn, ...]
    answerable: bool
    evidence: tuple[str, ...]
    begins: tuple[str, ...]
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    most: int | None
    aside: bool


def main() -> int:
    """Ask and print; the process's exit status."""
    parser = argparse.ArgumentParser(prog="python -m eval.forms", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of reading/written")
    parser.add_argument("--told", action="store_true", help="print what is wrong, but not aside")
    options = parser.parse_args()
    questions = read_questions(QUESTIONS)
    wrong: dict[str, str] = {}
    right: dict[str, bool] = {}
    for question, answer in _asked(questions, options.data):
        fault = fault_of(question, answer)
        right[question.id] = not fault
        if fault and not question.aside:
            wrong[question.id] = f"{fault}\n  {question.question}\n  {answer.text}"
    console = Console()
    console.print(_table([one for one in questions if one.id in right], right))
    if options.told:
        for number, told in wrong.items():
            console.print(f"{number}: {told}", markup=False)
    return 0


def read_questions(path: Path) -> tuple[FormQuestion, ...]:
    """The questions of a file, a JSON object a line."""
    return tuple(map(_question, path.read_text("utf-8").splitlines()))


def fault_of(question: FormQuestion, answer: Answer) -> str:
    """What is wrong with an answer, "" if nothing is."""
    if not question.answerable or answer.refused:
        return "" if answer.refused and not question.answerable else "refused or not"
    if question.kind == SMALL_TALK and answer.citations:
        return "small talk is quoted to"
    if question.begins and not answer.text.startswith(question.begins):
        return f"does not begin with {' or '.join(question.begins)}"
    for group in question.must:
        if not any(holds(answer.text, one) for one in group):
            return f"lacks {' or '.join(group)}"
    for one in question.must_not:
        if holds(answer.text, one):
            return f"says {one}"
    if question.most is not None and len(answer.text) > question.most:
        return f"has {len(answer.text)} characters, not {question.most}"
    cited = [citation.text for citation in answer.citations]
    if question.evidence and not any(stands_in(quote, cited) for quote in question.evidence):
        return "cites none of the paragraphs that say it"
    return ""


def _asked(
    questions: Sequence[FormQuestion], data: Path | None
) -> Iterator[tuple[FormQuestion, Answer]]:
    settings = read_settings()
    reader = reader_of(settings)
    with ExitStack() as stack:
        folders = {SHIPPED: shipped_bulletins()}
        if data is not None:
            scratch = Path(stack.enter_context(TemporaryDirectory(prefix="jianbao-forms-")))
            folders[WRITTEN], _ = write_set(data, scratch)
        for name, folder in folders.items():
            encoder = encoder_of(settings.embedding_model)
            library: Library = stack.enter_context(temporary_library(folder, encoder))
            chain = answer_chain(library, reader=reader)
            for one in questions:
                if one.library == name:
                    yield one, chain.invoke(Request(one.question, one.history))


def _table(questions: Sequence[FormQuestion], right: dict[str, bool]) -> Table:
    table = Table("kind", "questions", "right", "aside", "right aside")
    kinds: dict[str, list[FormQuestion]] = defaultdict(list)
    for one in questions:
        kinds[one.kind].append(one)
    for kind, own in [*sorted(kinds.items()), ("all", list(questions))]:
        seen = [right[one.id] for one in own if not one.aside]
        aside = [right[one.id] for one in own if one.aside]
        table.add_row(kind, str(len(seen)), _share(seen), str(len(aside)), _share(aside))
    return table


def _share(values: Sequence[bool]) -> str:
    return f"{mean(values):.3f}" if values else "-"


def _question(line: str) -> FormQuestion:
    one: dict[str, Any] = json.loads(line)
    return FormQuestion(
        id=one["id"],
        kind=one["kind"],
        library=one["library"],
        question=one["question"],
        history=tuple(one["history"]),
        answerable=one["answerable"],
        evidence=tuple(one["evidence"]),
        begins=tuple(one["begins"]),
        must=tuple(map(tuple, one["must"])),
        must_not=tuple(one["must_not"]),
        most=one["most"],
        aside=one["aside"],
    )


if __name__ == "__main__":
    raise SystemExit(main())
