"""Lines to groups: which lines are one unit.

Three families of files are told apart. Where the format gives whole paragraphs, a line is one, and
`joins` says what a page tore. In hard-wrapped text (lines.wrap_width) a paragraph ends at a line
that is not full, or at a full line when the next one begins like a paragraph. In clean text every
line is a paragraph unless a page, a column or a picture cut it.
"""

from collections.abc import Callable
from itertools import groupby, pairwise, takewhile

from corpus.extracted import Extracted
from corpus.layout import imprint, line_kinds
from corpus.layout.lines import SQUEEZE, TextLine, is_page_mark, wrap_width

INDENT = 2  # characters that the first line of a printed paragraph is shorter by
KEPT_INDENT = 3  # cells; a single blank is dirt of the extraction, two ideographic ones are four
# Where indents are kept, between one line in thirty and most lines have one.
INDENTED_SHARE = (1 / 30, 0.6)
HANGING = 6  # characters that a list of recipients is set in by, left and right
NEVER_FIRST = "。，、；：！？”’）》」』】〉％%"  # marks that close what stands before them
LINK = 20  # characters of the words of a link
MIN_PARTED = 2  # blank lines in a text whose paragraphs they part
PICTURE_GAP = 2  # blank lines that a picture leaves before its caption in clean text

Group = list[TextLine]
# Whether a line goes on: the last line, the next one, whether the last is the group's first.
Continues = Callable[[TextLine, TextLine, bool], bool]


def group_lines(lines: list[TextLine], extracted: Extracted) -> list[Group]:
    """The lines of each unit, page numbers and the like left out, in order of their first lines."""
    body = [line for line in lines if not is_page_mark(line)]
    if extracted.whole:
        return _rejoin_marked(body, extracted)
    rows = extracted.readings  # of tables: each is a unit, and no line of running text
    running = _way_of_running([line for line in body if line.span.start not in rows])
    groups: list[Group] = []
    for is_row, some in groupby(body, key=lambda line: line.span.start in rows):
        run = list(some)
        groups += [[line] for line in run] if is_row else running(run)
    return groups


def _way_of_running(lines: list[TextLine]) -> Callable[[list[TextLine]], list[Group]]:
    """How lines of running text are grouped, by what all of them together look like."""
    if _is_broken_at_links(lines):
        return _rejoin_linked
    width = wrap_width(lines)
    if width is None:
        return _rejoin_torn
    indented = sum(line.indent >= KEPT_INDENT for line in lines) / len(lines)
    low, high = INDENTED_SHARE
    continues = _wrapped_continues(width, low <= indented <= high)

    def rejoin_wrapped(run: list[TextLine]) -> list[Group]:
        head = [[line] for line in takewhile(_heads_issue, run)]
        return head + _group(run[len(head) :], continues)

    return rejoin_wrapped


def is_caption(line: TextLine) -> bool:
    """Whether a line is a short sentence behind the gap of a picture."""
    return (
        line.gap > PICTURE_GAP
        and len(line.text) <= line_kinds.SHORT
        and line_kinds.ends_sentence(line.text)
        and not line_kinds.has_point_mark(line.text)
    )


def _heads_issue(line: TextLine) -> bool:
    return imprint.is_masthead(line.text) or _is_of_imprint(line.text)


def _is_of_imprint(text: str) -> bool:
    return imprint.is_imprint(text) or imprint.is_dated_organ(text)


def _group(lines: list[TextLine], continues: Continues) -> list[Group]:
    groups: list[Group] = []
    for line in lines:
        if groups and continues(groups[-1][-1], line, len(groups[-1]) == 1):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _wrapped_continues(width: int, indents_kept: bool) -> Continues:
    """The rule for text wrapped at `width` characters."""
    recipients = False  # whether the walk has come to the list of recipients

    def continues(last: TextLine, line: TextLine, first: bool) -> bool:
        nonlocal recipients
        recipients = recipients or imprint.is_distribution(last.text)
        if recipients:
            own = imprint.is_distribution(line.text) or _is_of_imprint(line.text)
            return not own and last.width >= width - HANGING
        if _parts(last, width) or _parts(line, width) or imprint.is_organ(line.text):
            return False
        if indents_kept and (line.indent >= KEPT_INDENT or last.indent >= KEPT_INDENT or not first):
            return line.indent < KEPT_INDENT and not _is_heading_line(line, last, width)
        if not _is_full(last, width, first):
            return False
        if not line_kinds.may_end_paragraph(last.text):
            return True
        # A full line that ends a sentence: the next one tells, by its mark, by its lost indent, or
        # by being a short line that is no sentence.
        heading = line_kinds.is_heading(line.text) and line.width < width - SQUEEZE
        return not (heading or line_kinds.has_point_mark(line.text) or _looks_indented(line, width))

    return continues


def _is_heading_line(line: TextLine, last: TextLine, width: int) -> bool:
    """Whether a line without an indent is a heading behind the end of a paragraph."""
    short = last.width < width - SQUEEZE or line_kinds.may_end_paragraph(last.text)
    return short and line_kinds.is_heading(line.text) and line.width < width - SQUEEZE


def _parts(line: TextLine, width: int) -> bool:
    """Whether the line is a unit of its own among wrapped ones.

    Any line of a paragraph may happen to end as a byline does (…接受记者采访时), so one that runs
    to the margin tells by its opening only.
    """
    full = line.width >= width - SQUEEZE - INDENT and not line.text.startswith(("（", "("))
    return line_kinds.opens_alone(line.text) or (line_kinds.closes_alone(line.text) and not full)


def _is_full(line: TextLine, width: int, first: bool) -> bool:
    """Whether the line runs to the margin, give or take what typesetting squeezes.

    A first line lacks its indent. A line that stops short in mid-sentence is taken for full while
    it lacks no more than SQUEEZE: marks may not begin a line, so words move down.
    """
    room = INDENT if first else 0
    squeeze = 0 if line_kinds.may_end_paragraph(line.text) else SQUEEZE
    return line.width >= width - room - squeeze


def _looks_indented(line: TextLine, width: int) -> bool:
    """Whether the line is as long as a full first line: its indent shorter than the others."""
    return width - INDENT - 1 <= line.width <= width - INDENT


def _rejoin_marked(lines: list[TextLine], extracted: Extracted) -> list[Group]:
    """Groups where the format tells paragraphs: a line each, joined to the paragraph before it
    where the format says so; headers and captions between them have a kind of their own.
    """
    groups: list[Group] = []
    for line in lines:
        start = line.span.start
        running = (g for g in reversed(groups) if g[0].span.start not in extracted.kinds)
        if start in extracted.joins and (torn := next(running, None)) is not None:
            torn.append(line)
        else:
            groups.append([line])
    return groups


def _rejoin_linked(lines: list[TextLine]) -> list[Group]:
    """Groups of clean text that was broken before and behind its links: a line that opens with a
    mark that cannot open one goes on. Where blank lines part the paragraphs, so does any line right
    behind one that ends no sentence; where they do not, the link itself, a short line before it.
    """
    parted = sum(line.gap > 0 for line in lines) >= MIN_PARTED
    groups: list[Group] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        last = groups[-1][-1] if groups else None
        goes_on = last is not None and not line.gap and _goes_on(last, line, following, parted)
        if goes_on:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(last: TextLine, line: TextLine, following: TextLine | None, parted: bool) -> bool:
    if _cannot_open(line):
        return True
    if line_kinds.may_end_paragraph(last.text) or line_kinds.has_heading_mark(last.text):
        return False
    is_link = following is not None and _cannot_open(following)
    return (parted or is_link) and not (_stands_alone(last.text) or _stands_alone(line.text))


def _is_broken_at_links(lines: list[TextLine]) -> bool:
    """Whether a short line, which may be a link, has the mark behind it on a line of its own."""
    return any(_cannot_open(line) and len(last.text) <= LINK for last, line in pairwise(lines))


def _cannot_open(line: TextLine) -> bool:
    """Whether a line begins with a mark that no line begins with, right behind another one."""
    return not line.gap and line.text[:1] in tuple(NEVER_FIRST)


def _rejoin_torn(lines: list[TextLine]) -> list[Group]:
    """Groups of clean text: a line each, and a torn paragraph with the line that completes it.

    A long line that stops in mid-sentence is torn. What completes it is the next line that is no
    caption, heading or the like; the lines between become groups of their own behind it.
    """
    groups: list[Group] = []
    torn: Group | None = None
    for line in lines:
        if torn is not None and _completes(line):
            torn.append(line)
            torn = torn if _is_torn(line) else None
            continue
        groups.append([line])
        if _is_torn(line) and len(groups) > 1:  # the first line of a file is its title
            torn = groups[-1]
        elif torn is not None and not is_caption(line):
            torn = None
    return groups


def _is_torn(line: TextLine) -> bool:
    return (
        len(line.text) > line_kinds.SHORT
        and not line_kinds.is_heading(line.text)
        and not line_kinds.may_end_paragraph(line.text)
        and not _stands_alone(line.text)
    )


def _completes(line: TextLine) -> bool:
    return not (
        is_caption(line)
        or _stands_alone(line.text)
        or line_kinds.has_point_mark(line.text)
        or line_kinds.is_heading(line.text)
    )


def _stands_alone(text: str) -> bool:
    return line_kinds.opens_alone(text) or line_kinds.closes_alone(text)
