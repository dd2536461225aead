"""The reader weighs sentences by features with names, and says how sure it is."""

import json
from importlib.resources import files

import numpy as np
import pytest

from index.library import Library
from rag.query.question import Query, Turn, understand
from rag.reading.answerable import ANSWERABLE_FEATURES
from rag.reading.evidence import NOTHING, find_evidence, probabilities, readable
from rag.reading.linear_reader import READER_FEATURES, Sentences, read
from rag.reading.weights import WEIGHTS_FILE, shipped_weights
from rag.retrieval.search import search

QUESTION = "三门峡建成了多少个老年助餐场所"


def sentences_for(library: Library, query: Query) -> Sentences:
    """What the reader sees of the hits for a query."""
    return read(query, readable(query, search(library, query, 10)), library.likeness)


def column(sentences: Sentences, name: str) -> list[float]:
    """A feature of all sentences."""
    return [float(value) for value in sentences.values[:, READER_FEATURES.index(name)]]


def test_the_shipped_weights_are_small_and_readable() -> None:
    """JSON of weights by the name of the feature, and no other; what is written is what is read."""
    text = files("rag.reading").joinpath(WEIGHTS_FILE).read_text("utf-8")
    named = json.loads(text)
    assert len(text) < 20_000
    assert set(named["sentence"]) == set(READER_FEATURES)
    assert set(named["answerable"]) == set(ANSWERABLE_FEATURES)
    assert np.allclose(list(named["sentence"].values()), shipped_weights().sentence, atol=1e-4)


def test_features_have_a_row_for_every_sentence(library: Library) -> None:
    """All are finite; a quote is its hit's own text."""
    sentences = sentences_for(library, understand(QUESTION))
    assert sentences.values.shape == (len(sentences.spans), len(READER_FEATURES))
    assert np.isfinite(sentences.values).all()
    for quote, hit in zip(sentences.quotes, sentences.hits, strict=True):
        assert quote in hit.text


def test_probabilities_are_a_softmax_over_what_can_answer(library: Library) -> None:
    """They sum to 1, and a sentence without any figure has 0 where a number is asked for."""
    query = understand(QUESTION)
    sentences = sentences_for(library, query)
    shares = probabilities(query, sentences, np.zeros(len(sentences.spans), dtype=np.float32))
    assert shares.sum() == pytest.approx(1.0, abs=1e-4)
    for quote, share in zip(sentences.quotes, shares, strict=True):
        if not any(char.isdigit() or char in "一二两三四五六七八九十" for char in quote):
            assert share == 0


def test_the_best_sentence_answers_and_the_reader_is_sure(library: Library) -> None:
    """Evidence comes best first; shares are probabilities."""
    query = understand(QUESTION)
    found = find_evidence(library, query, search(library, query, 10))
    assert "老年助餐场所180个" in found.evidence[0].quote
    shares = [item.share for item in found.evidence]
    assert shares == sorted(shares, reverse=True)
    assert found.answered > 0.5
    assert find_evidence(library, query, []) == NOTHING


def test_what_was_told_already_is_known(library: Library) -> None:
    """A follow-up asks for something else than the answer before it."""
    history = [
        Turn(role="user", content="鹤壁居家社区养老促进条例有多少条"),
        Turn(role="assistant", content="《鹤壁市居家社区养老促进条例》采用简易体例，共27条。"),
    ]
    asked_before = sentences_for(library, understand("啥时候第一次审议的", history))
    fresh = sentences_for(library, understand("鹤壁的条例啥时候第一次审议的"))
    told = dict(zip(asked_before.quotes, column(asked_before, "told before"), strict=True))
    assert max(told, key=lambda quote: told[quote]).count("条例")
    assert max(column(fresh, "told before")) == 0


def test_numbers_of_the_question_are_looked_for_but_not_its_years(library: Library) -> None:
    """65岁 must stand in the paragraph, in digits or in Han numerals; 2024年 need not."""
    absent = sentences_for(library, understand("鹤壁77岁以上老年人有多少"))
    assert set(column(absent, "numbers said by unit")) == {0.0}
    year = sentences_for(library, understand("鹤壁2024年新增了多少个日间照料中心"))
    assert set(column(year, "numbers said by unit")) == {1.0}


def test_a_question_that_nothing_is_like_is_unheard_of(library: Library) -> None:
    """Its words are named, and nothing answers it."""
    query = understand("吕梁的高铁站什么时候通车")
    found = find_evidence(library, query, search(library, query, 10))
    assert found.answered == 0
    assert "高铁站" in found.unsaid


def test_no_question_that_is_kept_aside_teaches() -> None:
    """The exercises hold none of eval/held_out.jsonl."""
    from eval.sources import HELD_OUT_QUESTIONS, OWN_QUESTIONS
    from rag.training.training_questions import read_exercises

    documents, exercises = read_exercises(OWN_QUESTIONS)
    lines = HELD_OUT_QUESTIONS.read_text("utf-8").splitlines()
    aside = {json.loads(line)["question"] for line in lines}
    assert len(exercises) > 400
    assert {exercise.group for exercise in exercises} == set(documents)
    assert not aside & {exercise.question for exercise in exercises if not exercise.history}
