"""Windows that are cut while training keep what answers in its place."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.bulletin import Span
from rag.training.reading.samples import Role, Sample, cropped

SENTENCES = ("全市有公厕12座。", "养老床位5000张，", "由民政局管理。", "明年再建三处。")


def sample(right: tuple[int, ...] = (1,)) -> Sample:
    """A window of four sentences, of which some answer."""
    text, spans = "", []
    for sentence in SENTENCES:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence
    answer = Span(text.index("5000张"), text.index("5000张") + 5) if 1 in right else None
    role = Role.ANSWERS if right else Role.BESIDE
    return Sample("有多少张养老床位", "", "", text, tuple(spans), right, answer, role)


def test_the_sentence_that_answers_keeps_its_words_and_the_answer_its_place() -> None:
    """Of sentences 1 to 2 the first one answers now, and 5000张 is found where it is said to be."""
    cut = cropped(sample(), 1, 2)
    assert cut.text == SENTENCES[1] + SENTENCES[2]
    assert cut.right == (0,)
    assert cut.answer is not None
    assert cut.text[cut.answer.start : cut.answer.end] == "5000张"
    assert cut.role is Role.ANSWERS


def test_of_several_answers_those_inside_stay() -> None:
    """12座 and 5000张 are added up; in a window without the first sentence the second is left."""
    both = replace(sample((0, 1)), others=(Span(5, 8),))
    assert [both.text[one.start : one.end] for one in both.answers] == ["5000张", "12座"]
    cut = cropped(both, 1, 3)
    assert [cut.text[one.start : one.end] for one in cut.answers] == ["5000张"]


def test_without_what_answers_a_window_is_one_to_refuse() -> None:
    """The sentences behind the right one hold no answer, and say so; what never answered stays what
    it was.
    """
    cut = cropped(sample(), 2, 3)
    assert (cut.right, cut.answer, cut.role) == ((), None, Role.ROBBED)
    assert cropped(sample(right=()), 2, 3).role is Role.BESIDE


@given(st.randoms(use_true_random=False))
def test_spans_are_those_of_the_sentences(chance: random.Random) -> None:
    """Wherever a window is cut, each span holds the sentence it held before."""
    first = chance.randrange(len(SENTENCES))
    last = chance.randrange(first, len(SENTENCES))
    cut = cropped(sample(), first, last)
    told = [cut.text[span.start : span.end] for span in cut.sentences]
    assert told == list(SENTENCES[first : last + 1])
