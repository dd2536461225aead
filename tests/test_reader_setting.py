"""JIANBAO_READER names another reader, for every command."""

from pathlib import Path

import pytest
from command import Command

TINY = Path(__file__).parent / "data" / "reader"
QUESTION = "三门峡建成了多少个老年助餐场所"


def test_the_commands_read_with_what_is_set(
    jianbao: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tiny reader that has learned nothing orders the hits and answers or refuses; whatever it
    picks is cited as ever, and doctor tells which one reads.
    """
    (embedded,) = jianbao("ask", QUESTION, "--json").lines
    monkeypatch.setenv("JIANBAO_READER", str(TINY))
    (answer,) = jianbao("ask", QUESTION, "--json").lines
    assert [hit["score"] for hit in answer["retrieved"]] != [
        hit["score"] for hit in embedded["retrieved"]
    ]
    for citation in answer["citations"]:
        assert citation["text"][citation["start"] : citation["end"]] == citation["quote"]
    hits = jianbao("retrieve", QUESTION, "-k", "3", "--json").lines
    assert [hit["score"] for hit in hits] == [hit["score"] for hit in answer["retrieved"][:3]]
    assert f"阅读 reader {TINY}" in jianbao("doctor").out


def test_the_reader_that_the_product_carries_reads_by_default(jianbao: Command) -> None:
    """Without the setting a question is answered by the embedded transformer, cited as ever."""
    done = jianbao("ask", QUESTION)
    assert "180个" in done.out
    assert "[1] 《三门峡：在助推养老服务发展中彰显人大力量》第9段" in done.out
    assert "阅读 reader embedded" in jianbao("doctor").out


def test_the_reader_of_earlier_versions_is_told_in_one_line(
    jianbao: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`linear` is gone: status 2 before anything is read, and what the setting takes."""
    monkeypatch.setenv("JIANBAO_READER", "linear")
    for command in (("ask", QUESTION), ("retrieve", "--no-rerank", QUESTION), ("serve",)):
        done = jianbao(*command)
        assert done.status == 2
        assert done.err.count("\n") == 1
        assert "JIANBAO_READER is 'linear'" in done.err
        assert "unset it" in done.err
        assert "cross-encoder" in done.err


def test_a_reader_that_is_none_is_told_in_one_line(
    jianbao: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An empty folder: status 1, what is missing, and the mend."""
    monkeypatch.setenv("JIANBAO_READER", str(tmp_path))
    done = jianbao("ask", QUESTION)
    assert done.status == 1
    assert done.err.count("\n") == 1
    assert "it has no reader.onnx" in done.err
    assert "JIANBAO_READER" in done.err
