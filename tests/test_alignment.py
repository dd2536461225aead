"""Translations are learnt from pairs of sentences, and the word list is made of them."""

import pytest

from index.training.align import translation_table
from index.training.english_words import gloss_weights, headwords, merge, official_words
from index.words.english.dictionary import format_entry, phrase_key


def test_words_that_keep_company_translate_each_other() -> None:
    """House is 房子 because the big house and the house share it, as in Brown's example."""
    table = translation_table(
        [
            (["the", "house"], ["这", "房子"]),
            (["the", "book"], ["这", "书"]),
            (["house"], ["房子"]),
        ],
        0.01,
        rounds=20,
    )
    assert max(table["house"], key=table["house"].__getitem__) == "房子"
    assert max(table["book"], key=table["book"].__getitem__) == "书"


def test_probabilities_of_a_word_sum_to_one() -> None:
    """Nothing is lost where no alternative is cut off."""
    table = translation_table([(["a", "b"], ["甲", "乙"]), (["a"], ["甲"])], 0.0)
    assert sum(table["a"].values()) == pytest.approx(1.0)


def test_no_pairs_make_no_table() -> None:
    """Empty text, empty table."""
    assert translation_table([], 0.1) == {}


def test_a_gloss_weighs_by_its_place_and_its_head_less() -> None:
    """The first sense counts 1, the second a half, what stands before a comma .7."""
    entries = [("巴黎", ["Paris, capital of France"]), ("社区", ["community", "neighborhood"])]
    table = gloss_weights(entries, lambda text: text.lower().replace(",", "").split())
    assert table["paris"] == {"巴黎": 0.7}
    assert table["community"] == {"社区": 1.0}
    assert table["neighborhood"] == {"社区": 0.5}
    assert headwords(entries) == {"community", "neighborhood"}


def test_the_projects_own_words_come_first() -> None:
    """What the list of congresses' language says wins over the dictionary."""
    lines = dict(merge({"deputy": {"副": 1.0}}, {}, {"deputy": {"代表": 1.0}}))
    assert list(lines["deputy"]) == ["代表", "副"]
    own = official_words(lambda text: text.lower().split())
    assert "人大" in own[phrase_key(["people's", "congress"])]


def test_an_entry_is_a_line() -> None:
    """Weights become one digit each."""
    assert format_entry("elderly", [("老人", 1.0), ("长者", 0.5)]) == "elderly\t老人9 长者4"
