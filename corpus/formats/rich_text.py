"""RTF bytes to text: what its words of control leave to be seen."""

import re
from dataclasses import dataclass, field, replace

from corpus.bulletin import Kind
from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.assembly import Piece, assemble
from corpus.formats.grid import Cell, even, once
from corpus.formats.table_lines import is_frame, lines_of

HEADER = b"{\\rtf"
MAX_DEPTH = 500  # groups in groups
MAX_PARAGRAPHS = 20_000
_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z'])|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)"
)
# Groups whose text is none of the page's: tables of the file, pictures, codes of fields, headers.
_UNSEEN = frozenset(
    b"fonttbl colortbl stylesheet info pict object objdata fldinst listtable listoverridetable "
    b"revtbl rsidtbl generator xmlnstbl datafield themedata latentstyles bkmkstart bkmkend header "
    b"headerl headerr headerf footer footerl footerr footerf annotation atnid atnauthor nonshppict "
    b"filetbl mmathPr wgrffmtfilter".split()
)
_KEPT = frozenset(b"shppict listtext pntext shptxt".split())  # behind \* and yet seen
_SIGNS = {
    b"tab": " ", b"line": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": "　", b"enspace": " ",
}  # fmt: skip
_CHARSETS = {134: "gb18030", 136: "big5", 128: "cp932", 129: "cp949", 0: "cp1252"}
_CODE_PAGES = {936: "gb18030", 950: "big5", 932: "cp932", 949: "cp949"}


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group: whether it is unseen, how many characters follow a word u, the
    encoding of bytes, whether it is of the table of fonts, or a note.
    """

    unseen: bool = False
    skip: int = 1
    encoding: str = "cp1252"
    fonts: bool = False
    note: bool = False


@dataclass(slots=True)
class _Reading:
    """The document as it is read."""

    states: list[_State] = field(default_factory=lambda: [_State()])
    faces: dict[int, str] = field(default_factory=dict)
    face: int = 0
    usual: str = "cp1252"
    raw: bytearray = field(default_factory=bytearray)
    text: list[str] = field(default_factory=list)
    row: list[Cell] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    kind: Kind | None = None
    in_table: bool = False
    pieces: list[Piece] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    to_skip: int = 0
    starred: bool = False

    def flush(self) -> None:
        """The bytes so far as text."""
        if self.raw:
            self.text.append(self.raw.decode(self.states[-1].encoding, "replace"))
            self.raw.clear()

    def taken(self) -> str:
        """The text of the paragraph or cell that ends here."""
        self.flush()
        text = "".join(self.text)
        self.text.clear()
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def end_table(self) -> None:
        grid = even(self.rows)
        self.rows.clear()
        if grid and is_frame(grid):
            self.pieces += [Piece(cell.text) for row in grid for cell in once(row)]
        elif grid:
            self.pieces += lines_of(grid)


def read_rtf(data: bytes, name: str) -> Extracted:
    """Text of an RTF file, a paragraph or a table's row a line.

    :raises BulletinError: no RTF, nested too deep, of too many paragraphs, or without text.
    """
    if not data.lstrip().startswith(HEADER):
        raise BulletinError(
            f"{name}: no RTF file; give it the suffix of what it is (不是 RTF 文件，请改正扩展名)"
        )
    reading = _Reading()
    at = 0
    while match := _TOKEN.match(data, at):
        at = match.end()
        if match["word"] == b"bin":  # bytes of a picture follow
            at += max(int(match["number"] or 0), 0)
        else:
            _take(reading, match, name)
        if len(reading.pieces) > MAX_PARAGRAPHS:
            raise BulletinError(
                f"{name}: more than {MAX_PARAGRAPHS:,} paragraphs; split the document "
                "(段落过多，请拆分)"
            )
    reading.pieces += [Piece(line) for line in reading.taken().split("\n")]
    reading.end_table()
    extracted = assemble(reading.pieces)
    if not extracted.text:
        raise BulletinError(
            f"{name}: holds no text; save it as .docx (文件没有文字，请另存为 .docx)"
        )
    return extracted


def _take(reading: _Reading, match: "re.Match[bytes]", name: str) -> None:
    state = reading.states[-1]
    if match["brace"] == b"{":
        reading.flush()
        reading.states.append(state)
        if len(reading.states) > MAX_DEPTH:
            raise BulletinError(
                f"{name}: groups in groups, more than {MAX_DEPTH}; save it again (嵌套过深)"
            )
    elif match["brace"] == b"}":
        reading.flush()
        if len(reading.states) > 1:
            reading.states.pop()
        reading.starred = False
        if state.note and not reading.states[-1].note:
            reading.notes.append("".join(reading.text))
            reading.text, reading.held = reading.held, []
    elif match["word"]:
        number = int(match["number"]) if match["number"] else None
        _obey(reading, match["word"], number)
    elif match["sign"] == b"*":
        reading.starred = True
    elif not state.unseen:
        _show(reading, match)


def _show(reading: _Reading, match: "re.Match[bytes]") -> None:
    """Take in characters; those that stand for one told by its number are passed over."""
    if match["hex"]:
        if reading.to_skip:
            reading.to_skip -= 1
        else:
            reading.raw.append(int(match["hex"], 16))
    elif match["text"]:
        skipped = min(reading.to_skip, len(match["text"]))
        reading.to_skip -= skipped
        reading.raw += match["text"][skipped:]
    elif match["sign"]:
        reading.flush()
        shown = {b"~": " ", b"_": "-", b"-": ""}
        sign = match["sign"]
        reading.text.append(shown.get(sign, sign.decode("latin-1") if sign in b"\\{}" else ""))


def _obey(reading: _Reading, word: bytes, number: int | None) -> None:
    state = reading.states[-1]
    starred, reading.starred = reading.starred, False
    if word in _UNSEEN or (starred and word not in _KEPT):
        reading.states[-1] = replace(state, unseen=True, fonts=word == b"fonttbl")
    elif word in (b"v", b"deleted"):  # hidden text, and what a tracked change took out
        reading.flush()
        reading.states[-1] = replace(state, unseen=number != 0)
    elif word == b"ansicpg":
        reading.usual = _CODE_PAGES.get(number or 0, f"cp{number}" if number == 1252 else "cp1252")
        reading.states = [replace(one, encoding=reading.usual) for one in reading.states]
    elif word == b"f" and number is not None:
        reading.flush()
        reading.face = number
        encoding = reading.faces.get(number, reading.usual)
        reading.states[-1] = replace(state, encoding=encoding)
    elif word == b"fcharset" and state.fonts:
        charset = _CHARSETS.get(number or 0, reading.usual)
        reading.faces[reading.face] = charset if number else reading.usual
    elif word == b"uc":
        reading.states[-1] = replace(state, skip=max(number or 0, 0))
    elif not state.unseen:
        _set(reading, word, number)


def _set(reading: _Reading, word: bytes, number: int | None) -> None:
    """Words that show something, or end something."""
    if word == b"u" and number is not None:
        reading.flush()
        unit = (number & 0xFFFF).to_bytes(2, "little")
        reading.text.append(unit.decode("utf-16-le", "surrogatepass"))
        reading.to_skip = reading.states[-1].skip
    elif word in _SIGNS:
        reading.flush()
        reading.text.append(_SIGNS[word])
    elif word == b"footnote" and not reading.states[-1].note:
        reading.flush()
        reading.held, reading.text = reading.text, []
        reading.states[-1] = replace(reading.states[-1], note=True)
    elif reading.states[-1].note:
        return
    elif word in (b"par", b"sect", b"page") and not reading.in_table:
        reading.end_table()
        lines = reading.taken().split("\n")
        reading.pieces += [Piece(line, reading.kind) for line in lines]
        reading.pieces += [Piece(note, Kind.PARAGRAPH) for note in reading.notes]
        reading.notes.clear()
    elif word == b"cell":
        reading.row.append(Cell(reading.taken().replace("\n", "")))
    elif word == b"row":
        reading.rows.append(tuple(reading.row))
        reading.row.clear()
        reading.in_table = False
    elif word == b"intbl":
        reading.in_table = True
    elif word == b"pard":
        reading.kind, reading.in_table = None, False
    elif word == b"outlinelevel" and number is not None and number < 9:
        reading.kind = Kind.HEADING
