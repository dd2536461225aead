"""Public question sets become bulletins and questions of our own format."""

import json
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CallError
from corpus.parse import read_bulletin
from corpus.questions.public_sets import evidence_of, read_public
from index.temporary import write_texts

PASSAGE = "范廷颂是越南罗马天主教枢机。1963年被任为主教。\n1990年被擢升为总主教。"

UNANSWERED = json.dumps(
    {"data": [{"paragraphs": [{"context": PASSAGE,
                               "qas": [{"id": "1", "question": "何时？", "answers": []}]}]}]}
)  # fmt: skip


def squad(path: Path, question: str, answer: str = "1963年") -> Path:
    """A set of one passage and one question, compressed if the name says so."""
    answers = [{"text": answer, "answer_start": PASSAGE.find(answer)}, {"text": "63年"}]
    content = {
        "data": [{"paragraphs": [{"context": PASSAGE,
                                  "qas": [{"id": "1", "question": question, "answers": answers}]}]}]
    }  # fmt: skip
    text = json.dumps(content)
    if path.suffix == ".xz":
        path.write_bytes(lzma.compress(text.encode()))
    else:
        path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", ["set.json", "set.json.xz"])
def test_a_question_gets_the_sentence_of_its_answer_as_evidence(tmp_path: Path, name: str) -> None:
    """Any of the set's answers is right; the passage is the question's bulletin."""
    public = read_public("cmrc2018", squad(tmp_path / name, "何时被任为主教？"))
    (question,) = public.questions
    assert question.evidence == ("1963年被任为主教。",)
    assert question.must == (("1963年", "63年"),)
    assert question.bulletins == tuple(public.passages)


def test_a_blank_question_is_left_out_and_its_passage_stays(tmp_path: Path) -> None:
    """It cannot be asked, but its passage is one among which others are found."""
    public = read_public("cmrc2018", squad(tmp_path / "set.json", " "))
    assert public.questions == ()
    assert len(public.passages) == 1


def test_a_passage_is_a_bulletin_of_one_paragraph(tmp_path: Path) -> None:
    """Its line breaks are blanks, for a bulletin is read by lines."""
    public = read_public("xquad", squad(tmp_path / "set.json", "何时？"))
    write_texts(public.passages, tmp_path)
    (path,) = tmp_path.glob("*.txt")
    bulletin = read_bulletin(path)
    assert [unit.number for unit in bulletin.units] == [1]


def test_english_questions_are_asked_of_the_chinese_passages(tmp_path: Path) -> None:
    """The two files are parallel by id; the Chinese one is found beside the English."""
    squad(tmp_path / "xquad.zh.json", "何时被任为主教？")
    english = squad(tmp_path / "xquad.en.json", "When was he made bishop?")
    (question,) = read_public("xquad-en-zh", english).questions
    assert (question.question, question.lang) == ("When was he made bishop?", "en")
    assert question.evidence == ("1963年被任为主教。",)
    with pytest.raises(CallError, match="name the English file"):
        read_public("xquad-en-zh", tmp_path / "xquad.zh.json")


@pytest.mark.parametrize("content", ["", "[]", '{"data": [{}]}', UNANSWERED])
def test_what_is_no_such_set_is_refused(tmp_path: Path, content: str) -> None:
    """Another file, a question without an answer, an unknown name: the caller's mistakes."""
    path = tmp_path / "set.json"
    path.write_text(content, "utf-8")
    with pytest.raises(CallError, match="no question set"):
        read_public("xquad", path)
    with pytest.raises(CallError, match="no such set"):
        read_public("squad", path)


@given(st.text("甲乙丙丁。；", min_size=12, max_size=60), st.data())
def test_evidence_holds_the_answer_and_can_be_told(passage: str, data: st.DataObject) -> None:
    """Whatever span is the answer, its evidence is a part of the passage that holds it, and has
    letters enough unless the whole passage has not.
    """
    start = data.draw(st.integers(0, len(passage) - 1))
    answer = passage[start : start + data.draw(st.integers(1, 6))]
    evidence = evidence_of(passage, start, answer)
    assert evidence in passage
    assert answer.strip() in evidence
