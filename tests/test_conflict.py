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
        ("检查组看到，全市计划建成老年食堂60个，运行平稳。", False),
        ("检查组看到，去年全市建成老年食堂31个，运行平稳。", False),
        ("检查组看到，上半年全市建成老年食堂31个，运行平稳。", False),
        ("检查组看到，全市建成农村老年食堂31个，运行平稳。", False),
    ],
)
def test_another_value_for_the_same_thing_is_told(
    home: Path, tmp_path: Path, second: str, conflict: bool
) -> None:
    """52 and 48 of the same canteens at the same time; not the same value, time or thing, nor
    what is planned beside what was done.
    """
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
BUDGET = """新安县2024年上半年预算执行情况

再看收入。一般公共预算收入入库11.2亿元，年初预算是20.7亿元，完成54%。

全县组织财政收入14.6亿元，年初预算定的是24.5亿元，半年完成近六成。

全年地区生产总值预期目标是增长6%左右，各项工作有序推进。

上年地区生产总值增长7.9%，增速居全市第三位。
"""


@pytest.mark.parametrize("question", ["新安县年初预算是多少", "新安县地区生产总值增长多少"])
def test_a_budget_beside_another_and_a_target_beside_what_was_reached_are_no_conflict(
    home: Path, tmp_path: Path, question: str
) -> None:
    """年初预算 of two things is two figures; 6 % are hoped for, 7.9 % were reached last year."""
    folder = tmp_path / "bulletins"
    folder.mkdir()
    (folder / "xinan.txt").write_text(BUDGET, "utf-8")
    answer = ask(home, folder, question)
    assert "conflict" not in {warning.kind for warning in answer.warnings}
