"""The log says what happened, in a line, and keeps questions to itself."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles import WordEncoder, write_bulletin
from langchain_core.runnables import RunnableLambda

from corpus.errors import WorkError
from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request
from ui.server.logs import JsonLines, TextLines
from ui.server.observed import AnswerLog, Outcome, observed

SECRET = "谁给张三发了救助金"


class Kept(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """See logging.Handler."""
        self.records.append(record)

    def lines(self) -> list[str]:
        """As JSON."""
        return [JsonLines().format(record) for record in self.records]


@pytest.fixture
def kept() -> Iterator[Kept]:
    """All that the project logs."""
    handler, logger = Kept(), logging.getLogger("jianbao")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel("INFO")
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(level)


def test_bulletins_that_come_and_go_are_logged(kept: Kept, home: Path, tmp_path: Path) -> None:
    """Whoever adds or removes one, the library tells of it."""
    write_bulletin(tmp_path / "kaifeng.txt", "开封市", "全市建成老年食堂52个，惠及老人3万人。")
    library = Library(home, WordEncoder())
    library.add(tmp_path / "kaifeng.txt")
    library.remove("kaifeng")
    added, removed = map(json.loads, kept.lines())
    assert (added["event"], added["bulletin"], added["paragraphs"]) == ("added", "kaifeng", 2)
    assert (removed["event"], removed["bulletin"]) == ("removed", "kaifeng")


def _broken(request: Request) -> Answer:
    raise ZeroDivisionError(f"at {request.question}")


@pytest.mark.parametrize("questions", [False, True])
def test_a_fault_is_logged_with_its_traceback_and_told_in_a_sentence(
    kept: Kept, questions: bool
) -> None:
    """Whoever asked reads that the log says how; the question stands in the log's traceback only
    where that is asked for.
    """
    chain = observed(RunnableLambda(_broken), [AnswerLog(questions)])
    with pytest.raises(WorkError, match="log says how"):
        chain.invoke(Request(SECRET))
    (line,) = kept.lines()
    told = json.loads(line)
    assert (told["event"], told["level"]) == ("failed", "error")
    assert "ZeroDivisionError" in told["traceback"]
    assert "_broken" in told["traceback"]
    assert (SECRET in line) is questions


def test_an_answer_that_is_stopped_is_logged_as_such(kept: Kept) -> None:
    """The observers hear of the end, whatever ends it."""
    outcomes: list[Outcome] = []

    class Watch:
        def began(self) -> None:
            """See Observer.began."""

        def ended(self, outcome: Outcome) -> None:
            """See Observer.ended."""
            outcomes.append(outcome)

    draft = Answer(SECRET, SECRET, "一", (), False, None, (), ())

    def endless(request: Request) -> Iterator[Answer]:
        while True:
            yield draft

    stream = observed(RunnableLambda(endless), [Watch(), AnswerLog()]).stream(Request(SECRET))
    assert isinstance(stream, Iterator)
    next(stream)
    stream.close()  # type: ignore[attr-defined] # a generator, as LangChain makes it
    assert [(one.answer, one.whole) for one in outcomes] == [(draft, False)]
    assert json.loads(kept.lines()[0])["event"] == "stopped"


@pytest.mark.parametrize("form", [JsonLines(), TextLines()])
def test_an_event_is_one_line_whatever_it_holds(form: logging.Formatter) -> None:
    """Line breaks, quotes and half of a surrogate pair cannot forge another line."""
    record = logging.makeLogRecord({"msg": "added", "levelname": "INFO", "name": "jianbao"})
    record.bulletin = 'a"\n2026-01-01 INFO signed in user="root" \ud800'
    line = form.format(record)
    assert len(line.splitlines()) == 1
    line.encode("utf-8")


def test_a_traceback_is_part_of_the_json_line() -> None:
    """Errors of libraries come with theirs, as logging has them."""
    try:
        _broken(Request("x"))
    except ZeroDivisionError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.makeLogRecord({"msg": "boom", "exc_info": info})
    (line,) = JsonLines().format(record).splitlines()
    assert "ZeroDivisionError: at x" in json.loads(line)["traceback"]
    assert TextLines().format(record).splitlines()[-1] == "ZeroDivisionError: at x"
