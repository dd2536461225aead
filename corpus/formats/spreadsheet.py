"""XLSX bytes to text: the visible sheets of a workbook, each row under the names of its columns.

openpyxl (MIT, 3 MB, the one that pandas reads with) streams a sheet and knows dates and formats;
which cells are merged it does not tell of a streamed sheet, so that is read beside it.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from corpus.bulletin import Loss
from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.assembly import Piece, assemble, tidy
from corpus.formats.grid import MAX_COLUMNS, MAX_PLACES, Row
from corpus.formats.number_shown import shown
from corpus.formats.packed import Package, path_beside
from corpus.formats.sheet_tables import merged_grid, sheet_pieces

MAX_ROWS = 20_000  # with text, of a workbook; each is a unit that can be cited
MAX_MERGED = 20_000  # ranges of a sheet
WORKBOOK = "xl/workbook.xml"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_ID = re.compile(r"\}id$")
_ERRORS = frozenset("#REF! #DIV/0! #N/A #NAME? #NULL! #NUM! #VALUE!".split())

Merged = tuple[int, int, int, int]  # first row and column, last row and column, from 0


def read_xlsx(data: bytes, name: str) -> Extracted:
    """Text of a workbook; formulas are read as the values that the program kept for them.

    :raises BulletinError: no workbook, damaged, under a password, beyond a bound, or without text.
    """
    package = Package(data, name, "Excel workbook")
    if WORKBOOK not in package:
        raise BulletinError(
            f"{name}: a zip file but no Excel workbook; save it as .xlsx "
            "(不是 Excel 文件，请另存为 .xlsx)"
        )
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        parts = _parts(package)
        losses: list[Loss] = []
        pieces = list(_pieces(book, package, parts, losses, name))
    except BulletinError:
        raise
    except Exception as error:  # openpyxl, lxml and zipfile raise what a broken part makes them
        raise BulletinError(
            f"{name}: damaged, no Excel workbook ({type(error).__name__}); save it again "
            "(文件损坏，请重新保存)"
        ) from None
    extracted = assemble(pieces)
    if not extracted.text:
        raise BulletinError(
            f"{name}: holds no text in its visible sheets; if it holds pictures, add those "
            "(可见的工作表没有文字)"
        )
    return replace(extracted, losses=tuple(losses))


def _pieces(
    book: Any, package: Package, parts: dict[str, str], losses: list[Loss], name: str
) -> Iterator[Piece]:
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    if hidden:
        losses.append(Loss(
            f"隐藏的工作表未收入：{'、'.join(hidden)}",
            f"hidden sheets left out: {', '.join(hidden)}",
        ))  # fmt: skip
    count = empty = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        texts, errors, wide = _texts(sheet, name)
        merged, unkept = _beside_cells(package, parts.get(sheet.title, ""))
        empty += errors + unkept
        if wide:
            losses.append(Loss(
                f"工作表“{sheet.title}”第{MAX_COLUMNS}列以后未收入",
                f"sheet {sheet.title}: columns beyond {MAX_COLUMNS} left out",
            ))  # fmt: skip
        rows = _rows(texts, merged)
        count += sum(any(cell.text for cell in row) for row in rows)
        if count > MAX_ROWS:
            raise _too_large(name, f"{count:,} rows with text, more than {MAX_ROWS:,}")
        yield from sheet_pieces(rows, sheet.title)
    if empty:
        losses.append(Loss(
            f"{empty}个单元格是错误值或没有保存结果的公式，未收入；请在 Excel 中打开后保存",
            f"{empty} cells hold errors or formulas without a value; save it in Excel again",
        ))  # fmt: skip


def _texts(sheet: Any, name: str) -> tuple[dict[tuple[int, int], str], int, bool]:
    """The cells with text by row and column from 0, how many are errors, whether there are columns
    beyond MAX_COLUMNS.
    """
    sheet.reset_dimensions()  # what the file says of its size may be anything
    texts: dict[tuple[int, int], str] = {}
    unknown = 0
    wide = False
    for n, row in enumerate(sheet.iter_rows()):
        wide |= any(cell.value is not None for cell in islice(row, MAX_COLUMNS, None))
        for cell in row[:MAX_COLUMNS]:
            if cell.value is None:
                continue
            text = tidy(shown(cell.value, cell.number_format).replace("\n", ""))
            if text in _ERRORS:
                unknown += 1
            elif text:
                texts[n, cell.column - 1] = text
        if len(texts) > MAX_PLACES:
            raise _too_large(name, f"a sheet of more than {MAX_PLACES:,} cells")
    return texts, unknown, wide


def _rows(texts: dict[tuple[int, int], str], merged: list[Merged]) -> list[Row]:
    """The rows from the first with text; far blank rows between two tables are one."""
    if not texts:
        return []
    used = sorted({row for row, _ in texts} | {r for m in merged for r in (m[0], m[2])
                                               if m[:2] in texts})  # fmt: skip
    place: dict[int, int] = {}
    at = -1
    last = None
    for row in used:
        at += 1 if last is None or row == last + 1 else 2
        place[row] = at
        last = row
    width = max(column for _, column in texts) + 1
    moved = {(place[row], column): text for (row, column), text in texts.items()}
    ranges = [(place[a], b, place[c], d) for a, b, c, d in merged if (a, b) in texts]
    return list(merged_grid(moved, ranges, at + 1, width))


def _parts(package: Package) -> dict[str, str]:
    """The part of each sheet, by its name."""
    root = package.xml(WORKBOOK)
    relations = package.xml("xl/_rels/workbook.xml.rels")
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    found = {}
    for sheet in root.iter("{*}sheet"):
        key = next((value for name, value in sheet.attrib.items() if _ID.search(name)), None)
        found[sheet.get("name", "")] = path_beside(WORKBOOK, targets.get(key, ""))
    return found


def _beside_cells(package: Package, part: str) -> tuple[list[Merged], int]:
    """The merged ranges of a sheet's part, and how many formulas have no kept value."""
    if part not in package:
        return [], 0
    from lxml import etree

    found: list[Merged] = []
    unkept = 0
    walk = etree.iterparse(
        io.BytesIO(package[part]), tag=("{*}mergeCell", "{*}c"),
        resolve_entities=False, no_network=True,
    )  # fmt: skip
    for _, element in walk:
        match = _RANGE.fullmatch(element.get("ref", ""))
        if match and len(found) < MAX_MERGED:
            found.append((int(match[2]) - 1, _index(match[1]), int(match[4]) - 1, _index(match[3])))
        unkept += element.find("{*}f") is not None and not element.findtext("{*}v")
        element.clear()
    return found, unkept


def _index(letters: str) -> int:
    """Index from 0 of a column by its letters."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _too_large(name: str, what: str) -> BulletinError:
    return BulletinError(f"{name}: {what}; split the workbook (表格过大，请拆分)")
