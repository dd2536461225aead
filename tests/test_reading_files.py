"""A reader's files are looked at when they are opened: what is wrong with them is one sentence that
names the file and the setting.

tests/data/reader is a whole reader, but tiny and untaught: two layers, 32 wide, a vocabulary of
single characters. It was written by `tiny_net` and `export_reader` below; where the package onnx is
installed the last test makes it again.
"""

import json
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from damage import deleted, emptied, halved, overwritten
from doubles import read_query
from tokenizers import Tokenizer

from corpus.bulletin import Span
from corpus.errors import ModelError
from index.training.encoder_layers import Transformer
from index.training.pretrained import Shape
from index.training.subwords import MASK, SPECIAL, tokenizer_of
from rag.reading.reader import Passage
from rag.reading.readers import default_reader, reader_of
from rag.reading.reading_files import (
    GRAPH,
    OUTPUTS,
    TOKENIZER,
    VOCABULARY,
    ReadingModel,
    load_model,
)
from rag.reading.transformer import TransformerReader
from rag.settings import Settings
from rag.training.reading.reading_model import ReadingNet

TINY = Path(__file__).parent / "data" / "reader"
LETTERS = (
    "▁query:有多少个助餐点全市建成所老人养老服务场护理员培训代表什么时候三门峡吕梁河南"
    "0123456789abcdefghij。，；：、？！“”（）%"
)
QUERY = read_query("有多少个助餐点")
PASSAGE = Passage("全市建成助餐点180个。培训护理员640人。", "三门峡市养老服务")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the tiny reader, for tests that damage it."""
    return Path(shutil.copytree(TINY, tmp_path / "model"))


def tiny_tokenizer() -> Tokenizer:
    pieces = [*SPECIAL, *dict.fromkeys(LETTERS), MASK]
    return tokenizer_of(pieces, [0.0] * len(SPECIAL) + [-1.0] * (len(pieces) - len(SPECIAL)))


def tiny_net(tokenizer: Tokenizer) -> ReadingNet:
    import torch

    torch.manual_seed(7)
    shape = Shape(
        width=32, layers=2, heads=2, inner=64, tokens=tokenizer.get_vocab_size(), positions=512
    )
    return ReadingNet(Transformer(shape), tokenizer.token_to_id("<pad>"))


def refusal(read: Callable[[], object], named: str) -> str:
    """The one line with which a reader is refused, which names what is refused and the setting."""
    with pytest.raises(ModelError) as raised:
        read()
    sentence = str(raised.value)
    assert sentence.splitlines() == [sentence]
    assert named in sentence
    assert "set JIANBAO_READER to" in sentence
    return sentence


def opened(folder: Path) -> str:
    return refusal(lambda: load_model(folder), str(folder))


def asked(folder: Path) -> str:
    """The same at the first question, through the setting."""
    return refusal(lambda: read_by(str(folder)), str(folder))


def read_by(reader: str) -> object:
    set_one = reader_of(Settings(Path(), Path(), reader=reader))
    assert set_one is not None
    return set_one.read(QUERY, [PASSAGE])


def outputs(model: ReadingModel) -> tuple[np.ndarray, ...]:
    question = model.encoding.question(QUERY.question)
    sentences = [Span(0, 13), Span(13, len(PASSAGE.text))]
    return model.run(model.encoding.window(question, PASSAGE.text, sentences, PASSAGE.context))


def test_a_window_goes_in_and_logits_come_out() -> None:
    """One of "absent", one for each sentence, for each token two, and one for a claim."""
    absent, sentences, begins, ends, supported = outputs(load_model(TINY))
    assert supported.shape == ()
    assert absent.shape == ()
    assert sentences.shape == (2,)
    assert begins.shape == ends.shape
    assert len(begins) > len(PASSAGE.text)


@pytest.mark.parametrize("file", [GRAPH, TOKENIZER])
def test_a_file_that_is_missing_is_named(model: Path, file: str) -> None:
    """Also where a folder stands in its place; through the setting as well."""
    deleted(model / file)
    assert f"it has no {file};" in opened(model)
    (model / file).mkdir()
    assert f"it has no {file};" in opened(model)
    assert f"it has no {file};" in asked(model)


def written(data: bytes) -> Callable[[Path], None]:
    """A damage: the file is replaced."""

    def damage(path: Path) -> None:
        path.write_bytes(data)

    return damage


BROKEN = {
    "empty": emptied,
    "cut": halved,
    "text": written("这是一份文件。\n".encode()),
    "pickle": written(pickle.dumps({"weights": [0.0] * 9})),
    "zeros": written(bytes(5000)),
    "another encoding": written("三门峡".encode("utf-16")),
    "JSON of something else": written(b'{"version": "1.0", "model": {"type": "Unigram"}}'),
    "a list": written(b"[]"),
    "deep brackets": written(b"[" * 100_000),
}


@pytest.mark.parametrize("damage", BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("file", [GRAPH, TOKENIZER])
def test_a_file_that_is_none_of_its_kind_is_named(
    model: Path, file: str, damage: Callable[[Path], None]
) -> None:
    """Whatever it is instead, and nothing of it is run."""
    damage(model / file)
    assert f": {file} cannot be read: " in opened(model)


def test_a_tokenizer_without_a_mark_is_told(model: Path) -> None:
    """The sentence names the token that sentences open with."""
    path = model / TOKENIZER
    path.write_text(path.read_text("utf-8").replace(MASK, "<other>"), "utf-8")
    assert f"{TOKENIZER} cannot be read: the tokenizer has no token {MASK};" in opened(model)


def test_a_tokenizer_of_another_model_is_told(model: Path) -> None:
    """Both numbers of tokens are named."""
    tokenizer = tiny_tokenizer()
    known = tokenizer.get_vocab_size()
    tokenizer.add_tokens(["新"])
    tokenizer.save(str(model / TOKENIZER))
    assert f"{GRAPH} knows {known} tokens and {TOKENIZER} has {known + 1};" in opened(model)


@pytest.mark.parametrize("name", ["segments", "absent"])
def test_a_graph_of_another_kind_is_told(model: Path, name: str) -> None:
    """What it takes or gives is named beside what a reader needs."""
    path = model / GRAPH
    other = name[::-1]
    path.write_bytes(path.read_bytes().replace(name.encode(), other.encode()))
    sentence = opened(model)
    assert sentence.index(other) < sentence.index(", not ") < sentence.index(name)


def test_names_that_are_no_text_are_told(model: Path) -> None:
    """A graph may call its inputs by any bytes."""
    path = model / GRAPH
    path.write_bytes(path.read_bytes().replace(b"absent", b"\xff\xfe\xff\xfe\xff\xfe"))
    assert GRAPH in opened(model)


def test_a_graph_that_says_more_than_it_can_fails_in_a_sentence(model: Path) -> None:
    """It is made to claim a token that it has no row for, and is asked about that token."""
    path, tokenizer = model / GRAPH, tiny_tokenizer()
    known = str(tokenizer.get_vocab_size())
    tokenizer.add_tokens(["新"])
    claimed = str(tokenizer.get_vocab_size())
    entry = VOCABULARY.encode() + b"\x12" + bytes([len(known)])
    data = path.read_bytes()
    assert entry + known.encode() in data
    path.write_bytes(data.replace(entry + known.encode(), entry + claimed.encode()))
    tokenizer.save(str(model / TOKENIZER))
    reader = TransformerReader(model)
    assert reader.read(QUERY, [PASSAGE])[0].sentences
    fails = refusal(lambda: reader.read(QUERY, [Passage("新建助餐点")]), str(model))
    assert f"{GRAPH} fails: " in fails


def test_weights_that_are_no_numbers_are_told(model: Path) -> None:
    """No answer is made of them."""
    path = model / GRAPH
    ones, none = np.ones(32, "<f4").tobytes(), np.full(32, np.nan, "<f4").tobytes()
    data = path.read_bytes()
    assert ones in data
    path.write_bytes(data.replace(ones, none))
    assert f"{GRAPH} is damaged: it gives what is no number;" in asked(model)


def test_noise_in_a_graph_gives_numbers_or_a_sentence(model: Path) -> None:
    """A hundred bytes of the weights are any bytes; shares stay shares."""
    overwritten(model / GRAPH)
    told, shares = "", [0.0]
    try:
        (read,) = TransformerReader(model).read(QUERY, [PASSAGE])
        shares = [one.share for one in read.sentences]
    except ModelError as error:
        told = str(error)
    assert GRAPH in told or sum(shares) == pytest.approx(1)


def test_a_reader_that_was_mended_reads(model: Path) -> None:
    """A reader that could not be loaded is tried again at the next question."""
    deleted(model / GRAPH)
    reader = TransformerReader(model)
    assert GRAPH in refusal(lambda: reader.read(QUERY, [PASSAGE]), str(model))
    shutil.copy(TINY / GRAPH, model)
    assert reader.read(QUERY, [PASSAGE])[0].sentences


def test_the_reader_of_the_settings(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a setting it is the product's own, one for the process; a folder may be written with
    ~; nothing is loaded before it is asked.
    """
    assert isinstance(reader_of(Settings(Path(), Path())), TransformerReader)
    assert reader_of(Settings(Path(), Path())) is default_reader()
    monkeypatch.setenv("HOME", str(model.parent))
    assert read_by("~/model") == read_by(str(model))
    deleted(model / TOKENIZER)
    reader_of(Settings(Path(), Path(), reader=str(model)))


def test_a_folder_with_nothing_of_a_reader_is_told(tmp_path: Path) -> None:
    """It is taken for a reader that has lost its files, as it is no cross-encoder either."""
    assert f"it has no {GRAPH};" in asked(tmp_path)


def test_a_folder_of_another_kind_of_model_is_told(tmp_path: Path) -> None:
    """One with the files of transformers is taken for a cross-encoder."""
    (tmp_path / "config.json").write_text("{}")
    assert "cannot be loaded" in asked(tmp_path)


@pytest.mark.parametrize("reader", ["/no/such/model", "/nothing", "./no/model", __file__])
def test_a_path_without_a_model_is_told(reader: str) -> None:
    """Nobody is asked for it."""
    assert "cannot be loaded" in refusal(lambda: read_by(reader), Path(reader).name)


@pytest.mark.parametrize("reader", ["nobody/nothing", "nothing", "no name!", "nobody/no/thing"])
def test_a_hub_name_that_no_hub_answers_for_is_told(
    reader: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without a network a model that is not on the machine gives one line at once, and no retries,
    which take minutes.
    """
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert "cannot be loaded" in refusal(lambda: read_by(reader), reader)
    assert "Retry" not in capfd.readouterr().err


def test_the_tiny_reader_can_be_made_again(tmp_path: Path) -> None:
    """What training exports today reads as the kept files do, and leaves nothing else behind."""
    pytest.importorskip("onnx", reason="the training extra is absent")
    from rag.training.reading.graph_export import export_reader

    tokenizer = tiny_tokenizer()
    export_reader(tiny_net(tokenizer), tokenizer, tmp_path / "made")
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == [GRAPH, TOKENIZER]
    made, kept = load_model(tmp_path / "made"), load_model(TINY)
    for name, new, old in zip(OUTPUTS, outputs(made), outputs(kept), strict=True):
        assert np.allclose(new, old, atol=1e-2), name
    assert json.loads((tmp_path / "made" / TOKENIZER).read_text("utf-8")) == json.loads(
        (TINY / TOKENIZER).read_text("utf-8")
    )
