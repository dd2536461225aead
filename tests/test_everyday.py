"""Everyday words of a question are looked for as the official words that bulletins have."""

from importlib.resources import files
from pathlib import Path

from doubles import WordEncoder, write_bulletin

from index.library import Library
from rag import retrieve
from rag.query.everyday import WORDS_FILE, official_wording
from rag.query.question import understand
from rag.retrieval.search import search
from rag.retrieval.stages import AS_FOUND, Stages


def test_the_longest_everyday_word_is_replaced() -> None:
    """不打招呼就去 is taken before 打招呼; the rest of the question stays."""
    worded = official_wording("有没有不打招呼就去看的")
    assert "暗访" in worded
    assert worded.startswith("有没有")


def test_a_question_in_official_words_stays() -> None:
    """Nothing to replace, nothing to look for a second time."""
    assert official_wording("建成社区日间照料中心多少个") == ""


def test_the_word_list_is_well_formed() -> None:
    """Every line has an everyday word, once, and official words other than itself; none is a
    place or a figure.
    """
    lines = files("rag.query").joinpath(WORDS_FILE).read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines]
    assert len({word for word, _ in pairs}) == len(pairs) > 2000
    for word, official in pairs:
        assert word not in official.split()
        assert official.split()
        assert not any(char.isdigit() for char in word + official)


def test_an_everyday_question_finds_the_official_sentence(home: Path, tmp_path: Path) -> None:
    """With wording the paragraph without a shared word is found by words; without it is not."""
    write_bulletin(tmp_path / "kaifeng.txt", "开封市", "检查组以暗访方式了解情况，查找短板。")
    write_bulletin(tmp_path / "xinxiang.txt", "新乡市", "全市培训护理员640人次，开设课程12门。")
    library = Library(home, WordEncoder())
    library.sync(tmp_path)
    query = understand("有没有不打招呼就去的")
    assert "暗访" in search(library, query, 1, stages=AS_FOUND)[0].text
    plain = search(library, query, 5, stages=Stages(reading=False, wording=False, meaning=False))
    assert not any("暗访" in hit.text for hit in plain)
    assert "暗访" in retrieve("有没有不打招呼就去的", 1, library=library)[0].text
