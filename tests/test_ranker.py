"""The ranker weighs features that can be read, and learns them from questions and their answers."""

import json
from importlib.resources import files

import numpy as np
import pytest

from corpus.bulletin import Span
from index.library import Library
from index.scope import OPEN
from rag.query.question import understand
from rag.retrieval.features import SENTENCE_FEATURES, UNIT_FEATURES, tabulate, unit_values
from rag.retrieval.fusion import candidates, standardised
from rag.retrieval.ranker import WEIGHTS_FILE, Ranker, rank, shipped_ranker
from rag.training.fit import Alternatives, fit
from rag.training.passage_examples import answering

QUESTION = "建成了多少个老年助餐场所"


def test_the_shipped_ranker_is_small_and_readable() -> None:
    """Its file is JSON of weights by the name of the feature, and holds no other."""
    text = files("rag.retrieval").joinpath(WEIGHTS_FILE).read_text("utf-8")
    weights = json.loads(text)
    assert len(text) < 20_000
    assert set(weights["sentence"]) == set(SENTENCE_FEATURES)
    assert set(weights["unit"]) == set(UNIT_FEATURES)


def test_a_ranker_written_down_is_the_same_ranker() -> None:
    """What training writes is what asking reads."""
    ranker = shipped_ranker()
    named = json.loads(ranker.as_json())
    assert np.allclose(list(named["unit"].values()), ranker.unit, atol=1e-4)


def test_features_have_a_row_for_every_sentence(library: Library) -> None:
    """Rows follow the units; a span leads back to the sentence in its unit's text."""
    fused = candidates(library, understand(QUESTION), 10, OPEN)[:5]
    pool = library.read(QUESTION, [candidate.found for candidate in fused])
    table = tabulate(pool, library.likeness)
    assert table.values.shape == (len(table.spans), len(SENTENCE_FEATURES))
    assert np.isfinite(table.values).all()
    assert set(table.units) == set(range(5))
    for unit, span in zip(table.units, table.spans, strict=True):
        assert pool.readings[unit].text[span.start : span.end].strip()
    values = unit_values(table, np.zeros(5, dtype=np.float32))
    assert values.shape == (5, len(UNIT_FEATURES))


def test_the_sentence_that_answers_has_the_highest_score(library: Library) -> None:
    """Inside the right paragraph the ranker points to the sentence with the number."""
    fused = candidates(library, understand("三门峡" + QUESTION), 10, OPEN)[:5]
    pool = library.read(QUESTION, [candidate.found for candidate in fused])
    ranking = rank(pool, np.ones(len(pool.readings), dtype=np.float32), library.likeness)
    best = int(ranking.sentences.argmax())
    span, unit = ranking.table.spans[best], pool.readings[ranking.table.units[best]]
    assert "180个" in unit.text[span.start : span.end]


def test_a_weight_is_found_for_what_tells_right_from_wrong() -> None:
    """Feature 0 is higher for what is right, feature 1 is noise."""
    noise = np.random.default_rng(7)
    choices = [
        Alternatives(
            np.column_stack([[1, 0, 0], noise.random(3)]).astype(np.float32),
            np.array([True, False, False]),
        )
        for _ in range(50)
    ]
    weights = fit(choices, penalty=0.01)
    assert weights[0] > 5 * abs(weights[1])
    assert np.array_equal(weights, fit(choices, penalty=0.01))


def test_sentences_that_hold_an_answer_are_right() -> None:
    """A whole answer counts before a part of one."""
    text, spans = "始建于1949年。后改称公园。占地三亩。", [Span(0, 9), Span(9, 15), Span(15, 20)]
    assert answering(text, spans, ["1949年"]) == [True, False, False]
    assert answering(text, spans, ["公园。占地"]) == [False, True, True]
    assert answering(text, spans, ["没有"]) == [False, False, False]


@pytest.mark.parametrize(("scale", "shift"), [(1.0, 0.0), (0.1, 0.8)])
def test_models_with_other_cosines_give_the_same_standardised_ones(
    scale: float, shift: float
) -> None:
    """Cosines between 0.7 and 0.9 say the same as those between -1 and 1 of another model."""
    background = np.array([-0.2, 0.0, 0.2], dtype=np.float32)
    plain = standardised([0.6, 0.3], background)
    moved = standardised([0.6 * scale + shift, 0.3 * scale + shift], background * scale + shift)
    assert np.allclose(plain, moved, atol=1e-3)


def test_a_ranker_of_other_weights_can_be_tried(library: Library) -> None:
    """With the fusion's score alone as a feature, the order is that of the fusion."""
    fused = candidates(library, understand(QUESTION), 10, OPEN)[:5]
    pool = library.read(QUESTION, [candidate.found for candidate in fused])
    prior = np.array([0.1, 0.5, 0.3, 0.2, 0.4], dtype=np.float32)
    unit = np.array([name == "fused" for name in UNIT_FEATURES], dtype=np.float32)
    sentence = np.zeros(len(SENTENCE_FEATURES), dtype=np.float32)
    assert np.allclose(rank(pool, prior, library.likeness, Ranker(sentence, unit)).units, prior)
