"""A question becomes a query: what is asked, where, when, and completed from the history."""

import pytest

from corpus.errors import CallError
from rag.query.asking import without_asking
from rag.query.followup import complete
from rag.query.intents import Wants
from rag.query.question import MAX_QUESTION_CHARS, Turn, subject_words, understand
from rag.query.sides import sides


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("三门峡建成了多少个老年助餐场所", Wants.NUMBER),
        ("养老设施覆盖率的占比是多少", Wants.NUMBER),
        ("How many day-care centres are there?", Wants.NUMBER),
        ("联动监督领导小组组长是谁", Wants.PERSON),
        ("条例什么时候提请审查批准", Wants.DATE),
        ("工作指南包含哪些内容", Wants.LIST),
        ("揭榜挂帅机制怎么做", Wants.WAY),
        ("三门峡和漯河的助餐场所", Wants.COMPARISON),
        ("库里有哪些简报", Wants.CATALOGUE),
        ("护理床", Wants.FACT),
    ],
)
def test_the_kind_of_answer_is_read_from_the_question(question: str, wants: Wants) -> None:
    """Asking words decide what kind of answer is wanted; two places make a comparison."""
    assert understand(question).wants is wants


def test_places_and_years_are_read_from_the_question() -> None:
    """A place is known in its short form, a year with blanks around it."""
    query = understand("三门峡 2023 年底60岁以上人口多少")
    assert [place.name for place in query.places] == ["三门峡市"]
    assert query.years == ("2023",)


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("有多少家机构", "家"),
        ("花了多少万元", "元"),
        ("一共几个", "个"),
        ("人口有多少", ""),
        ("完成率达到多少", "%"),
    ],
)
def test_the_unit_asked_in_is_read_from_the_question(question: str, unit: str) -> None:
    """The measure word behind 多少 or 几 says in what the answer must be."""
    assert understand(question).unit == unit


def test_a_bare_place_takes_over_the_question_before() -> None:
    """那漯河呢 asks the last question about another place."""
    history = [Turn(role="user", content="三门峡建成了多少个老年助餐场所")]
    query = understand("那漯河呢？", history)
    assert query.understood == "漯河建成了多少个老年助餐场所"
    assert [place.name for place in query.places] == ["漯河市"]


def test_a_chain_of_follow_ups_goes_back_to_the_whole_question() -> None:
    """The second 呢 still knows what the first question asked."""
    history = [
        Turn(role="user", content="三门峡建成了多少个老年助餐场所"),
        Turn(role="assistant", content="180个"),
        Turn(role="user", content="那漯河呢"),
        Turn(role="assistant", content="155个"),
    ]
    assert understand("鹤壁呢", history).understood == "鹤壁建成了多少个老年助餐场所"


def test_a_pronoun_stands_for_the_subject_before() -> None:
    """它 becomes what the last question was about."""
    assert complete("它入驻了多少企业", "晋创谷·吕梁是什么") == "晋创谷·吕梁入驻了多少企业"


def test_what_was_asked_about_goes_with_a_short_question() -> None:
    """The nouns of the last question stay, its asking words go."""
    history = [Turn(role="user", content="安阳五月那轮检查查出多少重点问题")]
    query = understand("改好了几个", history)
    assert query.understood == "安阳五月那轮检查查出重点问题，改好了几个"
    assert query.wants is Wants.NUMBER


def test_a_whole_question_without_a_place_is_asked_where_the_last_one_was() -> None:
    """The place of the conversation goes along, unless all places are meant."""
    history = [Turn(role="user", content="吕梁科技创新座谈会哪天开的？")]
    query = understand("到丰源网架那几家，主要问了企业些啥", history)
    assert query.understood == "吕梁市，到丰源网架那几家，主要问了企业些啥"
    assert understand("哪些市把老年助餐列入了民生实事", history).places == ()


def test_the_last_answer_tells_the_place_where_no_question_does() -> None:
    """它 is the city that was named in the answer."""
    history = [
        Turn(role="user", content="哪里建了一千多个日间照料中心"),
        Turn(role="assistant", content="吕梁市：全市建成1575个。[1]"),
    ]
    assert [place.name for place in understand("有多少护理床", history).places] == ["吕梁市"]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("安阳查出多少重点问题？", "安阳查出重点问题"),
        ("三门峡市长是谁", "三门峡市长"),
        ("城市社区里有多少处养老设施？", "城市社区里养老设施"),
        ("济南按人口怎么配急救车", "济南按人口配急救车"),
    ],
)
def test_a_question_without_its_asking_words_is_its_topic(question: str, topic: str) -> None:
    """Asking words go with their measure words; what they ask about stays."""
    assert without_asking(question) == topic


def test_a_question_that_stands_by_itself_ignores_the_history() -> None:
    """A whole question is not changed by what came before."""
    history = [Turn(role="user", content="三门峡建成了多少个老年助餐场所")]
    question = "吕梁市给多少名困难失能老人安装了护理床"
    assert understand(question, history).understood == question


def test_a_comparison_is_asked_one_place_at_a_time() -> None:
    """Each part names its own place only and wants the figure."""
    parts = sides(understand("三门峡和漯河各有多少个助餐场所"))
    assert [part.query.places[0].short for part in parts] == ["三门峡", "漯河"]
    assert all(part.query.wants is Wants.NUMBER for part in parts)
    assert "漯河" not in parts[0].query.understood


def test_the_subject_has_neither_asking_words_nor_places() -> None:
    """What is left is what to look for."""
    words = subject_words(understand("三门峡一共建成了多少个助餐场所？"))
    assert "多少" not in words
    assert "三门峡" not in words
    assert "助餐" in "".join(words)


def test_the_mayor_stays_when_the_city_goes() -> None:
    """Of 三门峡市长 the 市长 is asked about."""
    assert "市长" in subject_words(understand("谁是三门峡市长"))


@pytest.mark.parametrize("question", ["", "  \n\t　"])
def test_an_empty_question_is_refused(question: str) -> None:
    """Nothing asked is the caller's mistake, told in both languages."""
    with pytest.raises(CallError, match=r"empty.*问题为空"):
        understand(question)


def test_a_question_of_a_hundred_thousand_characters_is_refused() -> None:
    """The message names its length and the limit."""
    with pytest.raises(CallError, match=f"100,000 characters, at most {MAX_QUESTION_CHARS:,}"):
        understand("问" * 100_000)


def test_a_history_of_a_million_characters_is_refused() -> None:
    """It would take seconds; a long conversation of ordinary turns is read at its end."""
    said: list[Turn] = [{"role": "assistant", "content": "话" * 100_000}] * 10
    with pytest.raises(CallError, match=r"1,000,000 characters, at most 200,000 are read"):
        understand("那漯河呢", said)
    before: list[Turn] = [{"role": "user", "content": "三门峡建成了多少个老年助餐场所"}]
    old: list[Turn] = [{"role": "user", "content": "安阳的组长是谁" * 200}] * 500
    assert understand("那漯河呢", [*old, *before]).understood == "漯河建成了多少个老年助餐场所"


def test_half_of_a_surrogate_pair_does_no_harm() -> None:
    """A broken character becomes a question mark."""
    assert understand("三门峡\ud800助餐").understood == "三门峡?助餐"


def test_he_is_the_person_whom_the_last_answer_names() -> None:
    """他 after an answer with one name stands for that name; after two it stays open."""
    asked = [{"role": "user", "content": "开封民政局局长是谁"}]
    one = [*asked, {"role": "assistant", "content": "局长王军表示，要办好食堂。"}]
    two = [*asked, {"role": "assistant", "content": "局长王军、院长李国华出席。"}]
    assert "王军说了什么" in understand("他说了什么", one).understood
    assert "王军" not in understand("他说了什么", two).understood


def test_another_place_may_be_asked_with_a_preposition() -> None:
    """那在新乡呢 asks the question before of 新乡."""
    history = [{"role": "user", "content": "开封建了多少个食堂"}]
    assert understand("那在新乡呢？", history).understood == "新乡建了多少个食堂"


def test_another_thing_of_the_matter_is_asked_the_same() -> None:
    """在建的呢 behind a number asks for a number."""
    before = [Turn(role="user", content="鹤壁建成了几家医养结合机构")]
    query = understand("正在建的呢？", before)
    assert query.understood == "鹤壁建成了医养结合机构，正在建的几家"
    assert (query.wants, query.unit) == (Wants.NUMBER, "家")


def test_a_question_of_its_own_is_read_without_the_conversation() -> None:
    """What names its place and takes nothing over is asked alone, if it was answered before too:
    a reader that sees the answer beside it looks for something else.
    """
    question = "开封建成了多少个老年食堂"
    said = (Turn(role="user", content=question), Turn(role="assistant", content="180个[1]。"))
    query = understand(question, said)
    assert (query.understood, query.before) == (question, "")
    assert understand("那洛阳呢", said).before == ""
    assert understand("什么时候建成的", said).before != ""
