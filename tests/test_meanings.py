"""Words are compared by what they mean, with the official words that stand for everyday ones."""

import numpy as np
from doubles import ToldLikeness

from index.words.tokenizer import tokenize
from rag.query.meanings import OFFICIAL_WEIGHT, asked_terms, said


def test_an_everyday_phrase_brings_its_official_words() -> None:
    """不打招呼就去 may be 暗访; words that only ask are no terms."""
    terms = asked_terms("检查组有没有不打招呼就去")
    words = [word for term in terms for word, _ in term.alternatives]
    assert "暗访" in words
    assert "有没有" not in words


def test_a_measure_word_goes_with_what_asks() -> None:
    """多少个 asks; 个 does not cling to the word behind it."""
    terms = asked_terms("建成了多少个助餐点")
    assert "".join(term.alternatives[0][0] for term in terms) == "建成助餐点"


def test_the_best_alternative_of_a_term_counts() -> None:
    """The official word in the text says the everyday phrase, at its weight; nothing else does."""
    terms = [t for t in asked_terms("不打招呼就去") if len(t.alternatives) > 1]
    shares = said(terms, [tokenize("检查组开展暗访"), tokenize("粮食增产")], ToldLikeness())
    assert shares[0, 0] == np.float32(OFFICIAL_WEIGHT)
    assert shares[1, 0] == 0


def test_no_terms_say_nothing() -> None:
    """A question of marks has no terms."""
    assert asked_terms("？？？") == ()
    assert said((), [["医院"]], ToldLikeness()).shape == (1, 0)


def test_a_like_word_says_a_term_in_part() -> None:
    """What the library's model takes for like counts as much as the model says."""
    likeness = ToldLikeness({("医院", "诊所"): 0.6})
    shares = said(asked_terms("医院"), [["诊所"], ["粮食"]], likeness)
    assert shares[:, 0].tolist() == [np.float32(0.6), 0.0]
