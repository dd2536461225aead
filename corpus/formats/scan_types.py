"""What recognition reads on the picture of a page: what a process says to the one that asked."""

import json
from dataclasses import asdict, dataclass

from corpus.formats.glyphs import Rule

TIGHT = 0.8  # of the height of a line's box that its em is, where the line does not tell it


@dataclass(frozen=True, slots=True)
class ScanLine:
    """A line of recognised characters with the left and right end of each and how sure each is, in
    [0, 1]; lengths in points from the upper left of the upright page. `size` is the em, as the
    distance of Chinese characters tells it, 0 where too few follow each other.
    """

    text: str
    ends: tuple[tuple[float, float], ...]
    top: float
    bottom: float
    sure: tuple[float, ...]
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Scan:
    """A page as it was recognised: upright, `width` and `height` in points, its lines in any
    order, the rules of its tables.
    """

    width: float
    height: float
    lines: tuple[ScanLine, ...]
    rules: tuple[Rule, ...] = ()


def written(scan: Scan) -> str:
    """A scan as one line of JSON."""
    return json.dumps(asdict(scan), ensure_ascii=False)


def scan_from(line: str) -> Scan:
    """The scan that `written` wrote."""
    values = json.loads(line)
    lines = tuple(
        ScanLine(
            one["text"], tuple((a, b) for a, b in one["ends"]), one["top"], one["bottom"],
            tuple(one["sure"]), one["size"],
        )
        for one in values["lines"]
    )  # fmt: skip
    rules = tuple(Rule(**rule) for rule in values["rules"])
    return Scan(values["width"], values["height"], lines, rules)
