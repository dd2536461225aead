"""Lines to blocks: which lines are one unit, and of which kind.

Two families of files are told apart by their lines (lines.wrap_width). In hard-wrapped text a
paragraph ends at a line that is not full, or at a full line when the next one begins like a
paragraph; in clean text every line is a paragraph unless a page, a column or a picture cut it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import takewhile

from corpus import kinds
from corpus.bulletin import Kind
from corpus.lines import SQUEEZE, Line, is_page_number, wrap_width

INDENT = 2  # characters that the first line of a printed paragraph is shorter by
PICTURE_GAP = 2  # blank lines that a picture leaves before its caption in clean text


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive or rejoined lines that make one unit."""

    kind: Kind
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines joined, for looking at; units are built from spans."""
        return "".join(line.text for line in self.lines)


def blocks_of(lines: list[Line]) -> list[Block]:
    """The blocks of a file, in the order of their first lines."""
    width = wrap_width(lines)
    body = [line for line in lines if not is_page_number(line)]
    head = [[line] for line in takewhile(lambda line: kinds.is_masthead(line.text), body)]
    rest = body[len(head) :]
    groups = _group(rest, _wrapped_continues(width)) if width else _rejoin_torn(rest)
    blocks = _name(head + groups)
    blocks += [Block(Kind.PAGE_NUMBER, (line,)) for line in lines if is_page_number(line)]
    return sorted(blocks, key=lambda block: block.lines[0].span.start)


def _group(lines: list[Line], continues: Callable[[Line, Line, bool], bool]) -> list[list[Line]]:
    """Lines gathered into groups; `continues(last, next, first_of_group)` says what belongs on."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and continues(groups[-1][-1], line, len(groups[-1]) == 1):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _wrapped_continues(width: int) -> Callable[[Line, Line, bool], bool]:
    """The rule for text wrapped at `width` characters."""

    def continues(last: Line, line: Line, first: bool) -> bool:
        if _parts(last, width) or _parts(line, width):
            return False
        if not _is_full(last, width, first):
            return False
        if not kinds.may_end_paragraph(last.text):
            return True
        # A full line that ends a sentence: the next one tells, by its mark, by its lost indent, or
        # by being a short line that is no sentence.
        heading = kinds.is_heading(line.text) and line.width < width - SQUEEZE
        return not (heading or kinds.has_point_mark(line.text) or _looks_indented(line, width))

    return continues


def _parts(line: Line, width: int) -> bool:
    """Whether the line is a unit of its own among wrapped ones.

    Any line of a paragraph may happen to end as a byline does (…接受记者采访时), so one that runs
    to the margin tells by its opening only.
    """
    full = line.width >= width - SQUEEZE - INDENT and not line.text.startswith(("（", "("))
    return kinds.opens_alone(line.text) or (kinds.closes_alone(line.text) and not full)


def _is_full(line: Line, width: int, first: bool) -> bool:
    """Whether the line runs to the margin, give or take what typesetting squeezes.

    A first line lacks its indent. A line that stops short in mid-sentence is taken for full while
    it lacks no more than one further character: marks may not begin a line, so words move down.
    """
    room = INDENT if first else 0
    if line.width >= width - room - (0 if kinds.may_end_paragraph(line.text) else 1):
        return True
    return line.width >= width - SQUEEZE - room and not kinds.may_end_paragraph(line.text)


def _looks_indented(line: Line, width: int) -> bool:
    """Whether the line is as long as a full first line: its indent shorter than the others."""
    return width - INDENT - 1 <= line.width <= width - INDENT


def _rejoin_torn(lines: list[Line]) -> list[list[Line]]:
    """Groups of clean text: a line each, and a torn paragraph with the line that completes it.

    A long line that stops in mid-sentence is torn. What completes it is the next line that is no
    caption, heading or the like; the lines between become groups of their own behind it.
    """
    groups: list[list[Line]] = []
    torn: list[Line] | None = None
    for line in lines:
        if torn is not None and _completes(line):
            torn.append(line)
            torn = torn if _is_torn(line) else None
            continue
        groups.append([line])
        if _is_torn(line):
            torn = groups[-1]
        elif torn is not None and not _is_caption(line):
            torn = None
    return groups


def _is_torn(line: Line) -> bool:
    return (
        len(line.text) > kinds.SHORT
        and not kinds.may_end_paragraph(line.text)
        and not _stands_alone(line.text)
    )


def _completes(line: Line) -> bool:
    return not (
        _is_caption(line)
        or _stands_alone(line.text)
        or kinds.has_point_mark(line.text)
        or kinds.is_heading(line.text)
    )


def _is_caption(line: Line) -> bool:
    """A short sentence behind the gap of a picture."""
    return (
        line.gap > PICTURE_GAP
        and len(line.text) <= kinds.SHORT
        and kinds.ends_sentence(line.text)
        and not kinds.has_point_mark(line.text)
    )


def _stands_alone(text: str) -> bool:
    return kinds.opens_alone(text) or kinds.closes_alone(text)


def _name(groups: list[list[Line]]) -> list[Block]:
    """Give each group its kind; some kinds depend on what stands before and after."""
    blocks: list[Block] = []
    for index, group in enumerate(groups):
        following = groups[index + 1][0].text if index + 1 < len(groups) else ""
        kind = _kind_of(group, blocks, following)
        if blocks and _belongs_on(kind, group, blocks[-1]):
            blocks[-1] = replace(blocks[-1], lines=(*blocks[-1].lines, *group))
        else:
            blocks.append(Block(kind, tuple(group)))
    return blocks


def _kind_of(group: list[Line], before: list[Block], following: str) -> Kind:
    text = "".join(line.text for line in group)
    last = before[-1].kind if before else None
    if last is Kind.DISTRIBUTION or kinds.is_distribution(text):
        return Kind.DISTRIBUTION
    if kinds.is_masthead(text) and last in (None, Kind.MASTHEAD):
        return Kind.MASTHEAD
    if kinds.is_editor_note(text):
        return Kind.EDITOR_NOTE
    if last is Kind.EDITOR_NOTE and kinds.is_heading(before[-1].text) and len(text) > kinds.SHORT:
        return Kind.EDITOR_NOTE
    if kinds.is_credit(text):
        return Kind.CREDIT
    if kinds.is_page_credit(text):
        return Kind.PAGE_CREDIT
    if kinds.is_byline(text):
        return Kind.BYLINE
    if len(group) == 1 and _is_caption(group[0]):
        return Kind.CAPTION
    if kinds.is_heading(text) and not _is_torn_group(group):
        return Kind.TITLE if _is_title(text, last, following) else Kind.HEADING
    return Kind.PARAGRAPH


def _is_torn_group(group: list[Line]) -> bool:
    return len(group) > 1 and not kinds.is_heading("".join(line.text for line in group))


def _is_title(text: str, last: Kind | None, following: str) -> bool:
    """A heading where an article begins: at the top, behind a credit, or above a subtitle."""
    if kinds.has_heading_mark(text):
        return False
    opens = last in (None, Kind.MASTHEAD, Kind.CREDIT, Kind.TITLE)
    return opens or following.startswith(("——", "――", "──")) or kinds.is_byline(following)


def _belongs_on(kind: Kind, group: list[Line], last: Block) -> bool:
    """Whether a group goes on in the block before it: a title's second line, a list's next one."""
    if kind is not last.kind:
        return False
    if kind is Kind.DISTRIBUTION:
        return not kinds.is_distribution(group[0].text)
    return kind in (Kind.TITLE, Kind.EDITOR_NOTE)
