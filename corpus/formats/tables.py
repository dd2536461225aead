"""Tables of a page: by their rules, or by cells that stand under each other."""

from dataclasses import replace
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import median

from corpus.bulletin import Kind
from corpus.formats.assembly import CELL_GAP, LONG_CELL
from corpus.formats.glyphs import Glyph, Rule
from corpus.formats.grid import EMPTY, Cell, Row, cell_text, once
from corpus.formats.print_rows import PrintRow, row_from, rows_of
from corpus.formats.rule_grid import RuledGrid, grids_of

CELL = 2.0  # em between two cells of a table without rules; justified print has no such gap
BESIDE_FIGURES = 0.5  # em; in running text no blank alone parts two figures
LONG_NAME = 16  # em; the head of a column is shorter, a row of running text longer
ALIGNED = 1.0  # em; cells under each other begin, or end, as near as that
FIGURE_CHARS = frozenset("0123456789.,%‰+-−–—")

Line = list[Glyph]


def ruled_tables(
    glyphs: list[Glyph], rules: tuple[Rule, ...]
) -> tuple[list[PrintRow], list[Glyph]]:
    """Rows of the tables that rules make, and the characters outside them."""
    found: list[PrintRow] = []
    rest = list(glyphs)
    for grid in grids_of(rules):
        inside = [g for g in rest if grid.holds(g)]
        rows = _ruled_rows(inside, grid)
        if rows:
            taken = {id(g) for g in inside}
            rest = [g for g in rest if id(g) not in taken]
            found += rows
    return found, rest


def _ruled_rows(glyphs: list[Glyph], grid: RuledGrid) -> list[PrintRow]:
    """A PrintRow for each row of a grid; none if it frames running text."""
    cells: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        cells.setdefault(grid.cell_at(glyph), []).append(glyph)
    lines = {cell: rows_of(inside) for cell, inside in cells.items()}
    rows: list[PrintRow] = []
    known: dict[int, Cell] = {}
    for top, band in zip(grid.levels, grid.bands, strict=False):
        for part in _lines_side_by_side(band, lines, grid):
            row = []
            for cell in band:
                if cell not in known or part is not None:
                    inside = lines.get(cell, [])
                    text = _text(inside if part is None else part.get(cell, []))
                    known[cell] = Cell(text) if text else EMPTY
                row.append(known[cell])
            here = [g for cell in band for g in cells.get(cell, [])]
            if part is not None:
                here = [g for inside in part.values() for line in inside for g in line]
            if any(cell.text for cell in row) and here:
                printed = _print_row(here, tuple(row))
                rows.append(replace(printed, y=max(printed.y, top)))  # a cell may begin above
        if any(len(known[cell].text) > LONG_CELL for cell in band):
            return []
    return rows


def _lines_side_by_side(
    band: tuple[int, ...], lines: dict[int, list[Line]], grid: RuledGrid
) -> list[dict[int, list[Line]] | None]:
    """The rows inside one band, where rules part the columns only: figures under each other in
    a cell tell them. One without parts where the band is one row.
    """
    own = [cell for cell in dict.fromkeys(band) if grid.is_within_band(cell)]
    counted = [lines.get(cell, []) for cell in own]
    listed = [column for column in counted if len(column) > 1 and all(map(_is_figure, column))]
    if not listed or len(own) < len(set(band)):
        return [None]
    anchors = [line[0].y for line in max(listed, key=len)]
    if any(len(column) > len(anchors) and all(map(_is_figure, column)) for column in counted):
        return [None]
    parts: list[dict[int, list[Line]] | None] = []
    for n in range(len(anchors)):
        parts.append({
            cell: [line for line in column if _nearest(anchors, line[0].y) == n]
            for cell, column in zip(own, counted, strict=True)
        })  # fmt: skip
    return parts


def _nearest(anchors: list[float], y: float) -> int:
    return min(range(len(anchors)), key=lambda n: abs(anchors[n] - y))


def open_tables(
    glyphs: list[Glyph], bands: tuple[tuple[float, float], ...] = (), *, figures: bool = False
) -> tuple[list[PrintRow], list[Glyph]]:
    """As ruled_tables, for rows of cells without upright rules: two or more under each other,
    aligned. `bands` are the heights from the first level rule of a table to its last, where
    cells may stand nearer to each other. With `figures`, only tables of figures, which columns of
    running text cannot look like.
    """
    lines = rows_of(glyphs)
    parts = [_parted(line, any(a < line[0].y < b for a, b in bands)) for line in lines]
    inside = [False] * len(lines)
    for i, (last, here) in enumerate(pairwise(parts)):
        if len(last) > 1 and len(here) > 1 and _are_aligned(last, here):
            inside[i] = inside[i + 1] = True
    for i in range(1, len(lines)):  # a head's words stand nearer to each other than cells do
        words = _split(lines[i - 1], BESIDE_FIGURES)
        if inside[i] and not inside[i - 1] and len(words) == len(parts[i]) > 1:
            inside[i - 1] = _are_aligned(words, parts[i])
            parts[i - 1] = words if inside[i - 1] else parts[i - 1]
    rows: list[PrintRow] = []
    rest: list[Glyph] = []
    for is_row, run in groupby(zip(inside, parts, strict=True), key=itemgetter(0)):
        table = [cells for _, cells in run]
        if is_row and (not figures or _tells_figures(table)):
            rows += _aligned_rows(table)
        else:
            rest += [g for line in table for cell in line for g in cell]
    return rows, rest


def _tells_figures(table: list[list[Line]]) -> bool:
    """Whether most cells behind the first of a row are figures, and none is long."""
    cells = [cell for line in table for cell in line[1:]]
    longest = max(cell[-1].x1 - cell[0].x0 - LONG_NAME * cell[0].size for cell in cells)
    return longest <= 0 and sum(map(_is_figure, cells)) * 2 >= len(cells)


def _parted(line: Line, in_table: bool) -> list[Line]:
    """A row's characters, parted at gaps that are wide enough for cells; where two figures stand
    alone or more, narrow gaps beside figures part them too.
    """
    words = _split(line, BESIDE_FIGURES)
    figures = [_is_figure(word) for word in words]
    least = CELL / 2 if in_table else CELL
    parts = [words[0]]
    for n, (last, word) in enumerate(pairwise(words)):
        apart = word[0].x0 - last[-1].x1 >= least * word[0].size
        if apart or (sum(figures) > 1 and (figures[n] or figures[n + 1])):
            parts.append(word)
        else:
            parts[-1] = [*parts[-1], *word]
    return parts


def _split(line: Line, gap: float) -> list[Line]:
    parts = [[line[0]]]
    for last, glyph in pairwise(line):
        if glyph.x0 - last.x1 >= gap * glyph.size:
            parts.append([])
        parts[-1].append(glyph)
    return parts


def _are_aligned(last: list[Line], here: list[Line]) -> bool:
    """Whether every cell behind the first stands under or over one of the other row."""

    def fits(part: Line, others: list[Line]) -> bool:
        room = ALIGNED * part[0].size
        x0, x1 = part[0].x0, part[-1].x1
        for other in others:
            left, right = other[0].x0 - x0, other[-1].x1 - x1
            if min(abs(left), abs(right), abs(left + right) / 2) <= room:
                return True
        return False

    few, many = sorted((last[1:], here[1:]), key=len)
    return all(fits(part, many) for part in few)


def _aligned_rows(table: list[list[Line]]) -> list[PrintRow]:
    """The rows with their cells in columns: a column is where cells overlap from above."""
    columns: list[tuple[float, float]] = []
    for cells in sorted(table, key=len, reverse=True):
        for cell in cells:
            x0, x1 = cell[0].x0, cell[-1].x1
            over = [c for c in columns if c[0] < x1 and x0 < c[1]]
            if len(over) < 2:  # else a head over several columns
                columns = [c for c in columns if c not in over]
                columns.append((min([x0, *(c[0] for c in over)]), max([x1, *(c[1] for c in over)])))
    columns.sort()
    rows = []
    for cells in table:
        row = [EMPTY] * len(columns)
        for cell in cells:
            text = Cell(_text([cell]))
            x0, x1 = cell[0].x0, cell[-1].x1
            for n, (left, right) in enumerate(columns):
                if left < x1 and x0 < right:
                    row[n] = text
        rows.append(_print_row([g for cell in cells for g in cell], tuple(row)))
    return rows


def _print_row(glyphs: list[Glyph], cells: Row) -> PrintRow:
    return PrintRow(
        text=CELL_GAP.join(cell.text for cell in once(cells)),
        x0=min(g.x0 for g in glyphs),
        x1=max(g.x1 for g in glyphs),
        y=min(g.y for g in glyphs),
        size=median(g.size for g in glyphs),
        strong=False,
        kind=Kind.TABLE,
        cells=cells,
    )


def _text(lines: list[Line]) -> str:
    return cell_text(row.text for line in lines if (row := row_from(line)))


def _is_figure(line: Line) -> bool:
    return all(g.char in FIGURE_CHARS for g in line) and any(g.char.isdecimal() for g in line)
