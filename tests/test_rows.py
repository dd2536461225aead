"""Sides of a comparison are answered by sentences on the same thing, each by its own."""

from pathlib import Path

from doubles import WordEncoder, word_chain, write_bulletin

from index.library import Library
from rag.chain import Request


def test_places_report_on_the_same_thing(home: Path, tmp_path: Path) -> None:
    """Of two figures of a place the one is told that is worded like the other place's."""
    write_bulletin(tmp_path / "kaifeng.txt", "开封市", "全市建成老年食堂52个，惠及老人3万人。")
    write_bulletin(
        tmp_path / "xinxiang.txt",
        "新乡市",
        "全市建成老年食堂61个，惠及老人4万人。\n全市培训护理员640人次，开设课程12门。",
    )
    library = Library(home, WordEncoder())
    library.sync(tmp_path)
    answer = word_chain(library).invoke(Request("开封和新乡各建成了多少个老年食堂"))
    rows = answer.text.split("\n")
    assert rows[2].startswith("| 开封市 | ")
    assert "52个" in rows[2]
    assert "61个" in rows[3]
    assert len({(c.bulletin, c.position, c.start) for c in answer.citations}) == len(
        answer.citations
    )


def test_every_place_that_answers_has_a_row(home: Path, tmp_path: Path) -> None:
    """Where no place is named, those that say something are set side by side."""
    for name, count in (("开封市", 52), ("新乡市", 61)):
        text = f"全市建成老年食堂{count}个，惠及老人3万人。"
        write_bulletin(tmp_path / f"{count}.txt", name, text)
    library = Library(home, WordEncoder())
    library.sync(tmp_path)
    answer = word_chain(library).invoke(Request("哪些市建成了老年食堂，各建成多少个"))
    assert "52个" in answer.text
    assert "61个" in answer.text
