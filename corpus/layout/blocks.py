"""Groups of lines to blocks: which kind of unit each is, by its words and its neighbours."""

from dataclasses import dataclass
from itertools import pairwise

from corpus.bulletin import Kind
from corpus.extracted import Extracted
from corpus.layout import imprint, line_kinds
from corpus.layout.contents import contents_in
from corpus.layout.grouping import Group, group_lines, is_caption
from corpus.layout.lines import TextLine, is_page_mark

OPENING = (None, Kind.MASTHEAD, Kind.CREDIT, Kind.TITLE)  # what stands before an article's title
# What can stand between a title and the line that says where the text comes from.
HEAD = (Kind.TITLE, Kind.BYLINE, Kind.MASTHEAD, Kind.PAGE_CREDIT)
# What a line that names a table may be taken for, by its type or its shortness.
NAMES_TABLE = (Kind.HEADING, Kind.PARAGRAPH, Kind.PAGE_CREDIT)
ARROWS = frozenset((">", "＞", "»", "›", ">>", "→"))
STEP = 12  # characters of a step of a path through a site
MAX_TITLE_PARTS = 4  # lines of a title; what goes on longer is a list of short lines
MAX_PARTS = 100  # lines of a list of recipients or a note
LOOK_BACK = 50  # blocks; a letter has no more attachments
MAX_HEAD = 100  # blocks above the first title, its table of contents among them
DASHES = ("——", "――", "──")  # open a subtitle


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one unit. `parts` are lines that belong together as one run of text; a title
    or a list of recipients can have several.
    """

    kind: Kind
    parts: tuple[tuple[TextLine, ...], ...]

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """All lines, in order."""
        return tuple(line for part in self.parts for line in part)

    @property
    def text(self) -> str:
        """The lines joined, for looking at; units are built from spans."""
        return "".join(line.text for line in self.lines)


def blocks_of(lines: list[TextLine], extracted: Extracted | None = None) -> list[Block]:
    """The blocks of a file, in the order of their first lines."""
    extracted = extracted or Extracted("")
    blocks = _name(group_lines(lines, extracted), extracted, _crumbs(lines))
    blocks += [Block(Kind.PAGE_NUMBER, ((line,),)) for line in lines if is_page_mark(line)]
    return sorted(blocks, key=lambda block: block.lines[0].span.start)


def _crumbs(lines: list[TextLine]) -> frozenset[int]:
    """Starts of the lines of a path through a site, which stand beside its arrows: 首页 > 公开."""
    found: set[int] = set()
    for line, following in pairwise(lines):
        for arrow, step in ((line, following), (following, line)):
            if arrow.text.strip() in ARROWS and len(step.text) <= STEP:
                found |= {arrow.span.start, step.span.start}
    return frozenset(found)


def _name(groups: list[Group], extracted: Extracted, crumbs: frozenset[int]) -> list[Block]:
    """Give each group its kind; some kinds depend on what stands before and after."""
    blocks: list[Block] = []
    contents = contents_in(["".join(line.text for line in group) for group in groups])
    for index, group in enumerate(groups):
        following = groups[index + 1][0].text if index + 1 < len(groups) else ""
        kind = extracted.kinds.get(group[0].span.start) or _kind_of(group, blocks, following)
        framed = index in contents or group[0].span.start in crumbs
        kind = Kind.PAGE_CREDIT if framed else kind
        if kind in NAMES_TABLE and _is_of_table("".join(line.text for line in group)):
            kind = Kind.CAPTION
        if blocks and _belongs_on(kind, group, blocks[-1]):
            blocks[-1] = Block(kind, (*blocks[-1].parts, tuple(group)))
        else:
            blocks.append(Block(kind, (tuple(group),)))
    return blocks


def _kind_of(group: Group, before: list[Block], following: str) -> Kind:
    text = "".join(line.text for line in group)
    last = before[-1] if before else None
    previous = last.kind if last else None
    if previous is Kind.BYLINE and imprint.is_date_line(text):
        return Kind.BYLINE
    if imprint.is_imprint(text) or _is_publisher(text, before, following):
        return Kind.PAGE_CREDIT
    if previous is Kind.DISTRIBUTION or imprint.is_distribution(text):
        return Kind.DISTRIBUTION
    if imprint.is_document_number(text) or (imprint.is_masthead(text) and _in_head(before)):
        return Kind.MASTHEAD
    if line_kinds.is_editor_note(text):
        return Kind.EDITOR_NOTE
    if previous is Kind.EDITOR_NOTE and last and line_kinds.is_heading(last.text):
        return Kind.EDITOR_NOTE
    if line_kinds.is_credit(text):
        return Kind.CREDIT
    if _is_byline(text, previous, following):
        return Kind.BYLINE
    if imprint.is_furniture(text):
        return Kind.PAGE_CREDIT
    if len(group) == 1 and is_caption(group[0]):
        return Kind.CAPTION
    if _is_title(text, before, following):
        return Kind.TITLE
    if line_kinds.is_attachment_list(text) or _in_attachment_list(text, before):
        return Kind.PARAGRAPH
    return Kind.HEADING if _is_heading(text, last, following) else Kind.PARAGRAPH


def _is_of_table(text: str) -> bool:
    """Whether a line stands above a table and tells of it."""
    return line_kinds.is_table_title(text) or line_kinds.is_table_unit(text)


def _in_head(before: list[Block]) -> bool:
    """Whether nothing stands before but what heads an issue: its masthead, its imprint."""
    return len(before) <= MAX_HEAD and all(
        block.kind in (Kind.MASTHEAD, Kind.PAGE_CREDIT) for block in before
    )


def _is_publisher(text: str, before: list[Block], following: str) -> bool:
    """Whether a line names who publishes the issue: an organ with a date, on one line or on two,
    under a masthead or behind the recipients. Elsewhere an organ and a date sign a text.
    """
    near = reversed(before[-MAX_HEAD:])
    behind = next((block.kind for block in near if block.kind is not Kind.PAGE_CREDIT), None)
    if behind is not Kind.DISTRIBUTION and not (behind is Kind.MASTHEAD and _in_head(before)):
        return False
    dated = imprint.is_date_line(following) or imprint.is_date_line(before[-1].text)
    return imprint.is_dated_organ(text) or (imprint.is_organ(text) and dated)


def _is_byline(text: str, previous: Kind | None, following: str) -> bool:
    """Whether a line says who wrote, issued or passed the text, and when."""
    if line_kinds.is_byline(text):
        return True
    tells = (line_kinds.is_adoption, line_kinds.is_origin, line_kinds.is_delivery)
    if previous in HEAD and any(tell(text) for tell in tells):
        return True
    if previous in HEAD and (imprint.is_month_line(text) or _is_of_cover(text, following)):
        return True
    signs = imprint.is_organ(text) and imprint.is_date_line(following)
    return signs or imprint.is_dated_organ(text)


def _is_of_cover(text: str, following: str) -> bool:
    """Whether a line names one of the organs under the title of a cover."""
    dated = imprint.is_date_line(following) or imprint.is_month_line(following)
    return imprint.is_organ(text) and (dated or imprint.is_organ(following))


def _is_title(text: str, before: list[Block], following: str) -> bool:
    """Where an article begins: at the top, behind a credit or a bare 附件1, above a subtitle."""
    if (
        line_kinds.has_heading_mark(text)
        or line_kinds.ends_sentence(text)
        or line_kinds.is_table_unit(text)
        or text[-1:] in "，,、：:"
    ):
        return False
    last = before[-1] if before else None
    if last is None or last.kind is Kind.MASTHEAD or _in_head(before):
        return len(text) <= line_kinds.TITLE
    if not line_kinds.is_heading(text):
        return False
    if last.kind is Kind.TITLE and len(last.parts) >= MAX_TITLE_PARTS:
        return False
    attached = last.kind is Kind.HEADING and line_kinds.is_attachment_mark(last.text)
    above = following.startswith(DASHES) or line_kinds.is_byline(following)
    return last.kind in OPENING or attached or above


def _is_heading(text: str, last: Block | None, following: str) -> bool:
    """Whether a group heads what follows: no sentence, or a numbered name with a full stop that
    is no point of a list, where a point before it ends in a semicolon or one like it follows.
    """
    if line_kinds.is_heading(text):
        return True
    listed = last is not None and last.text.endswith(("；", ";"))
    like = line_kinds.has_point_mark(following) and following[:1] == text[:1]
    return line_kinds.is_named_point(text) and not listed and not like


def _in_attachment_list(text: str, before: list[Block]) -> bool:
    """Whether a numbered line goes on in the list of attachments under a letter."""
    if not line_kinds.is_numbered(text):
        return False
    near = reversed(before[-LOOK_BACK:])
    opening = next((block for block in near if not line_kinds.is_numbered(block.text)), None)
    return opening is not None and line_kinds.is_attachment_list(opening.text)


def _belongs_on(kind: Kind, group: Group, last: Block) -> bool:
    """Whether a group goes on in the block before it: a title's second line, a list's next one."""
    if kind is not last.kind or len(last.parts) >= MAX_PARTS:
        return False
    if kind is Kind.DISTRIBUTION:
        return not imprint.is_distribution(group[0].text)
    return kind in (Kind.TITLE, Kind.EDITOR_NOTE)
