"""An ablation shows what each stage of the search is worth."""

from pathlib import Path

from doubles import WordEncoder, WordReader, word_chain

from corpus.questions.truth import Question
from eval.ablation import STEPS, ablate, ablation_markdown
from eval.run import ask_all
from eval.scoring import Case, score_all
from index.library import Library
from index.temporary import temporary_library
from rag.query.question import understand
from rag.retrieval.search import search
from rag.retrieval.stages import Stages

QUESTIONS = [
    Question("1", "开封建成多少个老年食堂", bulletins=("kaifeng",),
             evidence=("建成老年食堂52个",), must=(("52",),)),
    Question("2", "新乡培训了多少护理员", bulletins=("xinxiang",),
             evidence=("培训护理员640人次",), must=(("640",),)),
]  # fmt: skip


def test_a_stage_that_is_off_does_nothing(folder: Path) -> None:
    """Without words no hit has a share of words; without meaning none of meaning; without both
    there is no hit.
    """
    with temporary_library(folder, WordEncoder()) as library:
        query = understand("开封建成多少个老年食堂")
        for stages, some, none in (
            (Stages(words=False), "meaning", "words"),
            (Stages(meaning=False), "words", "meaning"),
        ):
            hits = search(library, query, 5, stages=stages, reader=WordReader())
            assert any(getattr(hit, some) for hit in hits)
            assert not any(getattr(hit, none) for hit in hits)
        neither = Stages(words=False, meaning=False)
        assert search(library, query, 5, stages=neither, reader=WordReader()) == []


def test_each_step_is_a_row_with_its_values(folder: Path) -> None:
    """All steps run over the same questions; the table in Markdown has a line for each."""
    with temporary_library(folder, WordEncoder()) as library:
        rows = ablate(lambda stages: cases(library, stages))
    assert [row.name for row in rows] == list(STEPS)
    assert rows[-1].overall["answer"].value == 1
    assert rows[0].p is None
    table = ablation_markdown(rows).splitlines()
    assert len(table) == 2 + len(STEPS)
    assert table[-1].startswith("| + official wording | ")


def cases(library: Library, stages: Stages) -> list[Case]:
    """The questions asked with these stages."""
    predictions = ask_all(word_chain(library, stages=stages), QUESTIONS)
    units = {f"{entry.id}#{n}": unit.text for entry in library.entries()
             for n, unit in enumerate(library.bulletin(entry.id).units)}  # fmt: skip
    return score_all(QUESTIONS, predictions, units)
