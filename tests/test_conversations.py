"""Conversations last, and each is seen by its owner alone."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from doubles import word_chain

from corpus.errors import CallError, LibraryError
from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request
from ui.store.answer_record import read, write
from ui.store.conversations import TITLE_CHARS, Conversations, turns_of
from ui.store.page_database import Store

QUESTION = "三门峡建成了多少个老年助餐场所"


@pytest.fixture(scope="module")
def answer(library: Library) -> Answer:
    """A real answer with a citation and a warning."""
    return word_chain(library).invoke(Request(QUESTION))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the conversations are kept."""
    return tmp_path / "home" / "conversations.sqlite"


@pytest.fixture
def kept(path: Path) -> Conversations:
    """A store without any conversation."""
    return Conversations(Store(path))


def test_an_answer_is_recalled_as_it_was(answer: Answer) -> None:
    """Text, citations and warnings come back whole; the hits are not kept."""
    assert read(write(answer)).answer == replace(answer, hits=())
    assert answer.citations
    assert answer.warnings


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"shape": 99}', '{"shape": 1, "text": "x"}'])
def test_a_record_of_another_shape_is_refused(text: str) -> None:
    """What this program did not write is not guessed at."""
    with pytest.raises(LibraryError, match="cannot be read"):
        read(text)


def test_a_conversation_is_there_after_a_restart(
    kept: Conversations, path: Path, answer: Answer
) -> None:
    """A second store over the same file has both questions in order, citations intact."""
    conversation, _ = kept.append("a", None, QUESTION, answer)
    assert kept.append("a", conversation, "那漯河呢", answer) == (conversation, 2)
    again = Conversations(Store(path)).exchanges("a", conversation)
    assert [(e.number, e.question) for e in again] == [(1, QUESTION), (2, "那漯河呢")]
    assert again[0].answer.citations == answer.citations
    assert [turn["role"] for turn in turns_of(again)] == ["user", "assistant"] * 2


def test_the_first_question_names_a_conversation(kept: Conversations, answer: Answer) -> None:
    """Its title is one line of at most TITLE_CHARS characters, until it is renamed."""
    conversation, _ = kept.append("a", None, "长\n问题" * 40, answer)
    (summary,) = kept.listed("a")
    assert summary.title == ("长 问题" * 40)[:TITLE_CHARS]
    kept.rename("a", conversation, " 助餐 ")
    assert kept.listed("a")[0].title == "助餐"
    with pytest.raises(CallError, match="empty"):
        kept.rename("a", conversation, "  ")


def test_the_latest_conversation_stands_first(kept: Conversations, answer: Answer) -> None:
    """A question in an old conversation brings it to the top."""
    first, _ = kept.append("a", None, "一", answer)
    second, _ = kept.append("a", None, "二", answer)
    assert [s.id for s in kept.listed("a")] == [second, first]
    kept.append("a", first, "三", answer)
    assert [s.id for s in kept.listed("a")] == [first, second]


def test_a_search_looks_in_titles_questions_and_answers(
    kept: Conversations, answer: Answer
) -> None:
    """The wildcards of SQL are plain characters in it."""
    kept.append("a", None, "增长了50%_吗", answer)
    other, _ = kept.append("a", None, "别的", replace(answer, text="没有提到", citations=()))
    assert [s.title for s in kept.listed("a", "0%_")] == ["增长了50%_吗"]
    assert [s.id for s in kept.listed("a", "没有提到")] == [other]
    assert len(kept.listed("a", "180个")) == 1
    assert kept.listed("a", "%") == kept.listed("a", "50%")


def test_another_owner_sees_nothing(kept: Conversations, answer: Answer) -> None:
    """Reading, adding, renaming and deleting say what they say of an id that there is not."""
    conversation, _ = kept.append("a", None, QUESTION, answer)
    assert kept.listed("b") == ()
    for act in (
        lambda owner, id_: kept.exchanges(owner, id_),
        lambda owner, id_: kept.append(owner, id_, "问", answer),
        lambda owner, id_: kept.rename(owner, id_, "改"),
        lambda owner, id_: kept.delete(owner, id_),
    ):
        words = []
        for owner, id_ in (("b", conversation), ("a", "nothing")):
            with pytest.raises(CallError) as raised:
                act(owner, id_)
            words.append(str(raised.value))
        assert words[0] == words[1]
    assert len(kept.exchanges("a", conversation)) == 1


def test_what_is_deleted_is_gone(kept: Conversations, path: Path, answer: Answer) -> None:
    """No row of it is left in the file."""
    conversation, _ = kept.append("a", None, QUESTION, answer)
    kept.delete("a", conversation)
    assert kept.listed("a") == ()
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM exchanges").fetchone() == (0,)


@pytest.mark.parametrize("question", ["半个\ud83d字", "零\0字", "'; DROP TABLE exchanges; --"])
def test_any_question_can_be_kept(kept: Conversations, answer: Answer, question: str) -> None:
    """Half of a surrogate pair, a NUL and SQL are only text."""
    conversation, _ = kept.append("a", None, question, answer)
    assert len(kept.exchanges("a", conversation)) == 1
    assert len(kept.listed("a", question)) == 1


def test_many_write_at_once(kept: Conversations, answer: Answer) -> None:
    """Of 8 x 10 questions in one conversation each gets a number of its own."""
    conversation, _ = kept.append("a", None, "起", answer)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: kept.append("a", conversation, str(n), answer), range(80)))
    numbers = [e.number for e in kept.exchanges("a", conversation)]
    assert numbers == list(range(1, 82))


def test_a_file_that_is_no_database_is_named(path: Path, answer: Answer) -> None:
    """The error names the file and the mend; so does a newer schema."""
    path.parent.mkdir()
    path.write_text("这不是数据库" * 100, "utf-8")
    with pytest.raises(LibraryError, match="run: jianbao rescue"):
        Conversations(Store(path)).listed("a")
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryError, match="schema 99"):
        Conversations(Store(path)).append("a", None, "问", answer)


def test_only_the_owner_of_the_files_reads_them(kept: Conversations, path: Path) -> None:
    """The database is readable to its user alone."""
    kept.listed("a")
    assert path.stat().st_mode & 0o077 == 0
