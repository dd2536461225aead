"""An English word is found in whatever form it is written, and leads to common Chinese words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words.english.dictionary import LONGEST_PHRASE, look_up
from index.words.english.lemmas import cased_words, english_words, forms, lemma, word_spans


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("centres", "center"),
        ("organised", "organize"),
        ("neighbourhood", "neighborhood"),
        ("deputies", "deputy"),
        ("stopped", "stop"),
        ("housing", "house"),
        ("women", "woman"),
        ("built", "build"),
        ("programme", "program"),
        ("Lvliang's".lower(), "lvliang"),
    ],
)
def test_a_form_leads_to_the_dictionarys(written: str, listed: str) -> None:
    """British and American spelling, plural, past and possessive are undone."""
    assert listed in forms(written)


def test_the_dictionary_decides_which_form_is_a_word() -> None:
    """Building is a word of its own where the dictionary has it, else a form of build."""
    assert lemma("building", {"building", "build"}) == "building"
    assert lemma("building", {"build"}) == "build"
    assert lemma("zzz's", set()) == "zzz"


def test_hyphens_part_words_and_thousands_hold_together() -> None:
    """Day-care is two words, 1,575 one number."""
    assert english_words("1,575 day-care Centres") == ["1575", "day", "care", "centres"]
    assert cased_words("Xi’an") == ["Xi'an"]


@given(st.text(max_size=60))
def test_every_word_has_its_span(text: str) -> None:
    """Words and spans go together, in order and without overlaps."""
    spans = word_spans(text)
    assert len(spans) == len(cased_words(text))
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@given(st.from_regex(r"[a-z]{1,14}('s)?", fullmatch=True))
def test_forms_begin_with_the_word_and_do_not_repeat(word: str) -> None:
    """The word as written is tried first."""
    found = list(forms(word))
    assert found[0] == word
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("phrase", "chinese"),
    [
        ("elderly", "老年人"),
        ("hospitals", "医院"),
        ("people's congress", "人大"),
        ("standing committees", "常委会"),
        ("day care centres", "日间照料中心"),
        ("elderly care institutions", "养老机构"),
        ("home based care", "居家养老"),
        ("science and technology", "科技"),
        ("climate", "气候"),
        ("paris", "巴黎"),
    ],
)
def test_a_phrase_has_its_usual_chinese_word(phrase: str, chinese: str) -> None:
    """Everyday words come from the dictionary, those of congresses from the project's own list."""
    assert chinese in dict(look_up(phrase.split()))


def test_an_unknown_word_has_none() -> None:
    """Nothing is guessed."""
    assert look_up(["qwertyuiop"]) == ()
    assert look_up(["no", "such", "phrase", "here"][:LONGEST_PHRASE]) == ()


def test_weights_fall_from_one() -> None:
    """The best alternative weighs 1, and none weighs nothing."""
    weights = [weight for _, weight in look_up(["regulation"])]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == 1
    assert weights[-1] > 0
