"""A question in English is understood, searched and answered like one in Chinese."""

import pytest

import rag
from index.library import Library
from index.words.terms import Term
from rag.query.english_followup import complete_english
from rag.query.english_terms import is_english, translate
from rag.query.intents import Wants
from rag.query.question import Turn, understand
from rag.query.sides import sides
from rag.retrieval.search import search


def words(question: str) -> set[str]:
    return {word for term in translate(question) for word, _ in term.alternatives}


@pytest.mark.parametrize(
    ("text", "english"),
    [("How many?", True), ("三门峡 GDP", False), ("2024", False), ("elderly", True), ("", False)],
)
def test_a_question_without_chinese_characters_is_english(text: str, english: bool) -> None:
    """A mixed one stays Chinese."""
    assert is_english(text) is english


@pytest.mark.parametrize(
    ("question", "wants", "unit"),
    [
        ("How many people who live alone were visited when it snowed?", Wants.NUMBER, "人"),
        ("What percentage of homes is vacant?", Wants.NUMBER, "%"),
        ("How much money did it cost?", Wants.NUMBER, "元"),
        ("how many deputies' proposals did they read", Wants.NUMBER, ""),
        ("Who leads the group?", Wants.PERSON, ""),
        ("When was the regulation passed?", Wants.DATE, ""),
        ("Between which dates did the groups go out?", Wants.DATE, ""),
        ("Why does Luohe need a regulation?", Wants.WAY, ""),
        ("What methods were used?", Wants.WAY, ""),
        ("Which departments take part?", Wants.LIST, ""),
        ("Compare Sanmenxia and Luohe", Wants.COMPARISON, ""),
        ("Which bulletins are there?", Wants.CATALOGUE, ""),
        ("Are the homes full?", Wants.FACT, ""),
    ],
)
def test_the_kind_of_answer_is_read_from_english(question: str, wants: Wants, unit: str) -> None:
    """The first asking word decides; a possessive is not what is counted."""
    query = understand(question)
    assert (query.wants, query.unit) == (wants, unit)


def test_places_and_years_are_read_from_english() -> None:
    """Of a district in a city the district is asked about."""
    query = understand("How many beds did Shanyang District in Jiaozuo have in 2024?")
    assert [place.name for place in query.places] == ["山阳区"]
    assert query.years == ("2024",)
    assert query.wants is Wants.NUMBER


def test_the_longest_phrase_comes_first_and_its_words_beside_it() -> None:
    """A day-care centre is 日间照料中心; 中心 alone counts half."""
    terms = translate("day-care centres")
    assert terms[0] == Term((("日间照料中心", 1.0),))
    assert any(dict(term.alternatives).get("中心") == 0.5 for term in terms[1:])


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("on May 16", "5月16日"),
        ("the 9th of September", "9月9日"),
        ("in November", "11月"),
        ("20 million yuan", "2000万"),
        ("1.5 billion", "15亿"),
        ("1,575 homes", "1575"),
        ("the GDP of Hebi", "gdp"),
        ("in Sanmenxia", "三门峡"),
        ("Shanyang District", "山阳区"),
    ],
)
def test_dates_amounts_and_names_are_written_as_chinese_writes_them(
    question: str, chinese: str
) -> None:
    """Figures are carried over, Latin words kept."""
    assert chinese in words(question)


def test_function_words_are_dropped() -> None:
    """What asks or connects is not searched for."""
    assert translate("How many of them are there, and who is it?") == ()


def test_a_name_in_pinyin_is_a_term_to_resolve() -> None:
    """Given name and surname together; an ordinary word at the head of a sentence is none."""
    assert Term((("wang", 1.0), ("zefeng", 1.0)), (("wang", "ze", "feng"),)) in translate(
        "What does Wang Zefeng think?"
    )
    assert not any(term.syllables for term in translate("Children can manage."))


@pytest.mark.parametrize(
    ("question", "before", "understood"),
    [
        ("What about Luohe?", "How many did Hebi build?", "How many did Luohe build?"),
        ("And in Luohe?", "三门峡建成了多少个老年助餐场所", "漯河建成了多少个老年助餐场所"),
        ("How many did it train?", "What did Hebi do?", "How many did it train (Hebi)?"),
        ("How many beds has Anyang?", "What did Hebi do?", "How many beds has Anyang?"),
    ],
)  # fmt: skip
def test_a_question_that_leans_is_completed(question: str, before: str, understood: str) -> None:
    """From the question before it, whichever language that was in."""
    assert complete_english(question, before) == understood
    assert understand(question, [Turn(role="user", content=before)]).understood == understood


def test_a_comparison_is_asked_one_place_at_a_time() -> None:
    """Each part searches for its own place only."""
    parts = sides(understand("Compare Sanmenxia and Luohe: how many meal sites are there?"))
    assert [part.query.places[0].short for part in parts] == ["三门峡", "漯河"]
    assert all(part.query.wants is Wants.NUMBER for part in parts)
    assert "漯河" not in parts[0].query.chinese


@pytest.mark.parametrize(
    ("question", "bulletin", "quote"),
    [
        ("How many meal service sites for the elderly has Sanmenxia built?",
         "henan-053-sanmenxia", "180个"),
        ("What does Wang Zefeng think of scientific and technological work?",
         "lvliang-2025-11-28", "王泽峰"),
        ("How many day-care centres for rural elderly people has Lvliang built?",
         "lvliang-2025-11-28", "1575个"),
    ],
)  # fmt: skip
def test_english_finds_the_chinese_paragraph(
    library: Library, question: str, bulletin: str, quote: str
) -> None:
    """Among the first three."""
    hits = search(library, understand(question), 3)
    assert any(hit.bulletin == bulletin and quote in hit.text for hit in hits)


def test_english_is_answered_in_the_words_of_the_source(library: Library) -> None:
    """The evidence is the sentence that holds the figure."""
    answer = rag.ask("How many day-care centres for rural elderly people has Lvliang built?",
                     library=library)  # fmt: skip
    assert "1575" in answer.text
