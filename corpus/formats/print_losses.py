"""What a printed document shows and its text does not hold."""

from collections.abc import Iterable, Iterator, Sequence

from corpus.bulletin import Loss
from corpus.formats.glyphs import Page

NAMELESS = "\ufffd"
NAMED = 5  # pages that are named; the others are counted


def print_losses(pages: Sequence[Page], watermarks: Iterable[str]) -> Iterator[Loss]:
    """What is told of the pages of a document, and of the watermarks left out of them."""
    if pictures := [n for n, page in enumerate(pages, 1) if page.pictured]:
        zh, en = _named(pictures)
        yield Loss(f"{zh}是图像，没有文字层，未收入", f"{en}: a picture without text, left out")
    if turned := [n for n, page in enumerate(pages, 1) if page.across]:
        count = sum(page.across for page in pages)
        zh, en = _named(turned)
        yield Loss(
            f"{zh}有{count}个字与正文方向不同，未收入",
            f"{en}: {count} characters across the text, left out",
        )
    counts = [sum(glyph.char == NAMELESS for glyph in page.glyphs) for page in pages]
    if unknown := [n for n, count in enumerate(counts, 1) if count]:
        zh, en = _named(unknown)
        yield Loss(
            f"{zh}有{sum(counts)}个字的字体缺少编码表，以{NAMELESS}代替，请对照原件",
            f"{en}: {sum(counts)} characters of fonts without a code table stand as {NAMELESS}",
        )
    for words in watermarks:
        yield Loss(f"水印“{words}”未收入", f"the watermark “{words}” is left out")


def _named(pages: list[int]) -> tuple[str, str]:
    """The numbers of pages as Chinese and as English has them."""
    some = [str(page) for page in pages[:NAMED]]
    more = len(pages) - NAMED
    zh = f"第{'、'.join(some)}页" + (f"等{len(pages)}页" if more > 0 else "")
    en = f"page{'s' if len(pages) > 1 else ''} {', '.join(some)}"
    return zh, en + (f" (+{more})" if more > 0 else "")
