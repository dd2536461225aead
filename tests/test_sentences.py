"""Sentences are split where they end, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.sentences import split_sentences


def pieces(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("全市建成180个场所。任务已经完成。", ["全市建成180个场所。", "任务已经完成。"]),
        ("一是营造监督氛围；二是丰富监督形式。", ["一是营造监督氛围；", "二是丰富监督形式。"]),
        ("覆盖率为10.6%，逐年提高。", ["覆盖率为10.6%，逐年提高。"]),
        ("“合口味吗？费用多少？”他问道。", ["“合口味吗？费用多少？”他问道。"]),
        ("会议强调：“要抓落实。”与会者赞同。", ["会议强调：“要抓落实。”", "与会者赞同。"]),
        ("没有句号的一行", ["没有句号的一行"]),
    ],
    ids=["full stops", "semicolons", "decimal point", "inside quotes", "quote ends", "no mark"],
)
def test_a_text_is_split_into_its_sentences(text: str, sentences: list[str]) -> None:
    """Marks end sentences except inside quotes and numbers."""
    assert pieces(text) == sentences


def test_a_stray_closing_mark_does_not_swallow_the_rest() -> None:
    """In a damaged text a closing quote without its opening one ends sentences as usual."""
    assert len(pieces("清楚“任务是啥、朝哪去干”。贡献”智慧。全部完成任务。")) == 3


@given(st.text(alphabet="养老服务12。！？；“”（）\n 、，", max_size=80))
def test_sentences_cover_the_text_in_order(text: str) -> None:
    """Whatever the text, its sentences are in order, do not overlap, and leave out only blanks."""
    end = 0
    for span in split_sentences(text):
        assert text[end : span.start].strip() == ""
        assert end <= span.start < span.end
        end = span.end
    assert text[end:].strip() == ""
