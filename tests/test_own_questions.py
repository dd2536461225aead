"""The questions that the project wrote to learn reading from, and the texts they are asked of."""

import json
import lzma
import re
from importlib.resources import files

import pytest

from rag.training.reading.claim_exercises import own_claims
from rag.training.reading.own_questions import (
    CLAIMS,
    DOCUMENTS,
    ENGLISH,
    EVERYDAY,
    GISTS,
    MISSES,
    QUESTIONS,
    TWINS,
    checksum,
    paragraphs_of,
)

HAN = re.compile("[\u4e00-\u9fff]")


def shipped(name: str) -> list[dict[str, object]]:
    text = files("rag.training.reading").joinpath(name).read_bytes()
    return [json.loads(line) for line in lzma.decompress(text).decode().splitlines()]


def test_a_text_is_gathered_to_paragraphs_of_whole_sentences() -> None:
    """The head of a line is no part of it; 3 sentences of 100 characters make 2 paragraphs."""
    sentence = "养老服务" * 24 + "很好吗。"
    assert paragraphs_of("2023-08-16 18:24:57，正文：" + sentence * 3) == [sentence * 2, sentence]


def test_a_break_in_the_text_ends_a_paragraph() -> None:
    """Blanks inside are narrowed."""
    assert paragraphs_of("一、目标\n二、  措施。") == ["一、目标", "二、 措施。"]


def test_another_text_has_another_sum() -> None:
    """One character is enough."""
    assert checksum(["甲", "乙"]) != checksum(["甲", "丙"])


@pytest.mark.parametrize("field", ["id", "question"])
def test_every_question_stands_once(field: str) -> None:
    """By its id; few are worded alike, and none of one document."""
    seen = [
        (one[field], *(one["doc"] if field == "question" else ())) for one in shipped(QUESTIONS)
    ]
    assert len(seen) == len(set(seen))


def test_every_question_is_of_a_document_and_says_what_answers_it() -> None:
    """An answerable one quotes its evidence; one that is not quotes what tempts."""
    known = {one["name"] for one in shipped(DOCUMENTS)}
    for one in shipped(QUESTIONS):
        assert known.issuperset(one["doc"])
        assert bool(one["evidence"]) == bool(one["must"]) == one["answerable"]
        assert one["answerable"] or one["distractors"]


@pytest.mark.parametrize(("name", "least"), [(QUESTIONS, 1500), (TWINS, 2000)])
def test_twins_are_two_of_which_one_is_answered(name: str, least: int) -> None:
    """The same question with one point changed."""
    pairs: dict[object, list[object]] = {}
    for one in shipped(name):
        if one["twin"]:
            pairs.setdefault(one["twin"], []).append(one["answerable"])
    assert len(pairs) > least
    assert all(sorted(pair) == [False, True] for pair in pairs.values())


def test_english_questions_are_asked_of_the_same_texts() -> None:
    """Each is one of the Chinese ones in English: of its id, with its evidence in Chinese."""
    for one in shipped(ENGLISH):
        assert str(one["id"]).startswith("en-")
        assert not HAN.search(str(one["question"]))
        assert bool(one["evidence"]) == one["answerable"]


@pytest.mark.parametrize("name", [EVERYDAY, GISTS])
def test_everyday_questions_use_other_words_than_their_answer(name: str) -> None:
    """Each quotes what answers it, and stands once; of the pairs of characters in a question one in
    eight, on the average, stands in its quote.
    """
    asked = shipped(name)
    assert len({one["question"] for one in asked}) == len(asked) > 5000
    shares = []
    for one in asked:
        question, quote = str(one["question"]), "\n".join(one["evidence"])
        pairs = {question[at : at + 2] for at in range(len(question) - 1)}
        shares.append(sum(pair in quote for pair in pairs) / len(pairs))
    assert sum(shares) / len(shares) < 0.13


def test_near_misses_are_not_answered_and_quote_what_tempts() -> None:
    """Each stands once for its document, in few more characters than what is answered."""
    asked = shipped(MISSES)
    assert len({(one["question"], *one["doc"]) for one in asked}) == len(asked) > 4000
    assert not any(one["answerable"] or one["evidence"] for one in asked)
    assert all(one["distractors"] for one in asked)
    answered = [len(str(one["question"])) for one in shipped(EVERYDAY)]
    missed = [len(str(one["question"])) for one in asked]
    assert abs(sum(answered) / len(answered) - sum(missed) / len(missed)) < 4


def test_neither_of_two_everyday_twins_can_be_told_by_its_form() -> None:
    """Of like length, and a question mark behind both or behind neither."""
    answered, missed = (
        [q for q in shipped(TWINS) if q["answerable"] is how] for how in (True, False)
    )
    for one, other in zip(answered, missed, strict=True):
        assert one["twin"] == other["twin"]
        assert str(one["question"]).endswith("？") == str(other["question"]).endswith("？")
    lengths = [sum(len(str(q["question"])) for q in half) for half in (answered, missed)]
    assert abs(lengths[0] / lengths[1] - 1) < 0.1


def test_own_claims_name_the_place_of_their_source() -> None:
    """Five characters of the second paragraph; a claim on another document is left out."""
    record = {
        "doc": "x", "paragraph": 1, "start": 2, "end": 7, "claim": "建了二所。", "supported": True,
        "kind": "reworded",
    }  # fmt: skip
    (made,) = own_claims({"x": ["一", "乙。建成2所。"]}, [record, {**record, "doc": "y"}])
    assert made.samples[0].text == "建成2所。"
    assert made.answerable


def test_as_many_own_claims_are_supported_as_are_not() -> None:
    """Neither half is more than a tenth larger."""
    halves = [bool(one["supported"]) for one in shipped(CLAIMS)]
    assert 0.45 < sum(halves) / len(halves) < 0.55
