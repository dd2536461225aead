"""The transformer that embeds: a unit vector for whatever text, the same whatever stands beside it.

tests/data/encoder is a whole encoder, but tiny and untaught; the last test makes it again.
"""

import shutil
from pathlib import Path

import numpy as np
import pytest
from doubles import WordEncoder
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reading_files import tiny_net, tiny_tokenizer

from corpus.errors import LibraryError, ModelError
from index.library import Library
from index.vectors.encoder import TABLE, SentenceTransformerEncoder
from index.vectors.encoders import encoder_of
from index.vectors.onnx_graph import TOKENIZER
from index.vectors.transformer_encoder import GRAPH, MOST_PARTS, ROOM, TransformerEncoder

TINY = Path(__file__).parent / "data" / "encoder"
TEXTS = st.text(max_size=400) | st.sampled_from(["", " ", "☆☆☆", "<s></s><pad>", "1" * 2000])


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the tiny encoder, for tests that damage it."""
    return Path(shutil.copytree(TINY, tmp_path / "model"))


@settings(deadline=None, max_examples=50)
@given(st.lists(TEXTS, min_size=1, max_size=5), st.sampled_from(["query", "document"]))
def test_every_text_has_a_unit_vector(texts: list[str], role: str) -> None:
    """Symbols, halves of surrogate pairs and nothing at all too."""
    encoder = TransformerEncoder(TINY)
    vectors = encoder.encode(texts, "query" if role == "query" else "document")
    assert vectors.shape == (len(texts), 32)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_a_vector_does_not_depend_on_its_neighbours() -> None:
    """A text alone and among others, first and last, has the same one."""
    encoder, text = TransformerEncoder(TINY), "三门峡建成助餐点180个"
    alone = encoder.encode([text], "document")[0]
    among = encoder.encode(["养老" * 90, text, "1", text], "document")
    assert np.array_equal(among[1], alone)
    assert np.array_equal(among[3], alone)


def test_a_question_is_read_otherwise_than_a_passage() -> None:
    """Each has the prompt that the encoder was taught."""
    encoder = TransformerEncoder(TINY)
    (asked,), (told,) = (encoder.encode(["助餐点"], role) for role in ("query", "document"))
    assert not np.allclose(asked, told)


def test_a_long_text_is_read_in_parts() -> None:
    """The vector is the mean of the parts', so that its end counts too; of a text without end only
    so many parts are read, at even distances.
    """
    encoder = TransformerEncoder(TINY)
    first, second = "餐" * (ROOM - 1), "老" * (ROOM - 1)  # a text begins with a token of its own
    parts = [encoder.encode([part], "document")[0] for part in (first, second)]
    whole = encoder.encode([first + second], "document")[0]
    mean = np.mean(parts, axis=0)
    assert whole @ (mean / np.linalg.norm(mean)) > 0.99
    assert whole @ parts[0] < 0.95
    endless = "餐老" * (ROOM * MOST_PARTS * 4)
    assert np.isfinite(encoder.encode([endless], "document")).all()


def test_the_encoder_of_a_setting(model: Path) -> None:
    """None is the embedded transformer, `table` the table of words, a folder is looked into."""
    assert isinstance(encoder_of(None), TransformerEncoder)
    assert isinstance(encoder_of(TABLE), SentenceTransformerEncoder)
    assert isinstance(encoder_of(str(model)), TransformerEncoder)
    with pytest.raises(ModelError, match=r"/no/such: no such folder.*EMBEDDING_MODEL"):
        encoder_of("/no/such")


@pytest.mark.parametrize("file", [GRAPH, TOKENIZER])
def test_damaged_files_are_named(model: Path, file: str) -> None:
    """In one line, with the setting; mended ones are read at the next text."""
    whole = (model / file).read_bytes()
    encoder = TransformerEncoder(model)
    for damage in (b"", whole[: len(whole) // 2], b"\x80\x04."):
        (model / file).write_bytes(damage)
        with pytest.raises(ModelError, match=rf"{file} cannot be read.*EMBEDDING_MODEL") as raised:
            encoder.encode(["养老"], "query")
        assert len(str(raised.value).splitlines()) == 1
    (model / file).unlink()
    with pytest.raises(ModelError, match=rf"it has no {file}"):
        encoder.encode(["养老"], "query")
    (model / file).write_bytes(whole)
    assert encoder.encode(["养老"], "query").shape == (1, 32)


def test_a_library_stands_on_it(home: Path, folder: Path) -> None:
    """And refuses another encoder, with the command that makes the index anew."""
    library = Library(home, TransformerEncoder(TINY))
    library.sync(folder)
    assert len(library.search_meaning("老年食堂", 3)) == 3
    library.close()
    other = Library(home, WordEncoder())
    with pytest.raises(LibraryError, match="made with the embedding model"):
        other.search_meaning("老年食堂", 3)


def test_the_tiny_encoder_can_be_made_again(tmp_path: Path) -> None:
    """What training exports today embeds as the kept files do."""
    pytest.importorskip("onnx", reason="the training extra is absent")
    from rag.training.embedding.embedding_model import EmbeddingNet
    from rag.training.reading.graph_export import export_encoder

    tokenizer = tiny_tokenizer()
    net = tiny_net(tokenizer)
    export_encoder(EmbeddingNet(net.encoder, net.padding), tokenizer, tmp_path / "made")
    texts = ["三门峡建成助餐点180个", "培训护理员"]
    made, kept = (
        TransformerEncoder(one).encode(texts, "document") for one in (tmp_path / "made", TINY)
    )
    assert np.allclose(made, kept, atol=1e-2)
