"""What a line says of itself: the marks by which units of each kind are recognised."""

import re

from corpus.reading import narrow

# A sentence, or a paragraph, can end on these, in Chinese marks or in what extraction made of them.
TERMINAL = "。．.！!？?；;…"
CLOSING = "”’』」）)》»"
SHORT = 40  # characters; a heading, caption or credit is shorter, a body paragraph rarely
HEADING = 24  # characters; a numbered line that is longer is the opening of a paragraph

_NUMERAL = "[一二三四五六七八九十百〇零]"
_HEADING_MARK = re.compile(
    rf"(?:{_NUMERAL}{{1,3}}\s*[、.．]|第{_NUMERAL}{{1,4}}[章节编部分]+|附\s*件|附\s*录)"
)
_POINT_MARK = re.compile(
    rf"(?:[（(]\s*(?:{_NUMERAL}{{1,3}}|[0-9０-９]{{1,2}})\s*[)）]|{_NUMERAL}{{1,3}}\s*[、.．]"
    rf"|{_NUMERAL}{{1,2}}是|[0-9０-９]{{1,2}}\s*[、.．)）]|第{_NUMERAL}{{1,4}}[章节条款]"
    r"|[①-⑳])"
)
_MASTHEAD = re.compile(
    r"(?:专辑|简报|专刊|专报|增刊|情况反映|动态|通讯|公报)\s*(?:[（(].{1,8}[)）])?$"
    r"|^[（(]?\s*(?:总)?第\s*[\d一二三四五六七八九十百〇零]+\s*期"
)
_BYLINE = re.compile(r"^[□■◎]|(?:本报|特约)?(?:记者|通讯员)[\s：:]*[一-鿿·\s]{2,12}$")
_CREDIT = re.compile(r"供\s*稿(?:人|单位)?\s*[：:]?.{0,24}[)）]?$")
_DISTRIBUTION = re.compile(r"^(?:报|送|发|主送|抄送|抄报|分送|印发|呈报|报送|发至)\s*[：:]")
_PAGE_CREDIT = re.compile(
    r"^(?:组版|责编|责任编辑|编辑|校对|美编|排版|版式|审核|签发|印数|主编)\s*[：:]"
    r"|主办$|承办$|^星期[一二三四五六日天]$|^共印\s*\d+\s*份"
)
_DATE_LINE = re.compile(r"^\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?:\s*星期[一二三四五六日天])?$")
_EDITOR_NOTE = re.compile(r"^[【\[（(]?\s*(?:编者按|编后|按语|编者的话)\s*[】\])）]?\s*[：:]?")


def is_masthead(text: str) -> bool:
    """Whether the line names a series or an issue: …专辑（四十七）, 第12期."""
    return len(text) <= SHORT + 10 and bool(_MASTHEAD.search(narrow(text)))


def is_byline(text: str) -> bool:
    """Whether the line names the reporter."""
    return len(text) <= SHORT and bool(_BYLINE.search(text))


def is_credit(text: str) -> bool:
    """Whether the line names the contributor: （…供稿）."""
    return (
        len(text) <= SHORT and bool(_CREDIT.search(text)) and not ends_sentence(text.rstrip(")）"))
    )


def is_distribution(text: str) -> bool:
    """Whether the line opens a list of recipients: 报：…, 发：…"""
    return bool(_DISTRIBUTION.match(text))


def is_page_credit(text: str) -> bool:
    """Whether the line belongs to the imprint of a page: editors, date of the issue, weekday."""
    plain = narrow(text)
    return len(text) <= SHORT and bool(_PAGE_CREDIT.search(plain) or _DATE_LINE.match(plain))


def is_date_line(text: str) -> bool:
    """Whether the line is a date and nothing else."""
    return bool(_DATE_LINE.match(narrow(text)))


def is_editor_note(text: str) -> bool:
    """Whether the line opens an editor's note."""
    return bool(_EDITOR_NOTE.match(text))


def has_heading_mark(text: str) -> bool:
    """Whether the line opens as a numbered heading does: 一、…, 第二章…"""
    return bool(_HEADING_MARK.match(text))


def has_point_mark(text: str) -> bool:
    """Whether the line opens as a numbered point or section does: （一）…, 二是…, 第三条…"""
    return bool(_POINT_MARK.match(text))


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
    if len(text) > SHORT or text[-1:] in "，,、：:":
        return False
    asks = len(text) <= SHORT // 2 and text[-1:] in "？?！!" and not ends_sentence(text[:-1])
    return asks or not ends_sentence(text)


def opens_alone(text: str) -> bool:
    """Whether the line is a unit of its own by the words that it opens with."""
    return (
        is_distribution(text)
        or (is_editor_note(text) and len(text) <= SHORT)
        or (has_heading_mark(text) and is_heading(text) and len(text) <= HEADING)
    )


def closes_alone(text: str) -> bool:
    """Whether the line is a unit of its own by the words that it ends with."""
    return is_byline(text) or is_credit(text) or is_page_credit(text)
