"""Print that lies over the text of a page: a watermark, whose characters are none of the text's.

A row of larger or fainter print that runs over other print is one, and so is the same row wherever
else it stands.
"""

from collections import defaultdict
from dataclasses import replace
from statistics import median

from corpus.formats.glyphs import Glyph, Page

LARGER = 1.25  # times the text's size
OVER = 0.4  # of its characters that lie over others; between rows of text it lies over none
REACH = 0.3  # em; boxes that overlap by less only touch, as rows set without leading do
STEP = 3.0  # em; characters of one row follow each other as near as that
MIN_CHARS = 3

Run = tuple[Glyph, ...]
_Mark = tuple[str, float, bool]  # words, size, faintness


def without_watermarks(pages: list[Page]) -> tuple[list[Page], list[str]]:
    """The pages without watermarks, and the words of each once."""
    runs = [_runs(page.glyphs) for page in pages]
    over = {
        _mark(run)
        for page, page_runs in zip(pages, runs, strict=True)
        for run in _candidates(page, page_runs)
        if _lies_over(run, page.glyphs)
    }
    if not over:
        return pages, []
    result = []
    for page, page_runs in zip(pages, runs, strict=True):
        kept = tuple(glyph for run in page_runs if _mark(run) not in over for glyph in run)
        result.append(replace(page, glyphs=kept))
    return result, sorted({words for words, _, _ in over})


def _runs(glyphs: tuple[Glyph, ...]) -> list[Run]:
    """Characters that follow each other in the file on one baseline, in one size."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if not runs or not _follows(runs[-1][-1], glyph):
            runs.append([])
        runs[-1].append(glyph)
    return [tuple(run) for run in runs]


def _follows(last: Glyph, glyph: Glyph) -> bool:
    same = (last.y, last.size, last.light) == (glyph.y, glyph.size, glyph.light)
    return same and 0 <= glyph.x0 - last.x0 <= STEP * last.size


def _mark(run: Run) -> _Mark:
    return "".join(glyph.char for glyph in run), round(run[0].size, 1), run[0].light


def _candidates(page: Page, runs: list[Run]) -> list[Run]:
    if not page.glyphs:
        return []
    usual = median(glyph.size for glyph in page.glyphs)
    return [
        run
        for run in runs
        if len(run) >= MIN_CHARS and (run[0].light or run[0].size >= LARGER * usual)
    ]


def _lies_over(run: Run, glyphs: tuple[Glyph, ...]) -> bool:
    """Whether the run's characters stand where other print stands that is smaller or darker."""
    own = {id(glyph) for glyph in run}
    top, bottom = run[0].y - run[0].size, run[0].y
    near: defaultdict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        other = glyph.size * LARGER <= run[0].size or run[0].light > glyph.light
        reach = min(bottom, glyph.y) - max(top, glyph.y - glyph.size)
        if other and reach >= REACH * glyph.size and id(glyph) not in own:
            near[int(glyph.x0 // run[0].size)].append(glyph)
    covered = sum(
        any(
            min(glyph.x1, other.x1) - max(glyph.x0, other.x0) >= REACH * other.size
            for cell in range(int(glyph.x0 // glyph.size) - 2, int(glyph.x1 // glyph.size) + 1)
            for other in near[cell]
        )
        for glyph in run
    )
    return covered >= max(OVER * len(run), 2)
