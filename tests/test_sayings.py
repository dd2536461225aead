"""What a person said is told whole, under the person's office."""

from index.library import Library
from rag.answering.sayings import said_by, saying_asked
from rag.query.question import understand


def test_a_quotation_is_told_whole(library: Library) -> None:
    """From its opening mark to its closing one."""
    line, *_ = said_by(library, understand("孙志红对那份审议意见是咋说的？原话"))
    assert line.item is not None
    assert line.item.quote.startswith("“这不是一份简单的意见稿")
    assert "见效到位。”" in line.item.quote
    assert line.lead.endswith("孙志红：")
    assert "主任" in line.lead


def test_whoever_is_not_named_is_not_asked_about() -> None:
    """An office is no name, a report no person."""
    assert saying_asked("市长怎么说") is None
    assert saying_asked("报告怎么说") is None


def test_a_person_nobody_quotes_has_no_sayings(library: Library) -> None:
    """The question goes on as any other."""
    assert said_by(library, understand("李建国说了什么")) == ()
