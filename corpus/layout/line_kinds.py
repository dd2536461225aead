"""What a line says of itself: the marks by which the units of an article are recognised."""

import re

from corpus.layout import imprint
from corpus.text import dates, list_marks
from corpus.text.reading_text import narrow, solid

# A sentence, or a paragraph, can end on these, in Chinese marks or in what extraction made of them.
TERMINAL = "。．.！!？?；;…"
CLOSING = "”’』」）)》»"
SHORT = 40  # characters; a heading, caption or credit is shorter, a body paragraph rarely
ADOPTION = 60  # characters; a date, an assembly and 通过
MARKED = 60  # characters; a heading with a number of its own may be a whole programme
TITLE = 80  # characters; an official title can be longer than any heading; what is longer is text
HEADING = 24  # characters; a numbered line that is longer is the opening of a paragraph

_BYLINE = re.compile(r"^[□■◎]|(?:本报|特约)?(?:记者|通讯员)[\s：:]*[一-鿿·\s]{2,12}$")
_CREDIT = re.compile(r"供\s*稿(?:人|单位)?\s*[：:]?.{0,24}[)）]?$")
_ADOPTION = re.compile(
    r"^[（(]?\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日.*(?:通过|批准|修正|修订|公布|发布|施行)[）)]?$"
)
_DELIVERY = re.compile(rf"^[（(]?{dates.DAY_OF_YEAR}在.*(?:会|会议)上[）)]?$")
_SPEAKER = re.compile(
    r"^[一-鿿]{0,16}(?:长|主任|书记|主席|主委|委员)[\s　]+[一-鿿](?:[\s　]?[一-鿿]){1,3}$"
)
_ORIGIN = re.compile(
    r"^[（(]?\s*(?:来源|作者|供图|文图|撰稿)\s*[：:]|^[（(]\s*(?:根?据|摘自|来自).{2,30}[）)]$"
)
_ATTACHMENT_LIST = re.compile(r"^附\s*件\s*[：:]")
# 表1 2023年各县区人口, 附表二：…, 图3-1 …; and the unit of all figures that stands above a table.
_TABLE_TITLE = re.compile(
    r"^附?[表图]\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:\s*[-－—.．]\s*\d{1,3})?"
    r"(?:[\s　：:、.．]+\S|[一-鿿]*$|\d{4}年)"
)
_TABLE_UNIT = re.compile(r"^[（(]?\s*(?:计量)?单\s*位\s*[：:]\s*[^。；]{1,20}$")
_EDITOR_NOTE = re.compile(r"^[【\[（(]?\s*(?:编者按|编后|按语|编者的话)\s*[】\])）]?\s*[：:]?")


def is_byline(text: str) -> bool:
    """Whether the line names the reporter."""
    return len(text) <= SHORT and bool(_BYLINE.search(text))


def is_credit(text: str) -> bool:
    """Whether the line names the contributor: （…供稿）."""
    return (
        len(text) <= SHORT and bool(_CREDIT.search(text)) and not ends_sentence(text.rstrip(")）"))
    )


def is_adoption(text: str) -> bool:
    """Whether the line tells when and where a text was passed: 2020年3月26日…会议通过."""
    return len(text) <= ADOPTION and bool(_ADOPTION.match(narrow(text)))


def is_delivery(text: str) -> bool:
    """Whether the line tells when, where or by whom a report was given: …在…会议上, 市长　某某."""
    if len(text) > ADOPTION:
        return False
    return bool(_DELIVERY.match(solid(text)) or _SPEAKER.match(text))


def is_origin(text: str) -> bool:
    """Whether the line names where the text comes from: 来源：据公开报道整理."""
    return len(text) <= SHORT and bool(_ORIGIN.match(text))


def is_attachment_mark(text: str) -> bool:
    """Whether the line is a bare 附件 or 附件1, above an attachment."""
    return bool(list_marks.ATTACHMENT.match(text))


def is_attachment_list(text: str) -> bool:
    """Whether the line opens the list of attachments under a letter: 附件：1.…"""
    return bool(_ATTACHMENT_LIST.match(text))


def is_numbered(text: str) -> bool:
    """Whether the line opens with an Arabic number of its own: 2.…"""
    return bool(list_marks.NUMBERED.match(narrow(text)))


def is_named_point(text: str) -> bool:
    """Whether the line is a numbered name closed by a full stop: （一）指导思想。"""
    return (
        has_point_mark(text)
        and not list_marks.ARTICLE.match(text)
        and len(text) <= HEADING
        and text[-1:] in "。.．"
        # what has a mark or a number inside tells something: 1.建成养老机构86家。
        and not re.search(r"[，,；;：:、。.．\d]", list_marks.POINT.sub("", text, count=1)[:-1])
    )


def is_editor_note(text: str) -> bool:
    """Whether the line opens an editor's note."""
    return bool(_EDITOR_NOTE.match(text))


def is_table_title(text: str) -> bool:
    """Whether the line names a table or a picture by its number."""
    short = len(text) <= TITLE and not ends_sentence(text)
    return short and bool(_TABLE_TITLE.match(narrow(text)))


def is_table_unit(text: str) -> bool:
    """Whether the line gives the unit of a table."""
    return bool(_TABLE_UNIT.match(narrow(text)))


def has_heading_mark(text: str) -> bool:
    """Whether the line opens as a numbered heading does: 一、…, 第二章…"""
    return bool(list_marks.HEADING.match(text))


def has_point_mark(text: str) -> bool:
    """Whether the line opens as a numbered point or section does: （一）…, 二是…, 第三条…"""
    return bool(list_marks.POINT.match(text))


def ends_sentence(text: str) -> bool:
    """Whether the line ends with a mark that can end a sentence, quotes and brackets aside."""
    return text.rstrip(CLOSING + " ")[-1:] in tuple(TERMINAL)


def may_end_paragraph(text: str) -> bool:
    """As ends_sentence, but a closing quote alone is enough: extraction loses marks behind it."""
    return ends_sentence(text) or text[-1:] in ("”", "：", ":")


def is_heading(text: str) -> bool:
    """Whether a line that stands alone can be a heading: short and no sentence.

    A very short question or exclamation can head a section; a statement with a full stop cannot.
    """
    limit = MARKED if has_heading_mark(text) else SHORT
    if list_marks.ARTICLE.match(text):
        return False
    if len(text) > limit or text[-1:] in "，,、：:" or "。" in text[:-1]:
        return False
    asks = len(text) <= SHORT // 2 and text[-1:] in "？?！!" and not ends_sentence(text[:-1])
    return asks or not ends_sentence(text)


def opens_alone(text: str) -> bool:
    """Whether the line is a unit of its own by the words that it opens with."""
    return (
        imprint.is_distribution(text)
        or imprint.is_document_number(text)
        or (is_editor_note(text) and len(text) <= SHORT)
        or (has_heading_mark(text) and is_heading(text) and len(text) <= HEADING)
    )


def closes_alone(text: str) -> bool:
    """Whether the line is a unit of its own by the words that it ends with."""
    return (
        is_byline(text)
        or is_credit(text)
        or imprint.is_imprint(text)
        or imprint.is_dated_organ(text)
        or imprint.is_furniture(text)
    )
