"""An answer tells how it came about, and is the same whether it is asked to or not."""

import json
from pathlib import Path

import pytest
from command import Command
from doubles import word_chain
from llm_server import llm_server

from corpus.questions.question_file import load_questions
from index.library import Library
from rag.answering.answer import Answer
from rag.answering.explanation import Explanation, Fate, Use, Way, explain
from rag.chain import Request
from rag.refusing.reasons import Reason
from rag.settings import read_settings
from rag.trace import Recorder, Step
from rag.writing.chat_model import chat_model

QUESTION = "三门峡建成了多少个老年助餐场所"
QUESTIONS = Path(__file__).resolve().parent.parent / "eval" / "questions.jsonl"


def explained(library: Library, question: str) -> tuple[Answer, Explanation]:
    """An answer with its explanation."""
    recorder = Recorder()
    answer = word_chain(library).invoke(Request(question, trace=recorder))
    return answer, explain(recorder, answer)


def test_answers_are_the_same_with_and_without_a_trace(library: Library) -> None:
    """Every sixth question of our own, comparisons, refusals and follow-ups among them."""
    chain = word_chain(library)
    for asked in load_questions(QUESTIONS)[::6]:
        recorder = Recorder()
        plain = chain.invoke(Request(asked.question, asked.history))
        traced = chain.invoke(Request(asked.question, asked.history, trace=recorder))
        assert traced.as_dict() == plain.as_dict(), asked.id
        assert explain(recorder, traced).as_dict(), asked.id


def test_what_is_cited_is_told_and_nothing_else(library: Library) -> None:
    """The sentences with the fate "told" are those that the answer quotes, in all kinds of answer
    that are made of sentences.
    """
    for asked in load_questions(QUESTIONS)[::6]:
        answer, way = explained(library, asked.question)
        if way.way is not Way.SENTENCES:
            continue
        told = {
            (one.item.hit.bulletin, one.item.hit.position, one.item.span.start)
            for side in way.sides
            for one in side.sentences
            if one.fate is Fate.TOLD
        }
        quoted = {(one.bulletin, one.position) for one in answer.citations}
        assert {key[:2] for key in told} == quoted, asked.id


def test_each_step_has_its_time(library: Library) -> None:
    """Understanding, searching, reading and answering all take some."""
    _, way = explained(library, QUESTION)
    assert set(way.seconds) == set(Step)
    assert all(seconds > 0 for seconds in way.seconds.values())


def test_what_was_not_needed_and_not_read_is_told(library: Library) -> None:
    """One sentence is told, others were not needed; hits about other places are not read."""
    _, way = explained(library, QUESTION)
    (side,) = way.sides
    assert way.way is Way.SENTENCES
    assert side.sentences[0].fate is Fate.TOLD
    assert "180个" in side.sentences[0].item.quote
    assert sum(one.probability for one in side.sentences) == pytest.approx(1, abs=1e-4)
    assert {one.fate for one in side.sentences[1:]} == {Fate.CERTAIN}
    _, elsewhere = explained(library, "漯河建成了多少个老年助餐点位")
    hits = elsewhere.sides[0].hits
    assert {use for hit, use in hits if hit.unit.place == "三门峡市"} == {Use.PLACE}


def test_a_refusal_says_what_was_weighed_in_vain(library: Library) -> None:
    """The side names the reason and the words that stand nowhere; no sentence is told."""
    answer, way = explained(library, "吕梁的高铁站什么时候通车")
    (side,) = way.sides
    assert (answer.reason, way.way) == (Reason.SILENT, Way.REFUSAL)
    assert side.refusal is not None
    assert "通车" in side.read.unsaid
    assert side.sentences
    assert Fate.TOLD not in {one.fate for one in side.sentences}


def test_a_comparison_is_explained_side_by_side(library: Library) -> None:
    """Each place has its own question, hits and sentences."""
    _, way = explained(library, "鹤壁和安阳各有多少个调研重点")
    assert [side.label for side in way.sides] == ["鹤壁市", "安阳市"]
    assert all(side.sentences[0].fate is Fate.TOLD for side in way.sides)


def test_a_list_of_places_is_explained_place_by_place(library: Library) -> None:
    """What is asked of every place is weighed for each that answers."""
    _, way = explained(library, "哪些市有老年助餐，各有多少个")
    assert len(way.sides) > 1
    assert all(side.label for side in way.sides)


def test_the_catalogue_answers_without_reading(library: Library) -> None:
    """A question about the bulletins themselves is answered by what the library knows of them."""
    answer, way = explained(library, "有哪些简报")
    assert not answer.refused
    assert way.way is Way.CATALOGUE
    assert {use for side in way.sides for _, use in side.hits} == {Use.UNREAD}


@pytest.mark.parametrize(
    ("written", "way", "fates"),
    [
        ("三门峡全市建成并投入使用老年助餐场所180个[1]。", Way.MODEL, [Fate.TOLD, Fate.UNCITED]),
        ("资料中没有。", Way.REFUSAL, [Fate.REFUSED, Fate.REFUSED]),
        ("建成了999个[1]。", Way.SENTENCES, [Fate.TOLD, Fate.CERTAIN]),
    ],
)
def test_what_a_chat_model_made_of_the_sentences_is_told(
    library: Library, written: str, way: Way, fates: list[Fate]
) -> None:
    """It cites some, or refuses; where the sentences of the source stand in for it, they are told
    as without it.
    """
    recorder = Recorder()
    with llm_server() as (url, script):
        settings = read_settings({"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": url})
        script.pieces = [written]
        chain = word_chain(library, chat_model(settings))
        answer = chain.invoke(Request(QUESTION, trace=recorder))
    told = explain(recorder, answer, by_model=True)
    assert told.way is way
    assert [one.fate for one in told.sides[0].sentences[:2]] == fates


def test_without_a_recording_nothing_is_explained(library: Library) -> None:
    """A recorder that was not handed in is a mistake of the caller."""
    answer = word_chain(library).invoke(Request(QUESTION))
    with pytest.raises(ValueError, match="nothing was recorded"):
        explain(Recorder(), answer)


def test_the_command_explains_for_people_and_for_programs(jianbao: Command) -> None:
    """Below the answer, or inside its object; without --explain there is none of it."""
    told = jianbao("ask", "--explain", QUESTION).out
    assert "180个" in told
    assert "由来 how it came about" in told
    assert "✓" in told
    (line,) = jianbao("ask", "--explain", "--json", QUESTION).lines
    (plain,) = jianbao("ask", "--json", QUESTION).lines
    way = line.pop("explanation")
    assert line == plain
    assert way["places"] == ["三门峡市"]
    assert set(way["seconds"]) == {"understand", "search", "evidence", "answer"}
    assert way["sides"][0]["sentences"][0]["fate"] == "told"
    assert json.loads(json.dumps(way)) == way
