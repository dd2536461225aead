"""The grids that drawn rules make: cells, and which of them are one because no rule parts them.

As pdfplumber finds tables: rules that meet make a group, their heights and sides a grid of places,
and a place goes on in the next one where no rule lies between.
"""

from bisect import bisect

from corpus.formats.glyphs import Glyph, Rule

TOUCH = 3.0  # points; rules that come so close meet
LONG_RULE = 12.0  # points; shorter ones are marks or dots
MIN_UPRIGHTS = 3  # of a grid; two are a frame
MIN_LEVELS = 2
STACKED = 2  # level rules of one width above each other, which a table without uprights has


class RuledGrid:
    """A grid of places. `bands` holds for each row of it the number of the cell at each place."""

    def __init__(self, levels: list[float], sides: list[float], rules: list[Rule]) -> None:
        """`levels` are the heights of its rows from the top, `sides` the edges of its columns."""
        self.levels, self.sides = levels, sides
        width, height = len(sides) - 1, len(levels) - 1
        cells = list(range(width * height))

        def root(place: int) -> int:
            while cells[place] != place:
                place = cells[place]
            return place

        for row in range(height):
            for column in range(width):
                place = row * width + column
                x = (sides[column] + sides[column + 1]) / 2
                y = (levels[row] + levels[row + 1]) / 2
                if column + 1 < width and not _upright_at(rules, sides[column + 1], y):
                    cells[root(place + 1)] = root(place)
                if row + 1 < height and not _level_at(rules, x, levels[row + 1]):
                    cells[root(place + width)] = root(place)
        flat = [root(place) for place in range(width * height)]
        self.bands = tuple(tuple(flat[n * width : (n + 1) * width]) for n in range(height))

    def holds(self, glyph: Glyph) -> bool:
        """Whether a character stands inside the grid."""
        x, y = _middle(glyph)
        return self.sides[0] <= x <= self.sides[-1] and self.levels[0] <= y <= self.levels[-1]

    def cell_at(self, glyph: Glyph) -> int:
        """The cell that a character inside stands in."""
        x, y = _middle(glyph)
        row = min(max(bisect(self.levels, y) - 1, 0), len(self.levels) - 2)
        column = min(max(bisect(self.sides, x) - 1, 0), len(self.sides) - 2)
        return self.bands[row][column]

    def is_within_band(self, cell: int) -> bool:
        """Whether a cell is one row high."""
        return sum(cell in band for band in self.bands) == 1


def grids_of(rules: tuple[Rule, ...]) -> list[RuledGrid]:
    """The grids of two columns or more on a page."""
    grids = []
    for group in _groups(rules):
        levels = positions([(r.y0 + r.y1) / 2 for r in group if r.x1 - r.x0 >= LONG_RULE])
        uprights = [r for r in group if r.y1 - r.y0 >= r.x1 - r.x0]
        sides = positions([(r.x0 + r.x1) / 2 for r in uprights])
        if len(levels) < MIN_LEVELS or len(sides) < MIN_UPRIGHTS:
            continue
        # Cells at the edges may lack the rule at the outside.
        ends = [r for r in group if r.x1 - r.x0 >= LONG_RULE]
        sides = positions([*sides, min(r.x0 for r in ends), max(r.x1 for r in ends)])
        grids.append(RuledGrid(levels, sides, group))
    return grids


def level_bands(rules: tuple[Rule, ...]) -> tuple[tuple[float, float], ...]:
    """Where level rules of one width lie above each other: the first and the last height of each
    such table, without those that are part of a grid.
    """
    wide = [r for r in rules if r.x1 - r.x0 >= LONG_RULE and r.y1 - r.y0 < r.x1 - r.x0]
    bands: list[list[Rule]] = []
    for rule in sorted(wide, key=lambda r: r.y0):
        for band in bands:
            if abs(band[0].x0 - rule.x0) <= TOUCH and abs(band[0].x1 - rule.x1) <= TOUCH:
                band.append(rule)
                break
        else:
            bands.append([rule])
    return tuple((band[0].y0, band[-1].y1) for band in bands if len(band) >= STACKED)


def positions(values: list[float]) -> list[float]:
    """The values in order, one for those that lie within TOUCH."""
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > TOUCH:
            result.append(value)
    return result


def _upright_at(rules: list[Rule], x: float, y: float) -> bool:
    return any(abs((r.x0 + r.x1) / 2 - x) <= TOUCH and r.y0 <= y <= r.y1 for r in rules)


def _level_at(rules: list[Rule], x: float, y: float) -> bool:
    return any(abs((r.y0 + r.y1) / 2 - y) <= TOUCH and r.x0 <= x <= r.x1 for r in rules)


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.x0 + glyph.x1) / 2, glyph.y - glyph.size / 3


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
