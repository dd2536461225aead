"""Whatever is asked of whatever texts, a transformer reads it: sentences in order, shares of one
whole, in time and memory that are bounded. The tiny reader of tests/data reads here, see
test_reading_files.py.
"""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from doubles import read_query
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.bulletin import Span
from rag.query.question import Query
from rag.reading.encoding import LONGEST_TOKEN, MAX_TOKENS, QUESTION_TOKENS
from rag.reading.memory import LONGEST, Memory
from rag.reading.reader import Passage, ReadPassage
from rag.reading.reading_files import load_model
from rag.reading.transformer import MOST_READ, MOST_WINDOWS, TransformerReader
from rag.reading.windows import LONGEST as LONGEST_PIECE
from rag.reading.windows import PIECE, WINDOW, pieces_of, windows

TINY = Path(__file__).parent / "data" / "reader"
QUERY = read_query("有多少个助餐点")
HUGE = 5_000_000  # characters; no paragraph has so many, a file without line ends may
FIGURES = "有多少个老年助餐点、，。；：“”（）0123456789%⑩㍢abc \n"
ANY = st.characters()  # halves of surrogate pairs and control characters too
TEXTS = st.text(FIGURES, max_size=600) | st.text(ANY, max_size=80) | st.sampled_from(
    ["<mask>。</s><s>有多少个助餐点。<pad>", "助餐点180个。" * 300, "1" * 1500, "㍢" * 400]
)  # fmt: skip
PASSAGES = st.lists(st.builds(Passage, TEXTS, st.text(ANY, max_size=80)), max_size=4)
QUERIES = st.builds(read_query, TEXTS, TEXTS)


def read(query: Query, passages: Sequence[Passage]) -> tuple[ReadPassage, ...]:
    """What a reader says that has read nothing before."""
    return TransformerReader(TINY).read(query, passages)


def spans(passage: ReadPassage) -> list[Span]:
    return [one.span for one in passage.sentences]


@settings(deadline=None, max_examples=50)
@given(QUERIES, PASSAGES)
def test_every_passage_is_read_in_order(query: Query, passages: list[Passage]) -> None:
    """A result for each passage; of each its sentences, none twice, and their shares are one whole;
    the words that answer stand in their sentence.
    """
    for passage, found in zip(passages, read(query, passages), strict=True):
        edges = [edge for span in spans(found) for edge in (span.start, span.end)]
        assert edges == sorted(edges)
        assert all(0 <= edge <= len(passage.text) for edge in edges)
        assert all(0 <= one.share <= 1 for one in found.sentences)
        for one in found.sentences:
            if one.focus is not None:
                assert one.span.start <= one.focus.start < one.focus.end <= one.span.end
        if passage.text.strip():
            assert sum(one.share for one in found.sentences) == pytest.approx(1)
            assert math.isfinite(found.answers)
        else:
            assert found == ReadPassage((), -math.inf)


@settings(deadline=None, max_examples=50)
@given(QUERIES, TEXTS)
def test_every_sentence_of_a_paragraph_is_read(query: Query, text: str) -> None:
    """Also where figures need more tokens than a window has room for."""
    pieces = pieces_of(text)
    (found,) = read(query, [Passage(text)])
    if len(windows(text, pieces)) * 2 <= MOST_WINDOWS:
        assert spans(found) == pieces


@settings(deadline=None, max_examples=20)
@given(QUERIES, PASSAGES)
def test_what_a_passage_says_is_its_own(query: Query, passages: list[Passage]) -> None:
    """It is the same whatever is read beside it, in whatever order, and by a reader that knows some
    of it already.
    """
    reader = TransformerReader(TINY)
    alone = tuple(read(query, [passage])[0] for passage in passages)
    assert read(query, passages) == alone
    assert read(query, passages[::-1]) == alone[::-1]
    assert reader.read(query, passages[:1]) == alone[:1]
    assert reader.read(query, passages) == alone
    assert reader.read(query, passages) == alone


@pytest.mark.parametrize("text", ["", " ", "\n\n", "　\t\u2003", " " * 10_000])
def test_a_passage_of_blanks_says_nothing(text: str) -> None:
    """Alone or beside others it has no sentences and answers with a probability of nothing."""
    nothing = ReadPassage((), -math.inf)
    assert read(QUERY, [Passage(text)]) == (nothing,)
    assert read(QUERY, [Passage(text, "全市"), Passage("助餐点180个。")])[0] == nothing


def test_no_passages_are_no_results() -> None:
    """And a question of nothing but blanks is read like any other."""
    assert read(QUERY, []) == ()
    assert spans(read(read_query(" "), [Passage("助餐点180个。")])[0]) == [Span(0, 8)]


def test_half_of_a_surrogate_pair_is_read_as_an_unknown_sign() -> None:
    """In the question, in what was said before, in a passage and above it."""
    for half in "\ud800", "\udfff", "\ude00\ud83d":
        results = {
            read(
                read_query(f"有{sign}多少", before=f"老人{sign}"),
                [Passage(f"全市{sign}助餐点180个。", context=f"养老{sign}")],
            )
            for sign in (half, "\ufffd" * len(half))
        }
        assert len(results) == 1


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b[31m", "\x7f", "\u200b", "\u202e", "\ufeff"])
def test_a_control_character_moves_no_place(sign: str) -> None:
    """The sentences and the words in them stand where they stand in the passage."""
    text = f"全市建成助餐点{sign}180个。{sign}培训护理员{sign}640人。"
    (found,) = read(read_query(f"有{sign}多少"), [Passage(text, sign)])
    assert spans(found) == pieces_of(text)
    assert "".join(text[a.start : a.end] for a in spans(found)) == text


def test_a_passage_of_signs_that_no_model_knows_is_read() -> None:
    """Control characters alone are a sentence in which nothing answers."""
    (found,) = read(QUERY, [Passage("\x01\x02\x03")])
    assert [(one.share, one.focus) for one in found.sentences] == [(1.0, None)]


def test_a_thousand_passages_are_read_at_once() -> None:
    """Each result is that of its own passage."""
    texts = ["助餐点180个。" * (1 + n % 5) + f"{n}" * (n % 2) for n in range(1000)]
    found = read(QUERY, [Passage(text) for text in texts])
    assert [spans(one) for one in found] == [pieces_of(text) for text in texts]


def test_a_text_of_five_million_characters_without_a_stop_is_read_in_part() -> None:
    """MOST_WINDOWS of it at most, and what shares words with the question is among them."""
    told = "建成助餐点180个"
    text = "老人" * (HUGE // 4) + told + "老人" * (HUGE // 4)
    (found,) = read(QUERY, [Passage(text)])
    assert len(found.sentences) <= MOST_WINDOWS * (WINDOW // PIECE)
    edges = [edge for span in spans(found) for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert edges[-1] <= len(text)
    at = text.index(told)
    assert any(span.start <= at < span.end for span in spans(found))


def test_a_quote_that_is_never_closed_is_cut_in_one_pass() -> None:
    """A hundred thousand sentences behind an opening mark cost what they cost without it."""
    text = "“" + "老人助餐点有。" * 100_000
    assert len(pieces_of(text)) == -(-(len(text) - LONGEST_PIECE) // PIECE) + 1


def test_a_long_text_whose_characters_are_many_tokens_each_is_read_in_part() -> None:
    """㍢ is 10点: a piece of it fills a window, of which no more than MOST_READ are read."""
    long = "助餐点" * 100
    text = "㍢" * (PIECE * 3 * MOST_WINDOWS)
    (found,) = read(read_query(long, before=long), [Passage(text, context=long)])
    assert len(found.sentences) == MOST_READ
    assert sum(one.share for one in found.sentences) == pytest.approx(1)


def test_a_question_of_a_hundred_thousand_characters_is_read_from_its_beginning() -> None:
    """What no room is left for is not even encoded: neither of it nor of what was said before."""
    asked = "".join(chr(0x4E00 + n % 20_000) for n in range(100_000))
    beginning = asked[: QUESTION_TOKENS * LONGEST_TOKEN]
    encoding = load_model(TINY).encoding
    assert encoding.question(asked, asked) == encoding.question(beginning, beginning)
    assert len(encoding.question(asked, asked)[0]) < MAX_TOKENS // 2


def test_a_long_question_of_a_long_text_takes_no_longer() -> None:
    """Each window is looked at once, not once for every pair of characters that is asked for."""
    asked = "".join(chr(0x4E00 + n * 7 % 20_000) for n in range(100_000))
    (found,) = read(read_query(asked, before=asked), [Passage("老人" * 200_000, context=asked)])
    assert len(found.sentences) <= MOST_WINDOWS * (WINDOW // PIECE)


@pytest.mark.parametrize(
    "long", [lambda text: read_query(text), lambda text: read_query("有", before=text)]
)
def test_a_long_question_is_not_kept_in_memory(long: Callable[[str], Query]) -> None:
    """What is remembered is bounded together with its question; the rest is read anew."""
    times = []
    for text in "有", "有" * (LONGEST + 1):
        memory, calls = Memory(), []

        def once(passages: list[Passage], calls: list[int] = calls) -> list[ReadPassage]:
            calls.append(len(passages))
            return [ReadPassage((), 0.0) for _ in passages]

        for _ in range(2):
            memory.of(long(text), [Passage("助餐点180个。")], once)
        times.append(len(calls))
    assert times == [1, 2]
