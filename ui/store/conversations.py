"""Conversations that last: kept in the data directory, each seen by its owner alone."""

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from corpus.errors import CallError
from rag.answering.answer import Answer
from rag.query.question import Turn
from ui.store.answer_record import Record, Searched, read, write
from ui.store.page_database import Store, storable

TITLE_CHARS = 40  # of the first question, which names a conversation
ID_BYTES = 16  # of chance in an id: nobody guesses another one's
MAX_TURNS = 40  # messages given on as history: what a follow-up can lean on

_LISTED = r"""
SELECT id, title, updated FROM conversations
WHERE owner = ?1 AND (title LIKE ?2 ESCAPE '\' OR EXISTS (
    SELECT 1 FROM exchanges WHERE conversation = id AND (
        question LIKE ?2 ESCAPE '\' OR json_extract(answer, '$.text') LIKE ?2 ESCAPE '\')))
ORDER BY updated DESC, conversations.rowid DESC
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in the list; `updated` is when it was last asked in, ISO 8601 in UTC."""

    id: str
    title: str
    updated: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer; `number` counts from 1, `good` is what its reader said of the
    answer, None where nothing.
    """

    number: int
    question: str
    record: Record
    good: bool | None = None

    @property
    def answer(self) -> Answer:
        """The answer, without its hits."""
        return self.record.answer


class Conversations:
    """All conversations of a store. Every method serves one owner; what belongs to another is, to
    him, not there.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def append(
        self,
        owner: str,
        conversation: str | None,
        question: str,
        answer: Answer,
        searched: Searched | None = None,
    ) -> tuple[str, int]:
        """Keep a question with its answer and what it was asked of; return the
        conversation's id, None having started one, and the answer's number in it.

        :raises CallError: the owner has no such conversation.
        :raises LibraryError: it cannot be kept.
        """
        question, now = storable(question), _now()
        with self._store.work() as db:
            if conversation is None:
                conversation = _begun(db, owner, question, now)
            else:
                check_owned(db, owner, conversation)
            (number,) = db.execute(
                "INSERT INTO exchanges SELECT ?1, 1 + coalesce(max(number), 0), ?2, ?3, ?4"
                " FROM exchanges WHERE conversation = ?1 RETURNING number",
                (conversation, question, write(answer, searched), now),
            ).fetchone()
            db.execute("UPDATE conversations SET updated = ? WHERE id = ?", (now, conversation))
        return conversation, number

    def begin(self, owner: str, question: str) -> str:
        """The id of a conversation that is named after a question, which is not answered yet.

        :raises LibraryError: it cannot be kept.
        """
        with self._store.work() as db:
            return _begun(db, owner, storable(question), _now())

    def forget_empty(self, owner: str, conversation: str) -> bool:
        """Delete a conversation in which nothing was answered; whether it was such a one."""
        empty = (
            "DELETE FROM conversations WHERE id = ?1 AND owner = ?2"
            " AND NOT EXISTS (SELECT 1 FROM exchanges WHERE conversation = ?1)"
        )
        with self._store.work() as db:
            return db.execute(empty, (conversation, owner)).rowcount == 1

    def exchanges(self, owner: str, conversation: str) -> tuple[Exchange, ...]:
        """A conversation's questions and answers, oldest first.

        :raises CallError: the owner has no such conversation.
        """
        with self._store.work() as db:
            check_owned(db, owner, conversation)
            return exchanges_in(db, conversation)

    def listed(self, owner: str, search: str = "") -> tuple[Summary, ...]:
        """The owner's conversations, the latest first; with `search` those that have these
        characters in title, question or answer.
        """
        like = f"%{_literal(storable(search.strip()))}%"
        with self._store.work() as db:
            rows = db.execute(_LISTED, (owner, like)).fetchall()
        return tuple(Summary(*row) for row in rows)

    def rename(self, owner: str, conversation: str, title: str) -> None:
        """Give a conversation another title.

        :raises CallError: the title is empty, or the owner has no such conversation.
        """
        title = " ".join(storable(title).split())[:TITLE_CHARS]
        if not title:
            raise CallError("the title is empty; write one (名称不能为空)")
        with self._store.work() as db:
            check_owned(db, owner, conversation)
            db.execute("UPDATE conversations SET title = ? WHERE id = ?", (title, conversation))

    def delete(self, owner: str, conversation: str) -> None:
        """Delete a conversation with all that was said of it.

        :raises CallError: the owner has no such conversation.
        """
        with self._store.work() as db:
            check_owned(db, owner, conversation)
            db.execute("DELETE FROM conversations WHERE id = ?", (conversation,))


def newest_shape(store: Store) -> int:
    """The highest number of a shape that kept answers have, 0 without any.

    :raises LibraryError: they cannot be read.
    """
    with store.work() as db:
        (shape,) = db.execute(
            "SELECT max(CASE WHEN json_valid(answer) THEN json_extract(answer, '$.shape') END)"
            " FROM exchanges"
        ).fetchone()
    return shape if isinstance(shape, int) else 0


def turns_of(exchanges: tuple[Exchange, ...]) -> tuple[Turn, ...]:
    """A conversation as the history of the next question: its latest messages."""
    turns: list[Turn] = []
    for exchange in exchanges:
        turns.append(Turn(role="user", content=exchange.question))
        turns.append(Turn(role="assistant", content=exchange.answer.text))
    return tuple(turns[-MAX_TURNS:])


def exchanges_in(db: sqlite3.Connection, conversation: str) -> tuple[Exchange, ...]:
    """A conversation's questions and answers, oldest first, whoever owns it."""
    rows = db.execute(
        "SELECT number, question, answer, good FROM exchanges"
        " LEFT JOIN feedback USING (conversation, number) WHERE conversation = ? ORDER BY number",
        (conversation,),
    ).fetchall()
    return tuple(
        Exchange(number, text, read(kept), None if good is None else bool(good))
        for number, text, kept, good in rows
    )


def check_owned(db: sqlite3.Connection, owner: str, conversation: str) -> None:
    """The same words for what is another's and for what is not: nobody learns which ids exist.

    :raises CallError: the owner has no such conversation.
    """
    owned = "SELECT 1 FROM conversations WHERE id = ? AND owner = ?"
    if db.execute(owned, (conversation, owner)).fetchone() is None:
        raise CallError("there is no such conversation; start a new one (没有这个对话，请新建)")


def _begun(db: sqlite3.Connection, owner: str, question: str, now: str) -> str:
    conversation = secrets.token_urlsafe(ID_BYTES)
    title = " ".join(question.split())[:TITLE_CHARS]
    db.execute("INSERT INTO conversations VALUES (?, ?, ?, ?)", (conversation, owner, title, now))
    return conversation


def _literal(text: str) -> str:
    """Text for LIKE, its wildcards plain characters."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
