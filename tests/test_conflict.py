"""Two paragraphs that give different values for the same thing are both given, with a warning."""

from pathlib import Path

import pytest
from doubles import WordEncoder, write_bulletin

from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request, answer_chain


def ask(home: Path, folder: Path, question: str) -> Answer:
    """The answer over a folder of bulletins."""
    library = Library(home, WordEncoder())
    library.sync(folder)
    return answer_chain(library).invoke(Request(question))


def write(folder: Path, second: str) -> None:
    """A bulletin whose second paragraph counts again."""
    first = "全市建成老年食堂52个，惠及老人3万人。"
    write_bulletin(folder / "kaifeng.txt", "开封市", f"{first}\n{second}")


@pytest.mark.parametrize(
    ("second", "conflict"),
    [
        ("检查组看到，全市建成老年食堂48个，运行平稳。", True),
        ("检查组看到，全市建成老年食堂52个，运行平稳。", False),
        ("检查组看到，2019年全市建成老年食堂48个，运行平稳。", False),
        ("检查组看到，全市培训护理员48人，运行平稳。", False),
    ],
)
def test_another_value_for_the_same_thing_is_told(
    home: Path, tmp_path: Path, second: str, conflict: bool
) -> None:
    """52 and 48 of the same canteens at the same time; not the same value, year or thing."""
    folder = tmp_path / "bulletins"
    folder.mkdir()
    write(folder, second)
    answer = ask(home, folder, "开封建成了多少个老年食堂")
    assert not answer.refused
    assert ("conflict" in {warning.kind for warning in answer.warnings}) is conflict
    if conflict:
        assert "52个" in answer.text
        assert "48个" in answer.text


def test_rows_of_a_table_do_not_conflict(home: Path, tmp_path: Path) -> None:
    """Each tells of a thing of its own, though the names of the columns are the same."""
    folder = tmp_path / "bulletins"
    folder.mkdir()
    rows = "".join(f"<tr><td>{name}老年食堂</td><td>{n}</td></tr>" for name, n in CANTEENS)
    (folder / "kaifeng.html").write_text(
        "<h1>开封市养老服务情况</h1><p>全市养老服务发展情况见下表，数据截至年底，供参考。</p>"
        f"<table><tr><th>名称</th><th>全市建成数量（个）</th></tr>{rows}</table>",
        "utf-8",
    )
    answer = ask(home, folder, "开封建成了多少个社区老年食堂")
    assert "52个" in answer.text
    assert "conflict" not in {warning.kind for warning in answer.warnings}


CANTEENS = (("社区", 52), ("农村", 48))
