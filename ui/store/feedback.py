"""What readers said of answers, and the evaluation cases that it makes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from corpus.errors import CallError
from corpus.figures.quantities import find_figures
from index.library import Library
from rag.answering.answer import Answer
from rag.query.english_terms import is_english
from rag.query.question import Turn
from ui.store.conversations import check_owned, exchanges_in, turns_of
from ui.store.page_database import Store, storable

MAX_REASON_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was said of an answer: `right` is the bulletin and paragraph that would have been right,
    `before` the conversation up to the question.
    """

    id: str
    question: str
    answer: Answer
    before: tuple[Turn, ...]
    good: bool
    reason: str
    right: tuple[str, int] | None


class Feedback:
    """The opinions of a store; the latest word on an answer replaces the one before."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record(
        self,
        owner: str,
        conversation: str,
        number: int,
        *,
        good: bool,
        reason: str = "",
        right: tuple[str, int] | None = None,
    ) -> None:
        """Keep an owner's word on the answer of this number.

        :raises CallError: the owner has no such conversation, or it no such answer.
        """
        now = _text(datetime.now(UTC))
        bulletin, paragraph = right or (None, None)
        text = storable(reason).strip()
        with self._store.work() as db:
            check_owned(db, owner, conversation)
            known = db.execute(
                "SELECT 1 FROM exchanges WHERE conversation = ? AND number = ?",
                (conversation, number),
            ).fetchone()
            if known is None:
                raise CallError(f"there is no answer {number} (没有第{number}个回答)")
            db.execute(
                "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?)",
                (conversation, number, good, text[:MAX_REASON_CHARS], bulletin, paragraph, now),
            )

    def tally(
        self, since: datetime | None = None, until: datetime | None = None
    ) -> tuple[int, int]:
        """How many opinions of this time, from `since` on and before `until`, were good and how
        many were not. What went with its conversation is not among them.

        :raises LibraryError: they cannot be read.
        """
        bounds = [_text(since) if since else "", _text(until) if until else "9999"]
        with self._store.work() as db:
            good, all_of_them = db.execute(
                "SELECT total(good), count(*) FROM feedback WHERE given >= ? AND given < ?", bounds
            ).fetchone()
        return int(good), all_of_them - int(good)

    def opinions(self) -> Iterator[Opinion]:
        """Everyone's, oldest first."""
        with self._store.work() as db:
            rows = db.execute(
                "SELECT conversation, number, good, reason, bulletin, paragraph FROM feedback"
                " ORDER BY given, conversation, number"
            ).fetchall()
            conversations = {row[0]: exchanges_in(db, row[0]) for row in rows}
        for n, (conversation, number, good, reason, bulletin, paragraph) in enumerate(rows, 1):
            exchanges = conversations[conversation]
            one = next(one for one in exchanges if one.number == number)
            before = tuple(e for e in exchanges if e.number < number)
            yield Opinion(
                f"feedback-{n:04}", one.question, one.answer, turns_of(before), bool(good), reason,
                (bulletin, paragraph) if bulletin is not None else None,
            )  # fmt: skip


def case(opinion: Opinion, library: Library) -> dict[str, object] | None:
    """An opinion as an evaluation question; None where it does not tell what is right: a bad answer
    without the paragraph that would have been, or a paragraph that is not there any more.
    """
    answer = opinion.answer
    known = {entry.id for entry in library.entries()}
    quotes: list[str] = []
    must: list[list[str]] = []
    bulletins: list[str] = []
    if opinion.good:
        bulletins = list(dict.fromkeys(citation.bulletin for citation in answer.citations))
        quotes = [citation.quote for citation in answer.citations]
        figures = dict.fromkeys(f.text for quote in quotes for f in find_figures(quote))
        must = [[figure] for figure in figures] or [[quote] for quote in quotes]
    elif opinion.right and opinion.right[0] in known:
        bulletins = [opinion.right[0]]
        units = library.bulletin(opinion.right[0]).units
        quotes = [unit.text for unit in units if unit.number == opinion.right[1]]
    if not known.issuperset(bulletins) or not (quotes or (opinion.good and answer.refused)):
        return None
    return {
        "id": opinion.id,
        "type": "feedback",
        "lang": "en" if is_english(opinion.question) else "zh",
        "question": opinion.question,
        "history": list(opinion.before),
        "answerable": bool(quotes) and not (opinion.good and answer.refused),
        "bulletin": bulletins,
        "evidence": quotes,
        "must": must,
        "must_not": [],
    }


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
