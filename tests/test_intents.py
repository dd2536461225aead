"""What a question is after: the kind of answer that it wants, and what it asks of the bulletins."""

import pytest

from corpus.bulletin import Kind
from rag.query.english_terms import is_english
from rag.query.intents import ASPECTS, WANTED, Aspect, Wants, asked_aspect
from rag.query.question import Turn, understand
from rag.query.sides import asks_everywhere, sides

# Questions about what the bulletins say, with the kind of answer that each wants.
CONTENT = {
    "信阳的老年大学几月开学": Wants.DATE,
    "信阳老年食堂的牵头人叫什么": Wants.PERSON,
    "信阳的食堂每餐补贴几元": Wants.NUMBER,
    "信阳改造后的电梯完好率": Wants.NUMBER,
    "信阳的助老服务包括什么": Wants.LIST,
    "信阳为何要先改造老楼的电梯": Wants.WAY,
    "信阳与商丘的食堂补贴": Wants.COMPARISON,
    "信阳的老楼改造": Wants.FACT,
    "In what year did the canteen open?": Wants.DATE,
    "Whose idea was the canteen?": Wants.PERSON,
    "How often do nurses call on those who live alone?": Wants.NUMBER,
    "Name the partners that run the canteen": Wants.LIST,
    "What steps came after the visit?": Wants.LIST,
    "What reasons were given for the delay?": Wants.WAY,
    "Is the canteen cheaper than the hospital, or do both of them differ?": Wants.COMPARISON,
    "Did the canteen open?": Wants.FACT,
}
# Questions about the bulletins themselves, with what is asked of them.
ABOUT_BULLETINS = {
    "帮我起草一段各市养老服务的汇报材料": Aspect.DRAFT,
    "Write a short report about care for the elderly": Aspect.DRAFT,
    "信阳那篇由哪家单位提供的": Aspect.CONTRIBUTOR,
    "这一版是谁校对的": Aspect.EDITOR,
    "信阳那篇的撰稿人是谁": Aspect.BYLINE,
    "该期简报抄送了哪些机关": Aspect.RECIPIENTS,
    "信阳的食堂登在第几辑": Aspect.ISSUE,
    "这份专刊的印发日期": Aspect.DATE,
    "这些材料说的是哪几个县": Aspect.PLACES,
    "信阳那篇文章的标题": Aspect.TITLES,
    "手头有多少份简报": Aspect.LIST,
    "你们库里都有什么？": Aspect.LIST,
    "最新的一期是哪天的": Aspect.NEWEST,
    "哪份简报最早": Aspect.OLDEST,
    "给信阳的做法写个提纲": Aspect.OVERVIEW,
    "信阳这份稿子介绍了些什么": Aspect.OVERVIEW,
    "Who supplied the text about Xinyang?": Aspect.CONTRIBUTOR,
    "Is an editor named?": Aspect.EDITOR,
    "Name the journalist, please": Aspect.BYLINE,
    "Who are the recipients?": Aspect.RECIPIENTS,
    "What is its issue number?": Aspect.ISSUE,
    "When was the newspaper printed?": Aspect.DATE,
    "Which places does this bulletin speak of?": Aspect.PLACES,
    "Read me the headline": Aspect.TITLES,
    "What sources do you have?": Aspect.LIST,
    "What is the latest issue?": Aspect.NEWEST,
    "Show me the oldest bulletin": Aspect.OLDEST,
    "Give me an overview": Aspect.OVERVIEW,
}
# Questions with words for an imprint, and the kind of unit where the word may stand.
HINTED = {
    "给信阳来稿的是民政局吗": Kind.CREDIT,
    "信阳的食堂占了多大版面": Kind.PAGE_CREDIT,
    "信阳的食堂有没有署名": Kind.BYLINE,
    "信阳的食堂报送过省里吗": Kind.DISTRIBUTION,
    "信阳的食堂上过专刊吗": Kind.MASTHEAD,
    "信阳的食堂是星期几登的": Kind.PAGE_CREDIT,
    "简报覆盖信阳吗": Kind.TITLE,
    "目录里有信阳吗": Kind.TITLE,
}


@pytest.mark.parametrize(("question", "wants"), CONTENT.items())
def test_a_question_about_content_wants_a_kind_of_answer(question: str, wants: Wants) -> None:
    """Its asking words tell the kind, and nothing is asked of the bulletins themselves."""
    query = understand(question)
    assert (query.wants, query.aspect, query.stated_by) == (wants, None, frozenset())


@pytest.mark.parametrize(("question", "aspect"), ABOUT_BULLETINS.items())
def test_a_question_about_the_bulletins_asks_something_of_them(
    question: str, aspect: Aspect
) -> None:
    """Who wrote, supplied, edited or got them, when, what they are called, which there are."""
    assert understand(question).aspect is aspect


def test_every_row_is_reached_in_both_languages() -> None:
    """A row that no question reaches is one too many, or stands behind one that takes its own."""
    wanted = {(wants, is_english(question)) for question, wants in CONTENT.items()}
    asked = {(aspect, is_english(question)) for question, aspect in ABOUT_BULLETINS.items()}
    languages = (False, True)
    assert {(row.wants, english) for row in WANTED for english in languages} <= wanted
    assert {(row.aspect, english) for row in ASPECTS for english in languages} == asked
    # what is to be put in other words is told by its vector alone
    assert {row.aspect for row in ASPECTS} == set(Aspect) - {Aspect.REWRITE}


@pytest.mark.parametrize(("question", "kind"), HINTED.items())
def test_words_for_an_imprint_lead_to_its_lines(question: str, kind: Kind) -> None:
    """They make no question for the catalogue; lines that may state it are searched as well."""
    query = understand(question)
    assert (query.aspect, query.stated_by) == (None, {kind})


def test_every_hint_is_reached() -> None:
    """Each row that has looser words is hinted at by one of these questions."""
    hints = [row.hints for row in ASPECTS if row.hints]
    assert all(any(hint.search(question) for question in HINTED) for hint in hints)


@pytest.mark.parametrize("question", ["手头有多少份简报", "Which bulletins are about Xinyang?"])
def test_which_bulletins_there_are_wants_the_catalogue(question: str) -> None:
    """Titles and mastheads tell it, in either language."""
    query = understand(question)
    assert query.wants is Wants.CATALOGUE
    assert query.stated_by >= {Kind.TITLE, Kind.MASTHEAD}


def test_which_bulletins_two_places_have_is_no_comparison() -> None:
    """They are listed together; no side is asked alone, nor every place."""
    query = understand("信阳和商丘都有哪些简报")
    assert query.wants is Wants.CATALOGUE
    assert [side.label for side in sides(query)] == [""]
    assert not asks_everywhere(understand("各市分别有哪些简报"))


def test_which_bulletins_there_are_does_not_lean_on_the_conversation() -> None:
    """The whole library is meant, whatever place was spoken of before."""
    history = [Turn(role="user", content="信阳的食堂每餐补贴几元")]
    assert understand("那有哪些简报", history).understood == "那有哪些简报"


@pytest.mark.parametrize("question", ["申请补贴要交哪些材料", "信阳的水库有哪些", "车库里有什么"])
def test_papers_to_bring_and_other_stores_are_no_bulletins(question: str) -> None:
    """材料 that one hands in are no bulletins, and no 库 but the library has any."""
    assert asked_aspect(question) is None


def test_of_two_asking_words_english_heeds_the_first() -> None:
    """Who, when and which also begin clauses; in Chinese the order of the table decides."""
    assert understand("How many came when the hall opened?").wants is Wants.NUMBER
    assert understand("When did those who came leave?").wants is Wants.DATE
    assert understand("大厅来了多少人时是哪天").wants is Wants.DATE
