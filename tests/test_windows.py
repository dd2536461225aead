"""A text is read in windows of whole sentences, in time that grows with its length alone."""

from hypothesis import given
from hypothesis import strategies as st

from rag.reading.windows import LONGEST, NARROW, PIECE, WINDOW, pieces_of, weight, windows

TEXT = st.text(alphabet="人大代表，。、：；“”（）12ab \n养老", max_size=900)


def test_a_narrow_letter_weighs_a_third() -> None:
    """Two ideographs and three digits: 2 + 3 / 3 = 3."""
    assert weight("老人180") == 2 + 3 * NARROW


def test_sentences_stay_whole_where_they_fit() -> None:
    """Each piece is a sentence of the text."""
    text = "全市建成助餐场所180个。服务老人3万人次。"
    assert [text[p.start : p.end] for p in pieces_of(text)] == [
        "全市建成助餐场所180个。",
        "服务老人3万人次。",
    ]


def test_a_long_sentence_is_cut_at_its_commas() -> None:
    """Twenty clauses of 11 characters: a piece of 120 holds ten of them, 110."""
    text = "一二三四五六七八九十，" * 20 + "完。"
    pieces = pieces_of(text)
    assert all(text[p.end - 1] in "，。" for p in pieces)
    assert pieces[0].end == PIECE // 11 * 11


@given(TEXT)
def test_pieces_are_in_order_and_leave_out_blanks_alone(text: str) -> None:
    """None is longer than a sentence may be, and between them there is nothing but blanks."""
    pieces = pieces_of(text)
    ends = [0, *(piece.end for piece in pieces)]
    starts = [*(piece.start for piece in pieces), len(text)]
    assert all(not text[a:b].strip() for a, b in zip(ends, starts, strict=True))
    assert all(weight(text[p.start : p.end]) <= LONGEST for p in pieces)


@given(TEXT)
def test_windows_hold_every_piece_once_and_are_full(text: str) -> None:
    """Pieces keep their order; two windows that follow each other would not fit into one."""
    pieces = pieces_of(text)
    gathered = windows(text, pieces)
    assert [piece for window in gathered for piece in window] == pieces
    taken = [sum(weight(text[p.start : p.end]) for p in window) for window in gathered]
    assert all(size <= WINDOW or len(w) == 1 for size, w in zip(taken, gathered, strict=True))
    firsts = [weight(text[w[0].start : w[0].end]) for w in gathered]
    assert all(a + b > WINDOW for a, b in zip(taken, firsts[1:], strict=False))


def test_five_million_characters_without_a_stop_are_cut() -> None:
    """Each piece has its 120 characters."""
    text = "老" * 5_000_000
    assert len(pieces_of(text)) == -(-(len(text) - LONGEST) // PIECE) + 1
