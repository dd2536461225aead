"""A person is known by a surname beside an office."""

import pytest

from rag.query.persons import persons


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("副县长王军表示，要继续推进", ["王军"]),
        ("市人大常委会副主任周小云带领调研组走进企业", ["周小云"]),
        ("宋红梅。", ["宋红梅"]),
        ("局长王军和院长李国华分别介绍了情况", ["王军", "李国华"]),
        ("当过市委副书记、市长和市委书记。", []),
        ("方山县", []),
        ("和谐社区，安全第一", []),
    ],
)
def test_the_names_in_a_text(text: str, names: list[str]) -> None:
    """A name of two or three characters, without the verb behind it; a county is no person."""
    assert persons(text) == names
