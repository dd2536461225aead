"""Inputs for properties: damaged texts, soups of lines, and printed pages."""

from collections.abc import Iterator, Sequence
from itertools import count

from hypothesis import strategies as st

WIDTH = 28  # characters a line of the printed pages
INDENT = 2  # characters that extraction loses at the head of a paragraph
WORDS = "养老服务机构人大常委会社区居家医疗康复监督"
DAMAGE = "０１２３４56.,:;?!()«»“”％＋．　 \t\u200b"
TELLING_LINES = (
    "联动监督专辑 (四十七)",
    "第12期",
    "三门峡: 彰显人大力量",
    "——吕梁市人大常委会跟踪监督",
    "□ 图/文 本报记者 梁英杰",
    "一、主要做法",
    "(一)提升站位,高位推动.",
    "2.加强培训,共３４６人次,占１２３４％.",
    "截至去年底,全市６０岁以上人口４４４万人,占常住人口２０２万的２１９８％,完成率为７４４％.",
    "(漯河市人大社会建设委员会供稿)",
    "—５—",
    "编者按",
    "　报:全国人大社会建设委员会",
    "各省辖市人大常委会",
    "2025年11月28日",
    "2025年13月45日",
    "责编：冯海砚",
    "市人大常委会坚持统一步调、同步发力,由常委会主任、副主任分别带队,组织调研和检查,深入",
    "",
    " ",
    "\u200b",
)


def sources() -> st.SearchStrategy[str]:
    """Text as bad extractions write it: Chinese, Latin, full-width digits, blanks, ASCII marks."""
    return st.text(WORDS + DAMAGE + "abAB%-/《》。，\n", max_size=40)


def files() -> st.SearchStrategy[str]:
    """Soups of lines: telling ones, random ones, long ones; any end of line between them."""
    line = st.one_of(
        st.sampled_from(TELLING_LINES),
        sources(),
        st.text(WORDS + DAMAGE, min_size=20, max_size=60),
        st.text(max_size=30),
    )
    ends = st.sampled_from(["\n", "\n\n", "\r\n", "\n\n\n\n"])
    return st.builds(lambda lines, end: end.join(lines), st.lists(line, max_size=25), ends)


def paragraphs() -> st.SearchStrategy[list[str]]:
    """Paragraphs of three lines or more whose last printed line is clearly short."""
    body = st.builds(
        lambda lines, rest: lines * WIDTH - INDENT + rest, st.integers(3, 6), st.integers(3, 18)
    ).flatmap(lambda size: st.text(WORDS, min_size=size - 1, max_size=size - 1))
    return st.lists(body.map(lambda text: text + "."), min_size=2, max_size=6)


def printed(texts: Sequence[str], lines_a_page: int | None = None) -> str:
    """The paragraphs as a torn page holds them: wrapped, the indent lost, numbers between pages."""
    page_numbers = count(1)
    lines: list[str] = []
    for line in _wrapped(texts):
        if lines_a_page and lines and len(lines) % lines_a_page == 0:
            lines.append(f"—{next(page_numbers)}—\n\n\n")
        lines.append(line)
    return "\n\n".join(lines) + "\n"


def _wrapped(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield text[: WIDTH - INDENT]
        for start in range(WIDTH - INDENT, len(text), WIDTH):
            yield text[start : start + WIDTH]
