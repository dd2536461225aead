"""The binary Word file of 1997 to 2003 ([MS-DOC]): its characters and what holds of them.

WPS Writer's .wps is the same. Read with olefile (BSD, no dependencies), which knows the file system
inside the file; antiword and catdoc are ended projects in C, LibreOffice is a gigabyte to install
and ten seconds a file.
"""

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import BulletinError

MAX_CHARS = 5_000_000  # of a document; two thousand pages
PAGE = 512  # bytes of a page of properties
_IDENT = 0xA5EC
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_COUNTS = 0x4C  # lengths of the stories: text, footnotes, headers, …
_STORIES = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes")
_STYLES, _RUNS, _PARAGRAPHS, _PIECES = 0xA2, 0xFA, 0x102, 0x1A2
_COMPRESSED = 0x40000000
_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes, by the kind of a property
_TABS, _TABLE = 0xC615, 0xD608  # properties that tell their length in another way
IN_TABLE, ROW_END, NUMBERED = 0x2416, 0x2417, 0x460B
_DELETED, _HIDDEN = 0x0800, 0x083C


@dataclass(frozen=True, slots=True)
class Char:
    """A character and where it stands in the file, which its properties go by."""

    char: str
    place: int


@dataclass(frozen=True, slots=True)
class Properties:
    """What holds of a paragraph: its style's built-in number (1 to 9 headings, 62 the title), the
    properties set on it.
    """

    style: int
    values: dict[int, int]


class WordBinary:
    """A document taken apart; stories by their names."""

    def __init__(self, data: bytes, name: str) -> None:
        """:raises BulletinError: no such document, under a password, or damaged."""
        import olefile

        try:
            with olefile.OleFileIO(io.BytesIO(data)) as file:
                if not file.exists("WordDocument"):
                    raise _no_word(name)
                self._main = file.openstream("WordDocument").read()
                ident, flags = _unpack("<H", self._main, 0), _unpack("<H", self._main, 10)
                if ident != _IDENT:
                    raise _no_word(name)
                if flags & _ENCRYPTED:
                    raise BulletinError(
                        f"{name}: under a password; save it without one (文件有密码，请去掉后另存)"
                    )
                table = "1Table" if flags & _SECOND_TABLE else "0Table"
                self._table = file.openstream(table).read()
        except OSError:  # olefile's errors, and streams that are not there
            raise _no_word(name) from None
        self._chars = list(self._read_chars(name))
        self._styles = self._read_styles()
        self._paragraphs = sorted(self._properties(_PARAGRAPHS, 13, 2), key=lambda one: one[0])
        self._starts = [start for start, _, _ in self._paragraphs]
        self._unseen = sorted(
            (start, end)
            for start, end, run in self._properties(_RUNS, 1, 0)
            if any(values.get(_DELETED) or values.get(_HIDDEN) for values in [_values(run)])
        )
        self._unseen_starts = [start for start, _ in self._unseen]

    def story(self, which: str) -> list[Char]:
        """The characters of a story, what was deleted or hidden left out."""
        lengths = struct.unpack_from(f"<{len(_STORIES)}i", self._main, _COUNTS)
        start = sum(max(length, 0) for length in lengths[: _STORIES.index(which)])
        length = max(lengths[_STORIES.index(which)], 0)
        return [one for one in self._chars[start : start + length] if not self._is_unseen(one)]

    def properties(self, mark: Char) -> Properties:
        """What holds of the paragraph that a mark ends."""
        n = bisect_right(self._starts, mark.place) - 1
        if n < 0 or mark.place >= self._paragraphs[n][1]:
            return Properties(0, {})
        run = self._paragraphs[n][2]
        style = struct.unpack_from("<H", run)[0] if len(run) >= 2 else 0
        return Properties(self._styles.get(style, 0), _values(run[2:]))

    def _is_unseen(self, char: Char) -> bool:
        n = bisect_right(self._unseen_starts, char.place) - 1
        return n >= 0 and char.place < self._unseen[n][1]

    def _read_chars(self, name: str) -> Iterator[Char]:
        """The characters of all stories, piece by piece."""
        start, length = struct.unpack_from("<II", self._main, _PIECES)
        clx = self._table[start : start + length]
        at = 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + _unpack("<H", clx, at + 1)
        count = (_unpack("<I", clx, at + 1) - 4) // 12
        bounds = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
        if bounds[-1] > MAX_CHARS:
            raise BulletinError(
                f"{name}: {bounds[-1]:,} characters, more than {MAX_CHARS:,}; split the document "
                "(文字过多，请拆分)"
            )
        for n in range(count):
            place = _unpack("<I", clx, at + 5 + 4 * (count + 1) + 8 * n + 2)
            length = max(bounds[n + 1] - bounds[n], 0)
            if place & _COMPRESSED:
                first = (place & ~_COMPRESSED) // 2
                text = self._main[first : first + length].decode("cp1252", "replace")
                yield from (Char(char, first + i) for i, char in enumerate(text))
            else:
                units = self._main[place : place + 2 * length]
                for i in range(0, len(units) - 1, 2):
                    yield Char(units[i : i + 2].decode("utf-16-le", "surrogatepass"), place + i)

    def _properties(self, where: int, width: int, skipped: int) -> Iterator[tuple[int, int, bytes]]:
        """Start and end in the file of each run of one kind, and its properties as bytes; `width`
        is that of an entry on a page, `skipped` what stands before the properties themselves.
        """
        start, length = struct.unpack_from("<II", self._main, where)
        count = max((length - 4) // 8, 0)
        numbers = struct.unpack_from(f"<{count}I", self._table, start + 4 * (count + 1))
        for number in numbers:
            page = self._main[(number & 0x3FFFFF) * PAGE :][:PAGE]
            if len(page) < PAGE:
                continue
            runs = min(page[-1], (PAGE - 5) // (4 + width))
            places = struct.unpack_from(f"<{runs + 1}I", page)
            for n in range(runs):
                at = page[4 * (runs + 1) + width * n] * 2
                yield places[n], places[n + 1], _run(page, at, skipped) if at else b""

    def _read_styles(self) -> dict[int, int]:
        """The built-in number of each style, by its index."""
        start, length = struct.unpack_from("<II", self._main, _STYLES)
        sheet = self._table[start : start + length]
        if len(sheet) < 4:
            return {}
        at = 2 + _unpack("<H", sheet, 0)
        found: dict[int, int] = {}
        for index in range(_unpack("<H", sheet, 2)):
            if at + 4 > len(sheet):
                break
            size = _unpack("<H", sheet, at)
            if size >= 2:
                found[index] = _unpack("<H", sheet, at + 2) & 0xFFF
            at += 2 + size + size % 2
        return found


def _run(page: bytes, at: int, skipped: int) -> bytes:
    """The properties that stand on a page; those of paragraphs count in words."""
    size = page[at]
    if not skipped:
        return page[at + 1 : at + 1 + size]
    if size:
        return page[at + 1 : at + 2 * size]
    return page[at + 2 : at + 2 + 2 * page[at + 1]] if at + 1 < len(page) else b""


def _values(run: bytes) -> dict[int, int]:
    """The properties of a run with the number that their operand begins with."""
    found: dict[int, int] = {}
    at = 0
    while at + 3 <= len(run):
        code = _unpack("<H", run, at)
        at += 2
        kind = code >> 13
        if kind in _OPERANDS:
            size = _OPERANDS[kind]
        elif code == _TABLE:
            size = 1 + _unpack("<H", run, at) if at + 2 <= len(run) else len(run)
        else:
            size = 1 + run[at] if code != _TABS or run[at] != 255 else len(run)
        found[code] = int.from_bytes(run[at : at + min(size, 2)], "little")
        at += size
    return found


def _unpack(form: str, data: bytes, at: int) -> int:
    return int(struct.unpack_from(form, data, at)[0])


def _no_word(name: str) -> BulletinError:
    return BulletinError(
        f"{name}: no Word document of 1997 to 2003, or damaged; open it in Word or WPS and save it "
        "as .docx (不是旧版 Word 文件或已损坏，请用 Word 或 WPS 另存为 .docx)"
    )
