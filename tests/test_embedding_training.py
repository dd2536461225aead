"""The encoder learns by contrast: a question's passage among all passages of a step."""

import random
from pathlib import Path

import pytest
import torch
from test_reading_files import tiny_net, tiny_tokenizer

from corpus.bulletin import Span
from rag.training.embedding.contrast import Texts, embedded, pair_loss, train
from rag.training.embedding.embedding_model import EmbeddingNet, padded, with_layers
from rag.training.embedding.pairs import PairMixture
from rag.training.reading.mixture import Source
from rag.training.reading.samples import Role, Sample, TaughtQuestion
from rag.training.reading.training_loop import Schedule

TOLD = "全市建成助餐点180个。培训护理员640人。"
WRONG = "服务老人3万人。三门峡有护理员。"


def sample(text: str, role: Role, before: str = "") -> Sample:
    end = text.index("。") + 1
    spans = (Span(0, end), Span(end, len(text)))
    right = (0,) if role is Role.ANSWERS else ()
    return Sample("建成多少个助餐点", before, "", text, spans, right, None, role)


def taught(number: int, before: str = "") -> TaughtQuestion:
    samples = (sample(TOLD, Role.ANSWERS, before), sample(WRONG, Role.TEMPTS, before))
    return TaughtQuestion(str(number), "number", "w1", True, samples)


@pytest.fixture
def net() -> EmbeddingNet:
    reader = tiny_net(tiny_tokenizer())
    return EmbeddingNet(reader.encoder, reader.padding)


def mixture(*questions: TaughtQuestion) -> PairMixture:
    return PairMixture([Source(questions, 1.0)], random.Random(1))


def test_a_pair_is_a_question_with_what_answers_and_what_tempts() -> None:
    """The passage holds the sentence that answers, the negative is cut from another window."""
    (pair,) = mixture(taught(1)).draw(1)
    assert "助餐点180个" in pair.passage
    assert pair.passage in TOLD
    assert pair.negative is not None
    assert pair.negative in WRONG
    assert pair.answers == {TOLD}


def test_questions_that_lean_on_a_conversation_are_left_out() -> None:
    """So are those that nothing answers: there is no passage to be near to."""
    drawn = mixture(taught(1), taught(2, before="三门峡")).draw(20)
    assert len(drawn) == 20
    unanswered = TaughtQuestion("3", "number", "w1", False, (sample(WRONG, Role.TEMPTS),))
    assert len(mixture(taught(1), unanswered).draw(5)) == 5


def test_vectors_come_in_the_order_of_their_texts(net: EmbeddingNet) -> None:
    """Though texts of like length go through the net together, and padding changes nothing."""
    net.eval()
    texts = Texts(tiny_tokenizer())
    several = [texts.ids(text, "document") for text in (TOLD * 9, "餐", WRONG, "老人")]
    together = embedded(net, several)
    alone = torch.cat([embedded(net, [one]) for one in several])
    assert torch.allclose(together, alone, atol=2e-2)
    assert torch.allclose(together.norm(dim=1), torch.ones(4), atol=1e-2)


def test_passages_that_answer_too_are_no_alternatives(net: EmbeddingNet) -> None:
    """Two questions answered by one window: neither's passage counts against the other, so that two
    pairs without negatives cost nothing.
    """
    net.eval()
    only = TaughtQuestion("1", "number", "w1", True, (sample(TOLD, Role.ANSWERS),))
    pairs = mixture(only).draw(2)
    loss = pair_loss(net, Texts(tiny_tokenizer()), pairs)
    assert float(loss.detach()) == pytest.approx(0.0, abs=1e-3)


def test_a_run_learns_and_goes_on_where_it_ended(net: EmbeddingNet, tmp_path: Path) -> None:
    """The lower layer stays as it was, the upper one moves; a run that has ended does nothing."""
    before = {name: value.clone() for name, value in net.state_dict().items()}
    schedule, file = Schedule(2, rate=1e-3, frozen=1), tmp_path / "encoder.safetensors"
    train(net, mixture(taught(1)), tiny_tokenizer(), schedule, file)
    after = net.state_dict()
    assert torch.equal(after["encoder.layers.0.widen.weight"],
                       before["encoder.layers.0.widen.weight"])  # fmt: skip
    assert not torch.equal(after["encoder.layers.1.widen.weight"],
                           before["encoder.layers.1.widen.weight"])  # fmt: skip
    ended = {name: value.clone() for name, value in after.items()}
    train(net, mixture(taught(1)), tiny_tokenizer(), schedule, file)
    assert all(torch.equal(value, ended[name]) for name, value in net.state_dict().items())


def test_layers_are_taken_and_texts_padded() -> None:
    """The second of two layers alone; lengths of 3 and 1 become 4."""
    encoder = tiny_net(tiny_tokenizer()).encoder
    kept = encoder.layers[1]
    assert list(with_layers(encoder, [1]).layers) == [kept]
    assert encoder.shape.layers == 1
    assert padded([[5, 6, 7], [8]], padding=1, step=4).tolist() == [[5, 6, 7, 1], [8, 1, 1, 1]]
