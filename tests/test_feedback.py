"""What readers say of answers becomes evaluation questions."""

import json
from pathlib import Path

import pytest
from command import Command
from doubles import word_chain

from corpus.errors import CallError
from corpus.questions.question_file import load_questions
from eval.sources import library_texts
from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request
from ui.store.conversations import Conversations
from ui.store.feedback import Feedback, case
from ui.store.page_database import Store

QUESTION = "三门峡建成了多少个老年助餐场所"
SILENT = "郑州建了多少个老年助餐点"
SANMENXIA = "henan-053-sanmenxia"


@pytest.fixture
def store(home: Path) -> Store:
    """A store without anything in it."""
    return Store(home / "conversations.sqlite")


def asked(library: Library, question: str) -> Answer:
    """The real answer to a question."""
    return word_chain(library).invoke(Request(question))


def test_a_good_answer_is_a_case_with_its_quotes(library: Library, store: Store) -> None:
    """Its citations are the evidence, its figures must be in any other answer."""
    conversation, number = Conversations(store).append(
        "a", None, QUESTION, asked(library, QUESTION)
    )
    feedback = Feedback(store)
    feedback.record("a", conversation, number, good=True)
    (opinion,) = feedback.opinions()
    made = case(opinion, library)
    assert made is not None
    assert made["bulletin"] == [SANMENXIA]
    assert ["180个"] in made["must"]  # type: ignore[operator] # a list
    assert made["answerable"] is True


def test_a_good_refusal_is_a_case_without_an_answer(library: Library, store: Store) -> None:
    """Whoever praises a refusal says that nothing answers."""
    conversation, number = Conversations(store).append("a", None, SILENT, asked(library, SILENT))
    Feedback(store).record("a", conversation, number, good=True)
    (opinion,) = Feedback(store).opinions()
    made = case(opinion, library)
    assert made is not None
    assert made["answerable"] is False


def test_a_bad_answer_is_a_case_where_the_right_paragraph_is_known(
    library: Library, store: Store
) -> None:
    """The history of the conversation goes with it; the latest word counts."""
    conversations, feedback = Conversations(store), Feedback(store)
    answer = asked(library, QUESTION)
    conversation, _ = conversations.append("a", None, SILENT, answer)
    conversations.append("a", conversation, QUESTION, answer)
    feedback.record("a", conversation, 2, good=True)
    feedback.record("a", conversation, 2, good=False, reason="不对", right=(SANMENXIA, 9))
    (opinion,) = feedback.opinions()
    made = case(opinion, library)
    assert made is not None
    assert opinion.reason == "不对"
    assert [turn["content"] for turn in opinion.before] == [SILENT, answer.text]
    (quote,) = made["evidence"]  # type: ignore[misc] # a list
    assert "180个" in quote


@pytest.mark.parametrize("right", [None, ("nothing", 9), (SANMENXIA, 999)])
def test_a_bad_answer_alone_is_no_case(
    library: Library, store: Store, right: tuple[str, int] | None
) -> None:
    """Without a paragraph that there is, nobody knows what would be right."""
    conversation, number = Conversations(store).append(
        "a", None, QUESTION, asked(library, QUESTION)
    )
    Feedback(store).record("a", conversation, number, good=False, right=right)
    (opinion,) = Feedback(store).opinions()
    assert case(opinion, library) is None


def test_only_its_owner_speaks_of_an_answer(library: Library, store: Store) -> None:
    """Another's conversation and an answer that there is not are refused."""
    conversation, _ = Conversations(store).append("a", None, SILENT, asked(library, SILENT))
    with pytest.raises(CallError, match="no such conversation"):
        Feedback(store).record("b", conversation, 1, good=True)
    with pytest.raises(CallError, match="no answer 2"):
        Feedback(store).record("a", conversation, 2, good=True)


def test_what_is_deleted_is_not_spoken_of(library: Library, store: Store) -> None:
    """Feedback goes with its conversation."""
    conversation, _ = Conversations(store).append("a", None, SILENT, asked(library, SILENT))
    Feedback(store).record("a", conversation, 1, good=True)
    Conversations(store).delete("a", conversation)
    assert list(Feedback(store).opinions()) == []


def test_the_command_writes_cases_that_eval_reads(
    jianbao: Command, library: Library, store: Store, tmp_path: Path
) -> None:
    """One line a case; what tells nothing is counted; without --export a table is shown."""
    conversations, feedback = Conversations(store), Feedback(store)
    conversation, _ = conversations.append("a", None, QUESTION, asked(library, QUESTION))
    conversations.append("a", conversation, SILENT, asked(library, SILENT))
    feedback.record("a", conversation, 1, good=True)
    feedback.record("a", conversation, 2, good=False, reason="应当有")
    path = tmp_path / "cases.jsonl"
    done = jianbao("feedback", "--export", str(path))
    assert done.status == 0
    assert "1 questions written" in done.out
    assert "1 opinions left out" in done.out
    (question,) = load_questions(path, library_texts(library), truth_needed=True)
    assert question.question == QUESTION
    assert json.loads(path.read_text("utf-8"))["type"] == "feedback"
    assert "应当有" in jianbao("feedback").out
