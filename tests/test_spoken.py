"""Small talk in words that no list has is told by the embedded encoder, and questions are not."""

import pytest

from index.library import Library
from index.vectors.encoder import SentenceTransformerEncoder
from index.vectors.transformer_encoder import TransformerEncoder
from rag.chain import Request, answer_chain
from rag.query.question import understand
from rag.query.small_talk import SmallTalk
from rag.query.spoken import SpokenLines
from rag.training.line_fit import SPOKEN_LINES, learned, spoken_examples

SAID = {
    "谢谢你的帮忙，材料交上去了": SmallTalk.THANKS,
    "我下班啦，拜": SmallTalk.FAREWELL,
    "你是智能客服吗": SmallTalk.WHO,
    "今天好热": SmallTalk.AMUSE,
    "加完班好困，来个段子醒醒神": SmallTalk.AMUSE,
    "what are you able to do": SmallTalk.HELP,
}
ASKED = (
    "谁感谢了社区", "天热给工人发了什么", "机器人用在哪里", "你们市有几个敬老院", "这个平台怎么用",
    "会上讲了什么故事", "为什么", "还有哪些", "who thanked the volunteers", "what can residents do",
)  # fmt: skip


@pytest.fixture(scope="module")
def lines() -> SpokenLines:
    encoder = TransformerEncoder()
    return SpokenLines(lambda text: encoder.encode([text], "query")[0])


@pytest.mark.parametrize(("said", "kind"), SAID.items())
def test_small_talk_is_told_in_any_words(lines: SpokenLines, said: str, kind: SmallTalk) -> None:
    """None of these lines is in the list or was learned from."""
    assert said not in SPOKEN_LINES.read_text("utf-8")
    assert lines.surely(understand(said)) is kind


@pytest.mark.parametrize("question", ASKED)
def test_a_question_is_not_taken_for_it(lines: SpokenLines, question: str) -> None:
    """Though it has words of thanks, of the weather, of robots."""
    assert lines.surely(understand(question)) is None


def test_a_place_a_year_or_a_bulletin_makes_a_question(lines: SpokenLines) -> None:
    """The encoder is not even asked."""
    for question in ("漯河今天天气怎么样", "2024年你开心吗", "这期简报讲了什么"):
        assert lines.said(understand(question)) is None


def test_behind_a_conversation_more_is_needed(lines: SpokenLines) -> None:
    """A short line may lean on what was said."""
    said = understand("争得厉害的呢", [{"role": "user", "content": "会上提了哪些意见"}])
    assert lines.surely(said) is None


def test_another_encoder_has_the_list_alone() -> None:
    """Its vectors mean nothing to the weights."""
    table = SentenceTransformerEncoder()
    spoken = SpokenLines(lambda text: table.encode([text], "query")[0])
    assert spoken.surely(understand("谢谢")) is SmallTalk.THANKS
    assert spoken.said(understand("今天好热")) is None


def test_the_recipe_learns_from_its_lines() -> None:
    """A few of each kind are enough to tell them apart again; the same lines give the same."""
    few: dict[str, list[str]] = {}
    for kind, line in spoken_examples():
        few.setdefault(kind, []).append(line)
    taught = [(kind, line) for kind, own in few.items() for line in own[:6]]
    encoder = TransformerEncoder()
    model = learned(encoder, taught)
    vectors = encoder.encode([line for _, line in taught], "query")
    told = [model.kinds[n] for n in (vectors @ model.weights.T + model.bias).argmax(1)]
    right = sum(kind == said for kind, (said, _) in zip(told, taught, strict=True))
    assert right > 0.9 * len(taught)
    assert set(model.kinds) == {*SmallTalk, "question"}


def test_a_question_without_an_antecedent_is_asked_back(library: Library) -> None:
    """Nothing is guessed, nothing quoted."""
    answer = answer_chain(library).invoke(Request("那漯河呢？"))
    assert answer.refused
    assert answer.text.startswith("您问的是哪个地方、哪件事")
