"""The text of a file with what its format knows of it: what readers hand to the layout."""

from dataclasses import dataclass, field

from corpus.bulletin import Kind, Loss, Span, TableValue


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, lines ended by one line feed, and what its format says of them.

    All positions are offsets in `text`. `pages` holds the start of each page, the first one first;
    it is empty where the format has no pages. `kinds` gives the kind of lines whose style or tag
    tells it, by the start of the line. `joins` are the starts of lines that go on in the paragraph
    before them, across a page or a column. With `whole`, every line is a whole paragraph but for
    `joins`; without it the lines may be those of a page, and the layout finds out. `readings` gives
    the reading text of a table's row, by the start of its line: its cells under the names of their
    columns, and `values` where these stand in it. `losses` tells what the file shows and the text
    does not hold. `recognised` are the parts of the text that were read from pictures, `unsure` the
    figures in them that may be misread.
    """

    text: str
    pages: tuple[int, ...] = ()
    kinds: dict[int, Kind] = field(default_factory=dict)
    joins: frozenset[int] = frozenset()
    whole: bool = False
    readings: dict[int, str] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()
    values: dict[int, tuple[TableValue, ...]] = field(default_factory=dict)
    recognised: tuple[Span, ...] = ()
    unsure: tuple[Span, ...] = ()
