"""Models write citations, lists and tables in many forms: they are read as what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.writing.written_forms import Forms, Written, sentences


def read(text: str) -> list[Written]:
    """Everything that a text says, from a stream of single characters."""
    forms = Forms()
    read = [forms.read(one) for one in sentences(text)]
    return [one for one in read if one is not None]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("建成180个[1]。", (1,)),
        ("建成180个。[1]", (1,)),
        ("建成180个[1][2]。", (1, 2)),
        ("建成180个[1]。[2]", (1, 2)),
        ("建成180个[1,2]。", (1, 2)),
        ("建成180个[1、3]。", (1, 3)),
        ("建成180个[1-3]。", (1, 2, 3)),
        ("建成180个【1】。", (1,)),
        ("建成180个。【1】【2】", (1, 2)),
        ("建成180个［2］。", (2,)),
        ("建成180个[^1]。", (1,)),
        ("建成180个[来源1]。", (1,)),
        ("建成180个（[1]）。", (1,)),
        ("建成180个①。", (1,)),
        ("建成180个。②", (2,)),
        ("建成180个 [1] 。", (1,)),
        ("**建成180个**[1]。", (1,)),
        ("建成180个", ()),
    ],
)
def test_a_citation_is_read_in_every_form(text: str, numbers: tuple[int, ...]) -> None:
    """Before and after the full stop, one or several; what is left is the sentence."""
    (one,) = read(text)
    assert one.numbers == numbers
    assert one.text.replace(" ", "").rstrip("。") == "建成180个"


@pytest.mark.parametrize("mark", ["- ", "* ", "• "])
def test_bullets_are_one_mark(mark: str) -> None:
    """Whatever sign the model takes."""
    assert read(f"{mark}建成180个[1]。\n{mark}投入744万元[1]。") == [
        Written("建成180个。", (1,), "- "),
        Written("投入744万元。", (1,), "- "),
    ]


@pytest.mark.parametrize(
    "marks", ["1. |2. ", "1、|2、", "（1）|（2）", "(1)|(2)", "①|②", "一、|二、"]
)
def test_the_numbers_of_a_list_are_no_figures_of_it(marks: str) -> None:
    """They stay before the sentence and are not checked."""
    first, second = marks.split("|")
    one, other = read(f"{first}建成180个[1]。\n{second}投入744万元[1]。")
    assert (one.text, one.mark.strip()) == ("建成180个。", first.strip())
    assert (other.text, other.mark.strip()) == ("投入744万元。", second.strip())


def test_a_number_that_begins_a_sentence_is_no_mark() -> None:
    """21.98% of people are not point 21."""
    assert read("21.98%是老年人[1]。")[0].text == "21.98%是老年人。"
    assert read("180个已建成[1]。")[0].text == "180个已建成。"


def test_points_in_one_line_are_told_apart_from_citations() -> None:
    """② behind a full stop begins the next point where words follow."""
    assert [one.text for one in read("①建成180个[1]。②投入744万元[1]。")] == [
        "建成180个。",
        "投入744万元。",
    ]


@pytest.mark.parametrize("head", ["主要做法如下：", "## 主要做法", "**主要做法**", "具体包括:"])
def test_what_heads_a_list_states_nothing(head: str) -> None:
    """It is neither told nor struck; with a figure in bold it is no head."""
    first, second = read(f"{head}\n- 建成180个[1]。")
    assert (first.framed, second.framed) == (True, False)


def test_a_table_is_read_row_by_row() -> None:
    """Each row is a sentence: its first cell, then the others under the names of their columns."""
    table = (
        "| 地区 | 场所 | 投入 |\n|---|:---:|---|\n| 三门峡 | 180个[1] | **744万元** |\n"
        "| 漯河 | 155个[2] | |\n"
    )
    assert read(table) == [
        Written("三门峡：场所180个，投入744万元", (1,)),
        Written("漯河：场所155个", (2,)),
    ]


def test_a_cell_may_hold_a_full_stop() -> None:
    """A row ends with its line."""
    (row,) = read("| 地区 | 情况 |\n| --- | --- |\n| 三门峡 | 建成180个。[1] |\n")
    assert row == Written("三门峡：建成180个。", (1,))


@pytest.mark.parametrize(
    "text",
    [
        "资料中没有",
        "资料未提及。",
        "资料中未提及该内容。",
        "根据提供的资料，无法回答。",
        "简报中没有提到这一数字。",
        "抱歉，以上段落中没有相关信息。",
        "所提供的简报段落均未涉及。",
        "现有资料不足以回答这个问题。",
    ],
)
def test_a_no_is_told_in_many_words(text: str) -> None:
    """All of them are a refusal."""
    assert read(text)[0].says_nothing


@pytest.mark.parametrize(
    "text",
    ["资料显示建成180个[1]。", "三门峡没有建成[1]。", "资料室未开放[1]。", "材料费未支付[1]。"],
)
def test_a_sentence_that_denies_is_no_refusal(text: str) -> None:
    """It has a citation, or speaks of something else."""
    assert not read(text)[0].says_nothing


@given(
    st.lists(
        st.sampled_from(
            [
                "建成180个",
                "。",
                "[1]",
                "【2】",
                "①",
                "\n",
                "- ",
                "1. ",
                "| a | b |\n",
                "：",
                "[",
                " ",
            ]
        ),
        max_size=30,
    ),
    st.integers(1, 7),
)
def test_the_pieces_of_a_stream_do_not_matter(parts: list[str], size: int) -> None:
    """A text is read alike however it is cut, and none of its words is lost."""
    text = "".join(parts)
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert list(sentences(pieces)) == list(sentences([text]))
    assert "".join("".join(sentences(pieces)).split()) == "".join(text.split())
