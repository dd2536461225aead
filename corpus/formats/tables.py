"""Tables of a page: by their rules, or by cells that stand under each other."""

from bisect import bisect
from itertools import pairwise
from statistics import median

from corpus.bulletin import Kind
from corpus.formats.assembly import CELL_GAP, LONG_CELL
from corpus.formats.glyphs import Glyph, Rule
from corpus.formats.print_rows import PrintRow, row_from, rows_of

TOUCH = 3.0  # points; rules that come so close meet
LONG_RULE = 12.0  # points; shorter ones are marks or dots
CELL = 2.0  # em between two cells of a table without rules; justified print has no such gap
ALIGNED = 1.0  # em; cells under each other begin, or end, as near as that


def ruled_tables(
    glyphs: list[Glyph], rules: tuple[Rule, ...]
) -> tuple[list[PrintRow], list[Glyph]]:
    """Rows of the tables that rules make, and the characters outside them."""
    found: list[PrintRow] = []
    rest = list(glyphs)
    for group in _groups(rules):
        inside = [g for g in rest if _holds(group, g)]
        rows = _grid_rows(inside, group)
        if rows:
            taken = {id(g) for g in inside}
            rest = [g for g in rest if id(g) not in taken]
            found += rows
    return found, rest


def _groups(rules: tuple[Rule, ...]) -> list[list[Rule]]:
    """Rules that meet, in groups."""
    groups: list[tuple[Rule, list[Rule]]] = []  # each with the box around it
    for rule in sorted(rules, key=lambda r: (r.y0, r.x0)):
        box, members = rule, [rule]
        apart = []
        for other, others in groups:
            if _meet(box, other):
                members = others + members
                box = Rule(min(box.x0, other.x0), min(box.y0, other.y0),
                           max(box.x1, other.x1), max(box.y1, other.y1))  # fmt: skip
            else:
                apart.append((other, others))
        groups = [*apart, (box, members)]
    return [members for _, members in groups]


def _meet(a: Rule, b: Rule) -> bool:
    return (
        a.x0 <= b.x1 + TOUCH and b.x0 <= a.x1 + TOUCH
        and a.y0 <= b.y1 + TOUCH and b.y0 <= a.y1 + TOUCH
    )  # fmt: skip


def _holds(group: list[Rule], glyph: Glyph) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.y - glyph.size / 3
    return (
        min(r.x0 for r in group) <= x <= max(r.x1 for r in group)
        and min(r.y0 for r in group) <= y <= max(r.y1 for r in group)
    )  # fmt: skip


def _grid_rows(glyphs: list[Glyph], group: list[Rule]) -> list[PrintRow]:
    """A PrintRow for each row of a grid of two columns or more; none if it frames running text."""
    levels = _positions([(r.y0 + r.y1) / 2 for r in group if r.x1 - r.x0 >= LONG_RULE])
    uprights = [r for r in group if r.y1 - r.y0 >= r.x1 - r.x0]
    if len(levels) < 2 or len(_positions([(r.x0 + r.x1) / 2 for r in uprights])) < 3:
        return []
    rows = []
    for top, bottom in pairwise(levels):
        here = [g for g in glyphs if top < g.y - g.size / 3 <= bottom]
        middle = (top + bottom) / 2
        cuts = _positions([(r.x0 + r.x1) / 2 for r in uprights if r.y0 <= middle <= r.y1])
        cells: list[list[Glyph]] = [[] for _ in range(len(cuts) + 1)]
        for glyph in here:
            cells[bisect(cuts, (glyph.x0 + glyph.x1) / 2)].append(glyph)
        texts = [_cell(cell) for cell in cells]
        if max(map(len, texts)) > LONG_CELL:
            return []
        if any(texts):
            rows.append(_row_of(here, [text for text in texts if text]))
    return rows


def _positions(values: list[float]) -> list[float]:
    """The values in order, one for those that lie within TOUCH."""
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > TOUCH:
            result.append(value)
    return result


def _cell(glyphs: list[Glyph]) -> str:
    return "".join(row.text for line in rows_of(glyphs) if (row := row_from(line)))


def _row_of(glyphs: list[Glyph], texts: list[str]) -> PrintRow:
    return PrintRow(
        text=CELL_GAP.join(texts),
        x0=min(g.x0 for g in glyphs),
        x1=max(g.x1 for g in glyphs),
        y=min(g.y for g in glyphs),
        size=median(g.size for g in glyphs),
        strong=False,
        kind=Kind.CAPTION,
    )


def open_tables(glyphs: list[Glyph]) -> tuple[list[PrintRow], list[Glyph]]:
    """As ruled_tables, for rows of cells without rules: two or more under each other, aligned."""
    lines = rows_of(glyphs)
    cells = [_parted(line) for line in lines]
    inside = [False] * len(lines)
    for i, (last, here) in enumerate(pairwise(cells)):
        if len(last) > 1 and len(here) > 1 and _are_aligned(last, here):
            inside[i] = inside[i + 1] = True
    rows = []
    for line, parts, is_row in zip(lines, cells, inside, strict=True):
        if is_row:
            rows.append(_row_of(line, [_cell(part) for part in parts]))
    rest = [g for line, is_row in zip(lines, inside, strict=True) if not is_row for g in line]
    return rows, rest


def _parted(line: list[Glyph]) -> list[list[Glyph]]:
    """A row's characters, parted at gaps that are wide enough for cells."""
    parts = [[line[0]]]
    for last, glyph in pairwise(line):
        if glyph.x0 - last.x1 >= CELL * glyph.size:
            parts.append([])
        parts[-1].append(glyph)
    return parts


def _are_aligned(last: list[list[Glyph]], here: list[list[Glyph]]) -> bool:
    """Whether every cell behind the first stands under or over one of the other row."""

    def fits(part: list[Glyph], others: list[list[Glyph]]) -> bool:
        room = ALIGNED * part[0].size
        x0, x1 = part[0].x0, part[-1].x1
        for other in others:
            left, right = other[0].x0 - x0, other[-1].x1 - x1
            if min(abs(left), abs(right), abs(left + right) / 2) <= room:
                return True
        return False

    few, many = sorted((last[1:], here[1:]), key=len)
    return all(fits(part, many) for part in few)
