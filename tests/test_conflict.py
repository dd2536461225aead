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
