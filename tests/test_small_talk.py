"""Small talk gets a polite line and never a quote; a question behind a greeting is a question."""

import pytest
from command import Command

from index.library import Library
from rag.answering.answer import Answer
from rag.answering.courtesy import LINES
from rag.chain import Request, answer_chain
from rag.query.question import Turn, understand
from rag.query.small_talk import SmallTalk, small_talk, without_greeting
from ui.store import answer_record
from ui.store.answer_record import Searched
from ui.views.answer_view import answer_html

SAID = {
    SmallTalk.GREETING: "你好 您好！ 你好呀 哈喽 早上好 你好吗 hello Hi! hey,",
    SmallTalk.PRESENCE: "在吗 在不在？ 有人吗 测试",
    SmallTalk.THANKS: "谢谢 谢谢你！ 非常感谢 多谢多谢 辛苦了 thanks thx!",
    SmallTalk.FAREWELL: "再见 拜拜～ 晚安 bye",
    SmallTalk.PRAISE: "好的 明白了 你真棒！ OK 嗯嗯",
    SmallTalk.BLAME: "不对 你太笨了 答错了",
    SmallTalk.WHO: "你是谁 你是谁啊？ 你叫什么名字 你是机器人吗 介绍一下你自己 谁开发的你",
    SmallTalk.HELP: "你能做什么 你会干啥 怎么用？ 有什么功能 帮助 我可以问什么问题 help",
    SmallTalk.AMUSE: "讲个笑话 能不能讲个冷笑话 陪我聊聊天 你几岁了 我好无聊",
}
WORDS = [(said, kind) for kind, all_said in SAID.items() for said in all_said.split()]
SENTENCES = [
    ("Good morning", SmallTalk.GREETING),
    ("Thank you very much!", SmallTalk.THANKS),
    ("Who are you?", SmallTalk.WHO),
    ("What can you do?", SmallTalk.HELP),
    ("Can you tell me a joke?", SmallTalk.AMUSE),
    ("你好，请问你能做什么？", SmallTalk.HELP),
    ("谢谢，再见", SmallTalk.FAREWELL),
]
QUESTIONS = (
    "你好，安阳查出多少问题", "好的做法有哪些", "那漯河呢？", "为什么", "人大代表能做什么",
    "谁介绍了经验", "在哪里", "有哪些问题", "怎么做的", "说了什么", "测试了几次",
    "谢谢，再问一下吕梁有多少",
)  # fmt: skip


@pytest.mark.parametrize(("said", "kind"), [*WORDS, *SENTENCES])
def test_what_is_said_besides_questions_is_known(said: str, kind: SmallTalk) -> None:
    """With particles, marks and names around it, in both languages."""
    assert small_talk(said) is kind


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_no_small_talk(question: str) -> None:
    """Whatever word of it could be said by itself."""
    assert small_talk(question) is None


def test_a_greeting_before_a_question_is_left_out_of_it() -> None:
    """What is searched is the question."""
    assert without_greeting("您好，请问安阳查出多少问题") == "请问安阳查出多少问题"
    assert without_greeting("您好！") == "您好！"
    assert understand("你好，三门峡建成多少个助餐场所").understood == "三门峡建成多少个助餐场所"


def answered(library: Library, question: str, history: tuple[Turn, ...] = ()) -> Answer:
    return answer_chain(library).invoke(Request(question, history))


def test_a_greeting_is_answered_with_questions_that_the_library_answers(library: Library) -> None:
    """Two of them, each of which is answered with a source."""
    answer = answered(library, "你好")
    assert answer.text.startswith("您好！")
    assert not answer.citations
    assert not answer.refused
    assert len(answer.offered) == 2
    for question in answer.offered:
        assert answered(library, question).citations


def test_english_is_answered_in_english(library: Library) -> None:
    """The questions offered are the library's, in Chinese."""
    assert answered(library, "Who are you?").text.startswith("I am Jianbao")
    assert answered(library, "thanks").text == "You are welcome."


def test_thanks_in_a_conversation_ask_nothing_again(library: Library) -> None:
    """Though a short line would lean on the question before it."""
    said: tuple[Turn, ...] = (
        {"role": "user", "content": "三门峡建成了多少个老年助餐场所"},
        {"role": "assistant", "content": "180个。"},
    )
    answer = answered(library, "谢谢", said)
    assert (answer.text, answer.citations) == ("不客气。", ())


def test_every_kind_has_its_lines() -> None:
    """In both languages."""
    assert LINES.keys() == set(SmallTalk)


def test_offered_questions_are_links_on_the_page_and_are_kept(library: Library) -> None:
    """A click asks them; nothing is said to have been searched or checked."""
    record = answer_record.read(answer_record.write(answered(library, "你好"), Searched(5)))
    shown = answer_html(record)
    assert shown.count('class="jb-next"') == 2
    assert "jb-check" not in shown


def test_an_empty_library_offers_nothing(jianbao: Command) -> None:
    """The polite line stands alone, also through the command line."""
    assert jianbao("ask", "你能做什么").out.startswith("我用资料库里的简报原文回答问题")
