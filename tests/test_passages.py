"""Units become passages short enough for one vector."""

from corpus.parse import parse
from index.passages import PASSAGE_CHARS, context_of, gathered, indexed_units, passages_of


def test_short_sentences_share_a_passage() -> None:
    """Consecutive sentences are gathered until the passage is full."""
    assert passages_of("一是建场所。二是抓服务。") == ("一是建场所。二是抓服务。",)


def test_passages_put_together_are_the_text() -> None:
    """Nothing is lost between passages, and none but a single sentence is over the limit."""
    text = "全市建成老年助餐场所一百八十个，任务完成率百分之百。" * 20
    passages = passages_of(text)
    assert "".join(passages) == text
    assert all(len(passage) <= PASSAGE_CHARS for passage in passages)


def test_a_sentence_longer_than_a_passage_stands_alone() -> None:
    """A long sentence is not cut."""
    long = "养" * (PASSAGE_CHARS + 50) + "。"
    assert passages_of(f"这是一个短句。{long}") == ("这是一个短句。", long)


def test_a_unit_counts_with_its_title_place_and_headings() -> None:
    """Words of the title and of the heading above lead to a paragraph that lacks them."""
    text = "开封市：聚力养老\n一、主要做法\n我们深入基层一线开展调研，取得了较好的成效。\n"
    bulletin = parse(text.encode(), "kaifeng")
    paragraph = bulletin.paragraphs[0]
    context = context_of(bulletin, paragraph)
    assert "聚力养老" in context
    assert "主要做法" in context
    assert "开封市" in context


def test_page_numbers_are_not_indexed() -> None:
    """A page number can be shown but not found."""
    text = "开封市：聚力养老\n全市人大代表深入基层一线开展调研，取得了较好的成效。\n—３—\n"
    indexed = indexed_units(parse(text.encode(), "kaifeng"))
    assert not any("3" in unit.text for unit in indexed)


def test_a_run_in_heading_counts_for_the_paragraphs_under_it() -> None:
    """What follows 一是开门监督。 without a point of its own belongs under it; the next point ends
    that.
    """
    text = (
        "开封市：聚力养老\n"
        "一是坚持开门监督。全市人大代表深入基层一线开展调研，取得了较好的成效。\n"
        "各县区也都组织代表到社区走访，听取了许多老年人和家属的意见和建议。\n"
        "二是狠抓问题整改。对发现的问题逐项交办，明确了责任单位和完成时限。\n"
    )
    under = [unit.context for unit in indexed_units(parse(text.encode(), "kaifeng")) if unit.place]
    assert ["开门 监督" in context for context in under[-3:]] == [False, True, False]


def test_lengths_tell_which_sentences_share_a_passage() -> None:
    """Sentences go into a passage while they fit."""
    assert gathered([50, 60, 20, 200, 10]) == [0, 0, 1, 2, 3]
