"""The rows of a page in reading order: columns side by side, titles across them."""

from bisect import bisect, bisect_left, bisect_right
from dataclasses import replace
from statistics import median

from corpus.formats.glyphs import Glyph
from corpus.formats.print_rows import BASELINE, PrintRow, row_from, rows_of
from corpus.formats.tables import open_tables

GUTTER = 0.9  # em; columns of print stand at least one character apart
MIDDLE = 0.25  # of the width on either side holds no gutter
STRAY = 0.1  # of a column's rows may cross a gutter, or STRAY_ROWS: titles above both columns
STRAY_ROWS = 2
MIN_ROWS = 3  # rows on both sides; below that no gutter can be told from chance
MIN_WIDTH = 5  # em; columns of print are wider
FILL = 0.6  # of a column's width that its typical row fills, where cells of a table do not
MAX_DEPTH = 3  # gutters within gutters: up to eight columns


def read_column(
    glyphs: list[Glyph],
    tables: list[PrintRow],
    bands: tuple[tuple[float, float], ...] = (),
    column: int = 0,
    columns: int = 1,
    depth: int = 0,
) -> list[PrintRow]:
    """Rows of a page or of a part of it in reading order, parted at gutters; rows of tables, which
    are made already, keep their place. `bands` are the heights between level rules (open_tables).
    """
    gutter = find_gutter(glyphs) if depth < MAX_DEPTH else None
    if gutter is None:
        cells, rest = open_tables(glyphs, bands)
        rows = [row for line in rows_of(rest) if (row := row_from(line))]
        rows = sorted([*rows, *cells, *tables], key=lambda row: row.y)
        return [replace(row, column=column, columns=columns) for row in rows]
    across = _across(glyphs, gutter)
    taken = {id(g) for line in across for g in line}
    middle = sum(gutter) / 2
    wide = [row for line in across if (row := row_from(line))]
    wide += [row for row in tables if row.x0 < middle < row.x1]
    wide.sort(key=lambda row: row.y)
    ends = [row.y for row in wide]
    rest = [g for g in glyphs if id(g) not in taken]
    small = [row for row in tables if not row.x0 < middle < row.x1]
    result: list[PrintRow] = []
    for band in range(len(wide) + 1):
        for side in (0, 1):
            part = [g for g in rest if bisect(ends, g.y) == band and (g.x0 > middle) == side]
            placed = [r for r in small if bisect(ends, r.y) == band and (r.x0 > middle) == side]
            result += read_column(part, placed, bands, 2 * column + side, 2 * columns, depth + 1)
        result += [replace(row, column=-1, columns=columns) for row in wide[band : band + 1]]
    return result


def find_gutter(glyphs: list[Glyph]) -> tuple[float, float] | None:
    """Left and right end of the blank strip between two columns of running text."""
    if not glyphs:
        return None
    em = median(g.size for g in glyphs)
    left, right = min(g.x0 for g in glyphs), max(g.x1 for g in glyphs)
    counts = [0] * (int(right - left) + 2)
    for glyph in glyphs:
        for x in range(int(glyph.x0 - left), int(glyph.x1 - left) + 1):
            counts[x] += 1
    inked = [count for count in counts if count]
    limit = max(STRAY_ROWS, STRAY * median(inked))
    best = (0, 0)
    start = int(MIDDLE * len(counts))
    for x in range(start, int((1 - MIDDLE) * len(counts))):
        if counts[x] > limit:
            start = x + 1
        elif x + 1 - start > best[1] - best[0]:
            best = (start, x + 1)
    if best[1] - best[0] < GUTTER * em:
        return None
    strip = (left + best[0], left + best[1])
    return strip if _parts_columns(glyphs, strip, em) else None


def _parts_columns(glyphs: list[Glyph], strip: tuple[float, float], em: float) -> bool:
    """Whether running text stands on both sides, beginning right behind the strip."""
    middle = sum(strip) / 2
    sides = ([g for g in glyphs if g.x1 < middle], [g for g in glyphs if g.x0 > middle])
    for side in sides:
        rows = rows_of(side)
        if len(rows) < MIN_ROWS:
            return False
        edges = [(row[0].x0, row[-1].x1) for row in rows]
        width = max(x1 for _, x1 in edges) - min(x0 for x0, _ in edges)
        full = sum(x1 - x0 >= FILL * width for x0, x1 in edges)
        if full * 2 < len(rows) or width < MIN_WIDTH * em:
            return False
    return True


def _across(glyphs: list[Glyph], gutter: tuple[float, float]) -> list[list[Glyph]]:
    """The rows that run through the gutter without leaving it blank."""
    middle, blank = sum(gutter) / 2, gutter[1] - gutter[0]
    by_height = sorted(glyphs, key=lambda g: g.y)
    heights = [g.y for g in by_height]
    found = []
    for line in rows_of(g for g in glyphs if g.x0 < middle < g.x1):
        y, reach = line[0].y, BASELINE * line[0].size
        near = by_height[bisect_left(heights, y - reach) : bisect_right(heights, y + reach)]
        row = sorted(near, key=lambda g: g.x0)
        start = end = next(i for i, g in enumerate(row) if g is line[0])
        while start > 0 and row[start].x0 - row[start - 1].x1 < blank:
            start -= 1
        while end + 1 < len(row) and row[end + 1].x0 - row[end].x1 < blank:
            end += 1
        found.append(row[start : end + 1])
    return found
