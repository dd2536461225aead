"""Printed pages, whatever the file was, to text: a line for each paragraph or row of a table."""

from collections.abc import Callable
from dataclasses import replace

from corpus.extracted import Extracted
from corpus.formats.columns import read_column
from corpus.formats.flow import to_text
from corpus.formats.furniture import part_furniture
from corpus.formats.glyphs import Page
from corpus.formats.print_losses import print_losses
from corpus.formats.printed_tables import name_columns
from corpus.formats.rule_grid import level_bands
from corpus.formats.tables import open_tables, ruled_tables
from corpus.formats.watermarks import without_watermarks


def read_print(pages: list[Page], check_time: Callable[[], None]) -> Extracted:
    """The text of pages and what of them it does not hold; `check_time` is called after each page
    and may raise.
    """
    pages, watermarks = without_watermarks(pages)
    rows = []
    for page, (head, body, foot) in zip(pages, part_furniture(pages), strict=True):
        ruled, text = ruled_tables(body, page.rules)
        bands = level_bands(page.rules)
        figures, text = open_tables(text, bands, figures=True)
        rows.append([*head, *read_column(text, [*ruled, *figures], bands), *foot])
        check_time()
    extracted = to_text(name_columns(rows))
    return replace(extracted, losses=tuple(print_losses(pages, watermarks)))
