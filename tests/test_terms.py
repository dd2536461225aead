"""Of the words that may stand for a term the best one counts, once."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.bulletin import Kind
from index.passages import Indexed
from index.words import lexical, term_search
from index.words.terms import Term, inverse_frequency, saturated, shares
from index.words.tokenizer import pieces, tokenize

TEXTS = (
    "全市建成老年食堂52个，惠及老人3万人。",
    "老年人、老人、高龄老人、长者都是老年人。",
    "王泽锋在会上讲话，要求加大科技投入。",
    "全市培训护理员640人次。",
)


def indexed(row: int, text: str) -> Indexed:
    """A paragraph of one sentence, about no place, without context."""
    tokens = tokenize(text)
    return Indexed(row, Kind.PARAGRAPH, None, (), text, " ".join(tokens), len(tokens), "", (text,))


@pytest.fixture
def db() -> sqlite3.Connection:
    """Four units, each a text without context."""
    db = sqlite3.connect(":memory:")
    db.executescript(";".join(lexical.SCHEMA))
    for row, text in enumerate(TEXTS):
        lexical.insert(db, row, indexed(row, text))
    return db


def rows(db: sqlite3.Connection, *terms: Term) -> list[int]:
    return [hit.row for hit in term_search.search_terms(lexical.Words(db), terms, 10)]


OLD = Term((("老年人", 1.0), ("老人", 1.0), ("长者", 1.0), ("高龄", 1.0)))


def test_many_names_of_one_thing_do_not_outweigh_two_things(db: sqlite3.Connection) -> None:
    """A text full of words for the old loses to one that has the old and a canteen."""
    assert rows(db, OLD, Term((("食堂", 1.0),))) == [0, 1]


def test_a_weight_lowers_an_alternative(db: sqlite3.Connection) -> None:
    """Half the weight is half the score."""
    full, half = (
        term_search.search_terms(lexical.Words(db), [Term((("护理员", weight),))], 1)[0].score
        for weight in (1.0, 0.5)
    )
    assert half == pytest.approx(full / 2)


def test_a_name_in_pinyin_becomes_the_words_that_the_index_holds(db: sqlite3.Connection) -> None:
    """Wang Zefeng is 王泽锋 here, for no other name of that sound occurs."""
    term = Term((), (("wang", "ze", "feng"),))
    assert rows(db, term) == []
    resolved = term_search.resolve(lexical.Words(db), [term])
    assert resolved[0].alternatives == (("王泽锋", 1.0),)
    assert rows(db, *resolved) == [2]


def test_no_terms_find_nothing(db: sqlite3.Connection) -> None:
    """Neither do terms that no unit has, nor marks."""
    assert rows(db) == rows(db, Term((("电梯", 1.0),))) == rows(db, Term((('"*', 1.0),))) == []


@given(st.text(max_size=20))
def test_any_word_can_be_asked_for(word: str) -> None:
    """What a user types never breaks the query language of the index."""
    db = sqlite3.connect(":memory:")
    db.executescript(";".join(lexical.SCHEMA))
    lexical.insert(db, 1, indexed(1, f"全市{word}食堂"))
    term_search.search_terms(
        lexical.Words(db), term_search.resolve(lexical.Words(db), [Term(((word, 1.0),))]), 3
    )


@given(st.text("老年人助餐5月abc ", max_size=12), st.text("，全市", max_size=4))
def test_a_text_with_a_word_has_its_pieces(word: str, around: str) -> None:
    """Pieces are tokens of every text in which the word stands between marks."""
    assert set(pieces(word)) <= set(tokenize(f"{around}，{word}。"))


def test_shares_weigh_rare_terms_more() -> None:
    """Both texts have one of two terms; the canteen is the rarer one."""
    texts = ("建成老年食堂", "惠及老人", "关爱老人", "老人满意")
    found = shares([OLD, Term((("食堂", 1.0),))], texts)
    assert found[0] > found[1] == found[2]
    assert all(0 <= share <= 1 for share in found)


def test_the_parts_of_bm25() -> None:
    """A word of 1 in 9 texts: ln(1 + 8.5 / 1.5); one occurrence in a text of mean length: 1."""
    assert inverse_frequency(9, 1) == pytest.approx(1.897, abs=1e-3)
    assert saturated(1, 50, 50) == pytest.approx(1.0)
    assert saturated(100, 50, 50) < 2.2
