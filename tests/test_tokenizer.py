"""Words are the same whether a text is indexed or asked."""

from index.words.tokenizer import asked, tokenize, words


def test_long_words_give_their_parts_too() -> None:
    """A compound is found by itself and by the words inside it."""
    tokens = tokenize("养老服务机构")
    assert {"养老", "服务", "机构"} <= set(tokens)


def test_unknown_words_are_found_by_their_character_pairs() -> None:
    """A name that no dictionary knows still shares pairs of characters with itself."""
    assert {"漯颐", "颐养"} <= set(tokenize("漯颐养"))


def test_full_width_and_narrow_figures_are_the_same_token() -> None:
    """１８０家 and 180家 give the same tokens, and the number stays whole."""
    assert tokenize("１８０家") == tokenize("180家") == ["180", "180家", "家"]


def test_a_decimal_number_is_one_token() -> None:
    """10.6% is found as 10.6, not as 10 and 6."""
    assert "10.6" in tokenize("覆盖率为10.6%")


def test_english_is_lower_cased() -> None:
    """Letters match whatever their case."""
    assert tokenize("Lvliang CENTRE") == ["lvliang", "centre"]


def test_marks_and_blanks_are_no_tokens() -> None:
    """Punctuation alone gives nothing to search."""
    assert tokenize("，。？！ “”《》") == []


def test_words_do_not_overlap() -> None:
    """The plain words of a text put together again are the text."""
    assert "".join(words("全市建成老年助餐场所180个")) == "全市建成老年助餐场所180个"


def test_words_that_only_ask_are_not_looked_for() -> None:
    """多少 stands in few texts and would pass for telling; alone it is kept."""
    assert "多少" not in asked("三门峡建成了多少个老年助餐场所")
    assert "场所" in asked("三门峡建成了多少个老年助餐场所")
    assert asked("什么？") == ["什么"]


def test_names_of_places_are_whole_words() -> None:
    """A county's name is one word, also where a general dictionary lacks it."""
    assert "渑池县" in tokenize("前往渑池县和山阳区调研")
    assert "山阳区" in tokenize("前往渑池县和山阳区调研")
