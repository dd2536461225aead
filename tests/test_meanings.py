"""Words are compared by what they mean, with the official words that stand for everyday ones."""

import numpy as np

from index.vectors.likeness import likeness
from index.words.tokenizer import tokenize
from rag.query.meanings import OFFICIAL_WEIGHT, asked_terms, said


def test_the_word_itself_is_most_alike() -> None:
    """1 for the same word, less for a like one, still less for another."""
    same, like, other = likeness(["医院"], [["医院"], ["诊所"], ["粮食"]])[:, 0]
    assert same == 1.0
    assert same > like > other >= 0.0


def test_texts_and_words_without_a_vector_are_unlike() -> None:
    """Nothing known on one side or the other is no likeness, and no error."""
    assert likeness(["医院"], [[], ["\U0001f600"]]).tolist() == [[0.0], [0.0]]
    assert likeness([], [["医院"]]).shape == (1, 0)


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
    """The official word in the text says the everyday phrase, at its weight."""
    terms = [t for t in asked_terms("不打招呼就去") if len(t.alternatives) > 1]
    shares = said(terms, [tokenize("检查组开展暗访"), tokenize("粮食增产")])
    assert shares[0, 0] == np.float32(OFFICIAL_WEIGHT)
    assert shares[1, 0] < 0.5


def test_no_terms_say_nothing() -> None:
    """A question of marks has no terms."""
    assert asked_terms("？？？") == ()
    assert said((), [["医院"]]).shape == (1, 0)
