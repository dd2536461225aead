"""Recognised pages as pages of print, and which of their figures are uncertain."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.bulletin import Loss, Span
from corpus.extracted import Extracted
from corpus.formats.glyphs import Glyph, Page
from corpus.formats.scan_types import TIGHT, Scan, ScanLine

DESCENT = 0.16  # em from the lower edge of a line's box to its baseline
# What sizes differ by and yet are one: boxes are higher or lower by what characters stand in them.
SAME_EM = 0.08
SAME_SHORT = 0.16  # of lines under LONG characters, whose distances are few
LONG = 12
SAME_HEIGHT = 0.35
UNSURE = 0.8  # a digit below is doubted
CONTEXT = 4  # characters on either side that tell a figure from its like on the page
NAMED = 5  # pages that are named; the others are counted
_FIGURE = re.compile(r"\d[\d.,，·:：/-]*[%％‰]?")
_PAGE_MARK = re.compile(r"[一—-]\s*\d{1,4}\s*[一—-]")  # whose dashes look like the numeral one
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Unsure:
    """A figure that recognition may have misread, with what stands around it on its line."""

    before: str
    text: str
    after: str


def as_pages(scans: Sequence[Scan]) -> list[Page]:
    """The scans as pages of print; sizes that differ by chance are one."""
    lines = [line for scan in scans for line in scan.lines]
    usual = _Usual(_middle(lines, _height), _middle([x for x in lines if x.size], _em))
    return [
        Page(scan.width, scan.height, tuple(_glyphs(scan, usual)), scan.rules) for scan in scans
    ]


@dataclass(frozen=True, slots=True)
class _Usual:
    """The height of the boxes of most text, and its em, 0 where no line tells one; points."""

    height: float
    em: float

    def size_of(self, line: ScanLine) -> float:
        """The em of a line: that of most text, unless it surely is another."""
        em = self.em or TIGHT * self.height
        if line.size:
            ratio, near = line.size / em, SAME_EM if len(line.text) >= LONG else SAME_SHORT
        else:
            ratio, near = _height(line) / self.height, SAME_HEIGHT
        return em if abs(ratio - 1) <= near else max(round(ratio, 1), 0.1) * em


def _height(line: ScanLine) -> float:
    return line.bottom - line.top


def _em(line: ScanLine) -> float:
    return line.size


def _middle(lines: Sequence[ScanLine], measure: Callable[[ScanLine], float]) -> float:
    """What is measured of the line in which the middle character stands, 0 of none."""
    half = sum(len(line.text) for line in lines) / 2
    for line in sorted(lines, key=measure):
        half -= len(line.text)
        if half <= 0:
            return measure(line)
    return 0.0


def _glyphs(scan: Scan, usual: _Usual) -> Iterator[Glyph]:
    for line in scan.lines:
        size = usual.size_of(line)
        baseline = (line.top + line.bottom) / 2 + (0.5 - DESCENT) * size
        text = line.text.replace("一", "—") if _PAGE_MARK.fullmatch(line.text) else line.text
        for char, (x0, x1) in zip(text, line.ends, strict=True):
            if not char.isspace():
                yield Glyph(char, x0, x1, baseline, size, strong=False)


def unsure_figures(scan: Scan) -> list[Unsure]:
    """The figures of a page with a character that recognition is not sure of."""
    found = []
    for line in scan.lines:
        for match in _FIGURE.finditer(line.text):
            if min(line.sure[match.start() : match.end()]) < UNSURE:
                before = _BLANKS.sub("", line.text[: match.start()])[-CONTEXT:]
                after = _BLANKS.sub("", line.text[match.end() :])[:CONTEXT]
                found.append(Unsure(before, match[0], after))
    return found


def with_scans(
    extracted: Extracted, scans: dict[int, Scan], engine: str, why: dict[int, str]
) -> Extracted:
    """The text with what is known of its recognised pages (by index): where they stand in it,
    which of their figures are unsure. `why` says of some pages why they were recognised.
    """
    starts = [*extracted.pages, len(extracted.text)]
    recognised, unsure = [], []
    for index, scan in sorted(scans.items()):
        start, end = starts[index], starts[index + 1]
        if start < end:
            recognised.append(Span(start, end))
        for figure in unsure_figures(scan):
            unsure += _places(extracted.text, start, end, figure)
    lost = () if not scans else (_told(sorted(scans), engine, why),)
    return replace(
        extracted, recognised=tuple(recognised), unsure=tuple(dict.fromkeys(unsure)),
        losses=(*lost, *extracted.losses),
    )  # fmt: skip


def _places(text: str, start: int, end: int, figure: Unsure) -> list[Span]:
    """Where a figure stands on its page: with its neighbours, or else wherever its like does."""
    blank = r"\s*"
    own = re.escape(figure.text)
    before = "".join(re.escape(char) + blank for char in figure.before)
    after = "".join(blank + re.escape(char) for char in figure.after)
    for pattern in (f"{before}({own}){after}", rf"(?<![\d.])({own})(?![\d.])"):
        if found := [Span(*m.span(1)) for m in re.compile(pattern).finditer(text, start, end)]:
            return found
    return []


def _told(pages: list[int], engine: str, why: dict[int, str]) -> Loss:
    some = [str(page + 1) for page in pages[:NAMED]]
    zh = f"第{'、'.join(some)}页" + (f"等{len(pages)}页" if len(pages) > NAMED else "")
    en = f"page{'s' if len(pages) > 1 else ''} {', '.join(some)}"
    en += f" (+{len(pages) - NAMED})" if len(pages) > NAMED else ""
    reason = next(iter(why.values()), "")
    return Loss(
        f"{zh}由文字识别读出{reason}，请对照原件",
        f"{en}: read by recognition ({engine}); compare with the original",
    )
