"""A question may use the short name of a body where the bulletin has the full one."""

from index.words.abbreviations import other_forms
from index.words.lexical import query_tokens
from index.words.tokenizer import tokenize


def test_a_short_name_brings_in_the_full_one_and_back() -> None:
    """Both directions, and only what the text does not use itself."""
    assert other_forms("市人社局") == ("人力资源和社会保障",)
    assert other_forms("住房和城乡建设局") == ("住建",)
    assert other_forms("老年助餐场所") == ()


def test_other_forms_are_matched_beside_the_questions_own_words() -> None:
    """A paragraph about 人力资源和社会保障 is among what 人社 finds."""
    tokens = query_tokens("人社局做了什么")
    assert set(tokenize("社会保障")) <= set(tokens)
    assert "人社" in tokens
