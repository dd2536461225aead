"""`python -m eval.retrieval` measures where the search and the reader find what answers."""

from pathlib import Path

from doubles import WordEncoder, WordReader

from corpus.bulletin import Span
from corpus.questions.truth import Question
from eval.retrieval import answering, paragraph_ranks, question_scores, sentence_scores
from index.temporary import temporary_library

ASKED = Question("1", "开封建成多少个老年食堂", bulletins=("kaifeng",),
                 evidence=("全市建成老年食堂52个",), must=(("52个",),))  # fmt: skip


def test_sentences_that_hold_an_answer_are_right() -> None:
    """A whole answer counts before a part of one."""
    text, spans = "始建于1949年。后改称公园。占地三亩。", [Span(0, 9), Span(9, 15), Span(15, 20)]
    assert answering(text, spans, ["1949年"]) == [True, False, False]
    assert answering(text, spans, ["公园。占地"]) == [False, True, True]
    assert answering(text, spans, ["没有"]) == [False, False, False]


def test_ranks_and_shares_are_those_of_what_was_found_and_read(folder: Path) -> None:
    """A question whose paragraph and sentence come first has rank 0 and full shares; one that asks
    for what stands nowhere has none.
    """
    lost = Question("2", "开封建成多少个老年食堂", bulletins=("elsewhere",),
                    evidence=("没有",), must=(("没有",),))  # fmt: skip
    with temporary_library(folder, WordEncoder()) as library:
        ranks = paragraph_ranks(library, WordReader(), [ASKED])
        assert set(ranks) == {"words", "meaning", "fused", "read"}
        assert ranks["read"] == [0]
        shares = sentence_scores(library, WordReader(), [ASKED, lost])
        assert shares == {"sentence": 0.5, "sentence R@1": 0.5, "sentence R@5": 0.5}
        scores = question_scores(library, WordReader(), [ASKED])
    assert scores["overall"]["hit@1"] == scores["overall"]["recall@10"] == 1.0
