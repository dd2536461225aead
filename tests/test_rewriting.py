"""翻译成英文, 精简到100字: the answer before in other words, and nothing that it did not say."""

from collections.abc import Iterator
from pathlib import Path

import openai
import pytest
from doubles import library_of, word_chain
from llm_server import Script, llm_server
from openai.types.chat import ChatCompletionMessageParam as Message
from web_server import served

from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request
from rag.query.question import Turn
from rag.query.rewriting import Language, rewrite_order, rewriting_of, without_rewritings
from rag.refusing.reasons import Reason
from rag.settings import read_settings
from rag.writing.chat_model import chat_model
from ui.page.chat_page import build_page
from ui.server.programs import Programs
from ui.server.server import application
from ui.store.conversations import Conversations
from ui.store.page_database import Store

QUESTION = "开封市建成了多少个老年食堂"
WRITTEN = "开封市建成老年食堂52个[1]。惠及老人3万人[1]。"
SAID = "开封市建成老年食堂52个。[1]\n惠及老人3万人。[1]"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two small bulletins."""
    with library_of(
        tmp_path_factory.mktemp("rewriting"),
        kaifeng=("开封市", "2024年5月，全市建成老年食堂52个，惠及老人3万人。"),
        xinxiang=("新乡市", "全市建成老年食堂31个，开设课程12门。"),
    ) as library:
        yield library


@pytest.fixture
def script() -> Iterator[Script]:
    """What the chat model writes; `url` is where it does."""
    with llm_server() as (url, script):
        script.url = url
        yield script


def conversation(*said: str) -> tuple[Turn, ...]:
    """What was said in turn, by who asks first."""
    roles = ("user", "assistant")
    return tuple(Turn(role=roles[n % 2], content=text) for n, text in enumerate(said))


def ordered(
    library: Library, script: Script, order: str, *written: str, said: str = SAID
) -> Answer:
    """What becomes of an order after an answer."""
    script.pieces = [f"{one}\n" for one in written]
    settings = read_settings({"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": script.url})
    chain = word_chain(library, chat_model(settings))
    return chain.invoke(Request(order, conversation(QUESTION, said)))


# What is an order


@pytest.mark.parametrize(
    ("text", "language", "length"),
    [
        ("翻译成英文", Language.ENGLISH, None),
        ("请把上面的回答翻译成英文。", Language.ENGLISH, None),
        ("用英文再说一遍", Language.ENGLISH, None),
        ("翻译成法语", Language.OTHER, None),
        ("精简到100字", None, 100),
        ("再短一点", None, None),
        ("写成汇报", None, None),
        ("把这段话改写成正式的工作汇报，控制在二百字以内", None, 200),
        ("整理成三个要点，翻译成英文", Language.ENGLISH, None),
        ("Please translate the answer into English", Language.ENGLISH, None),
        ("shorten it to 50 words", None, 50),
    ],
)
def test_an_order_names_nothing_of_its_own(
    text: str, language: Language | None, length: int | None
) -> None:
    """Only a language, a length or a form, however politely."""
    order = rewrite_order(text)
    assert order is not None
    assert (order.language, order.length) == (language, length)


@pytest.mark.parametrize(
    "text",
    [QUESTION, "把鹤壁的做法精简到100字", "写成三门峡的汇报", "总结一下", "那漯河呢", "再具体一点",
     "用100字概括鹤壁医养结合的做法", "精简了多少个机构", "哪些单位做了汇报",
     "How many in English schools"],
)  # fmt: skip
def test_what_asks_of_the_bulletins_is_no_order(text: str) -> None:
    """A subject, a place or a question word makes a question of it."""
    assert rewrite_order(text) is None


def test_an_order_is_about_the_last_answer_that_cites() -> None:
    """Orders in between and what was refused are passed over; what is in English stays so."""
    english = "Kaifeng built 52 canteens.[1]"
    before = conversation(QUESTION, SAID, "翻译成日文", "译文要逐句核对。", "翻译成英文", english)
    found = rewriting_of("精简到30字", before)
    assert found is not None
    assert (found.question, found.said, found.language) == (QUESTION, SAID, Language.ENGLISH)


def test_no_question_leans_on_an_order() -> None:
    """Of a conversation its questions are left."""
    asked = conversation(QUESTION, SAID)
    assert without_rewritings((*asked, *conversation("翻译成英文", "Kaifeng …[1]"))) == asked


# What comes of it


def test_a_translation_stands_by_the_citations_of_the_answer(
    library: Library, script: Script
) -> None:
    """Each sentence leads to the one in the bulletin; the model was given the answer alone."""
    answer = ordered(
        library, script, "翻译成英文", "Kaifeng built 52 canteens for the elderly [1].",
        "They serve 30,000 elderly people [1].",
    )  # fmt: skip
    assert answer.text == (
        "Kaifeng built 52 canteens for the elderly.[1]\nThey serve 30,000 elderly people.[1]"
    )
    assert "老年食堂52个" in answer.citations[0].quote
    assert not answer.warnings
    sent = str(script.requests[-1]["messages"])
    assert "开封市建成老年食堂52个。[1]" in sent
    assert "新乡" not in sent


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("Kaifeng built 62 canteens [1].", "figure"),
        ("They serve 3 million elderly people [1].", "figure"),
        ("52% of the canteens were built [1].", "unit"),
        ("More than 52 canteens were built [1].", "about"),
        ("In June 2024 canteens were built [1].", "date"),
        ("In 2023 canteens were built [1].", "figure"),
        ("The 52 canteens were not built [1].", "denied"),
        ("Luoyang built 52 canteens [1].", "place"),
        ("Kaifeng built 52 canteens [7].", "marker"),
        ("Kaifeng built 52 canteens.", "marker"),
        ("开封市建成老年食堂52个[1]。", "language"),
    ],
)
def test_a_translation_that_says_something_else_is_struck(
    library: Library, script: Script, bad: str, fault: str
) -> None:
    """By its figures, dates, places and citations."""
    answer = ordered(
        library, script, "翻译成英文", "In May 2024 Kaifeng built 52 canteens [1].", bad
    )
    assert answer.text == "In May 2024 Kaifeng built 52 canteens.[1]"
    assert [one.faults[0] for one in answer.struck] == [fault]
    assert [one.kind for one in answer.warnings] == ["struck"]


def test_a_shorter_answer_is_held_against_what_it_cites(library: Library, script: Script) -> None:
    """What is left of it is as true as before; what is put in is struck."""
    answer = ordered(
        library,
        script,
        "精简到30字",
        "建成老年食堂52个[1]。",
        "全省第一[1]。",
        "惠及老人52万人[1]。",
    )
    assert answer.text == "建成老年食堂52个。[1]"
    assert len(answer.struck) == 2


def test_what_is_longer_than_was_wanted_is_told_of(library: Library, script: Script) -> None:
    """The text stays, with its length beside it."""
    answer = ordered(
        library, script, "精简到30字",
        "2024年5月，开封市全市建成老年食堂52个，惠及全市老人3万人，老人有了老年食堂[1]。",
    )  # fmt: skip
    assert [one.kind for one in answer.warnings] == ["length"]


def test_where_nothing_stands_the_answer_before_is_told(library: Library, script: Script) -> None:
    """As it was, with a word of why; so where the model fails."""
    answer = ordered(library, script, "写成汇报", "全省共建成9999个[1]。")
    assert (answer.text, answer.warnings[0].kind) == (SAID, "model")
    script.status = 500
    answer = ordered(library, script, "写成汇报")
    assert (answer.text, answer.warnings[0].kind) == (SAID, "model")


def test_what_a_program_says_was_said_is_no_source(library: Library, script: Script) -> None:
    """A sentence that no bulletin bears out is neither shown to the model nor rewritten."""
    said = f"{SAID}\n洛阳市建成老年食堂999个。[2]"
    ordered(library, script, "翻译成英文", "Kaifeng built 52 canteens [1].", said=said)
    assert "999" not in str(script.requests[-1]["messages"])


def test_an_answer_in_the_words_of_the_source_is_rewritten_too(
    library: Library, script: Script
) -> None:
    """Its value, its leads and its table are read."""
    asked = "开封市和新乡市各建成了多少个老年食堂"
    table = word_chain(library).invoke(Request(asked)).text
    settings = read_settings({"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": script.url})
    script.pieces = ["Kaifeng built 52 canteens [1].\n", "Xinxiang built 31 [2].\n"]
    request = Request("翻译成英文", conversation(asked, table))
    answer = word_chain(library, chat_model(settings)).invoke(request)
    assert {one.bulletin for one in answer.citations} == {"kaifeng", "xinxiang"}


@pytest.mark.parametrize(
    ("order", "before", "reason"),
    [
        ("翻译成英文", (), Reason.REWRITE),
        (
            "写成汇报",
            ("拉萨市建成了多少个老年食堂", "资料中没有关于拉萨市的内容。"),
            Reason.REWRITE,
        ),
        ("翻译成法语", (QUESTION, SAID), Reason.LANGUAGE),
    ],
)
def test_what_cannot_be_rewritten_is_said_in_a_line(
    library: Library, script: Script, order: str, before: tuple[str, ...], reason: Reason
) -> None:
    """Without an answer that cites, or into a language that nothing can be checked in."""
    settings = read_settings({"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": script.url})
    chain = word_chain(library, chat_model(settings))
    answer = chain.invoke(Request(order, conversation(*before)))
    assert (answer.refused, answer.reason, answer.text.count("\n")) == (True, reason, 0)
    assert not script.requests


def test_without_a_model_an_order_is_declined(library: Library) -> None:
    """In one line, as before."""
    answer = word_chain(library).invoke(Request("翻译成英文", conversation(QUESTION, SAID)))
    assert (answer.refused, answer.reason) == (True, Reason.MODEL)
    assert "\n" not in answer.text


def test_a_follow_up_after_an_order_leans_on_the_question(library: Library, script: Script) -> None:
    """那新乡呢 asks what was asked of 开封."""
    settings = read_settings({"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": script.url})
    script.pieces = ["新乡市建成老年食堂31个[1]。"]
    said = conversation(QUESTION, SAID, "翻译成英文", "Kaifeng built 52 canteens.[1]")
    answer = word_chain(library, chat_model(settings)).invoke(Request("那新乡呢？", said))
    assert answer.understood == "新乡建成了多少个老年食堂"
    assert "31个" in answer.text


def test_a_program_orders_by_openais_chat(library: Library, script: Script, tmp_path: Path) -> None:
    """A conversation over HTTP: question, answer with its sources, order, translation, streamed."""
    settings = read_settings({"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": script.url})
    chain = word_chain(library, chat_model(settings))
    store = Store(tmp_path / "conversations.sqlite")
    app = application(
        build_page(library, chain, store), Conversations(store), programs=Programs(library, chain)
    )
    with served(app) as url:
        client = openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0)
        script.pieces = [WRITTEN]
        said: list[Message] = [{"role": "user", "content": QUESTION}]
        first = client.chat.completions.create(model="jianbao", messages=said)
        said += [
            {"role": "assistant", "content": first.choices[0].message.content},
            {"role": "user", "content": "翻译成英文"},
        ]
        script.pieces = ["Kaifeng built 52 canteens [1].\n", "They serve 30,000 people [1].\n"]
        chunks = list(client.chat.completions.create(model="jianbao", messages=said, stream=True))
        pieces = [chunk.choices[0].delta.content or "" for chunk in chunks]
        assert pieces[0] == "Kaifeng built 52 canteens.[1]"
        assert "30,000" in pieces[1]
        assert (chunks[-1].model_extra or {})["citations"][0]["bulletin"] == "kaifeng"
