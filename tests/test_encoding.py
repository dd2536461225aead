"""Question and window as tokens: what each token belongs to, and where it stands."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from corpus.bulletin import Span
from index.training.subwords import MASK, SPECIAL, tokenizer_of
from rag.reading.encoding import MAX_TOKENS, NOTHING, QUESTION, Encoding
from rag.reading.windows import pieces_of

LETTERS = "▁query:有多少个助餐点全市建成所老人0123456789。，"


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """A vocabulary of single characters, all as likely."""
    pieces = [*SPECIAL, *dict.fromkeys(LETTERS), MASK]
    return tokenizer_of(pieces, [0.0] * len(SPECIAL) + [-1.0] * (len(pieces) - len(SPECIAL)))


def tokens(tokenizer: Tokenizer, ids: Sequence[int]) -> list[str]:
    return [tokenizer.id_to_token(number) or "" for number in ids]


def test_a_window_is_laid_out_as_the_model_was_taught(tokenizer: Tokenizer) -> None:
    """Question, what was said before, context, then a mark before each sentence."""
    encoding = Encoding(tokenizer)
    text = "老人有3个。建成助餐点。"
    question = encoding.question("有多少", before="老人")
    made = encoding.window(question, text, [Span(0, 6), Span(6, 12)], context="全市")
    told = "".join(tokens(tokenizer, made.ids))
    assert told == (
        "<s>▁query:▁有多少</s>▁老人</s></s>▁全市</s><mask>▁老人有3个。<mask>▁建成助餐点。</s>"
    )
    assert set(made.segments) == {NOTHING, QUESTION, 1, 2}


def test_every_token_of_a_sentence_knows_its_characters(tokenizer: Tokenizer) -> None:
    """Together they are the whole passage; what opens a word stands where its first letter does."""
    encoding = Encoding(tokenizer)
    text = "老人有3个。建成助餐点。"
    made = encoding.window(encoding.question("有多少"), text, pieces_of(text))
    told = {at for span in made.spans if span is not None for at in range(span.start, span.end)}
    assert told == set(range(len(text)))


@given(st.text(alphabet=LETTERS[1:], max_size=3000), st.text(alphabet=LETTERS[1:], max_size=3000))
def test_no_text_is_too_long(tokenizer: Tokenizer, question: str, text: str) -> None:
    """Whatever is asked of whatever text, a window has at most MAX_TOKENS tokens."""
    encoding = Encoding(tokenizer)
    made = encoding.window(encoding.question(question, text), text, pieces_of(text), context=text)
    assert len(made) <= MAX_TOKENS
    assert len(made.ids) == len(made.segments) == len(made.spans)


def test_a_tokenizer_without_a_mark_is_refused() -> None:
    """The message names the token."""
    pieces = [*SPECIAL, "老"]
    plain = tokenizer_of(pieces, [0.0] * len(pieces))
    broken = Tokenizer.from_str(plain.to_str().replace(MASK, "<other>"))
    with pytest.raises(ValueError, match="no token <mask>"):
        Encoding(broken)
