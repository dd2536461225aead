"""What a line says of itself: the marks by which units of each kind are recognised."""

import re

from corpus.reading import narrow

# A sentence, or a paragraph, can end on these, in Chinese marks or in what extraction made of them.
TERMINAL = "。．.！!？?；;…"
CLOSING = "”’』」）)》»"
SHORT = 40  # characters; a heading, caption or credit is shorter, a body paragraph rarely
ADOPTION = 60  # characters; a date, an assembly and 通过
FURNITURE = 80  # characters; a web page's line of date, source, hits and sizes
MARKED = 60  # characters; a heading with a number of its own may be a whole programme
HEADING = 24  # characters; a numbered line that is longer is the opening of a paragraph

_NUMERAL = "[一二三四五六七八九十百〇零]"
_HEADING_MARK = re.compile(
    rf"(?:{_NUMERAL}{{1,3}}\s*[、.．]|第{_NUMERAL}{{1,4}}[章节编部分]+"
    r"|附\s*[件录]\s*[一二三四五六七八九十\d０-９]*\s*$|【[^】]{1,20}】)"
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
_DATE_LINE = re.compile(
    r"^[\d一二三四五六七八九〇零○Ｏ]{4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月"
    r"\s*[\d一二三四五六七八九十]{1,3}\s*日(?:\s*星期[一二三四五六日天])?$"
)
_DOCUMENT_NUMBER = re.compile(r"^[一-鿿]{1,12}[〔\[［（(]\d{4}[〕\]］）)]\s*\d+\s*号$")
_ADOPTION = re.compile(
    r"^[（(]?\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日.*(?:通过|批准|修正|修订|公布|发布|施行)[）)]?$"
)
_ORIGIN = re.compile(
    r"^[（(]?\s*(?:来源|作者|供图|文图|撰稿)\s*[：:]|^[（(]\s*(?:根?据|摘自|来自).{2,30}[）)]$"
)
_ORGAN = re.compile(r"(?:办公厅|办公室|委员会|政府|党组|[部厅局院室会])$")
_ATTACHMENT_MARK = re.compile(r"^附\s*[件录]\s*[一二三四五六七八九十\d０-９]*$")
_ATTACHMENT_LIST = re.compile(r"^附\s*件\s*[：:]")
_NUMBERED = re.compile(r"^\d{1,2}\s*[.．、]")
_ARTICLE = re.compile(rf"^第{_NUMERAL}{{1,5}}[条款]")
_FURNITURE = re.compile(
    r"^(?:当前位置|您的位置|您当前的位置|首页\s*[>＞»]|发布(?:时间|日期)|信息来源|索引号|主题分类"
    r"|(?:【\s*)?字体|字号|[［\[【]?\s*打印|分享到|上一篇|下一篇|浏览次数|点击(?:数|量)|阅读次数"
    r"|相关(?:阅读|链接|附件)|扫一扫|版权所有|网站标识码|友情链接|\S*ICP备)"
    r"|^\S+\.(?:jpe?g|png|gif|bmp|webp)$",
    re.IGNORECASE,
)
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
    """Whether the line belongs to the imprint of a page, or to the furniture of a web page:
    editors, date of the issue, weekday; 当前位置, 字体：大 中 小, the name of an image file.
    """
    plain = narrow(text)
    if _FURNITURE.match(plain):
        return len(text) <= FURNITURE
    return len(text) <= SHORT and bool(_PAGE_CREDIT.search(plain) or _DATE_LINE.match(plain))


def is_date_line(text: str) -> bool:
    """Whether the line is a date and nothing else."""
    return bool(_DATE_LINE.match(narrow(text)))


def is_document_number(text: str) -> bool:
    """Whether the line is the number of an official document: 国办函〔2004〕71号."""
    return bool(_DOCUMENT_NUMBER.match(narrow(text)))


def is_adoption(text: str) -> bool:
    """Whether the line tells when and where a text was passed: 2020年3月26日…会议通过."""
    return len(text) <= ADOPTION and bool(_ADOPTION.match(narrow(text)))


def is_origin(text: str) -> bool:
    """Whether the line names where the text comes from: 来源：据公开报道整理."""
    return len(text) <= SHORT and bool(_ORIGIN.match(text))


def is_organ(text: str) -> bool:
    """Whether the line is nothing but the name of an organ, as under a letter."""
    return (
        len(text) <= HEADING and bool(_ORGAN.search(text)) and not re.search(r"[，。：:；、]", text)
    )


def is_attachment_mark(text: str) -> bool:
    """Whether the line is a bare 附件 or 附件1, above an attachment."""
    return bool(_ATTACHMENT_MARK.match(text))


def is_attachment_list(text: str) -> bool:
    """Whether the line opens the list of attachments under a letter: 附件：1.…"""
    return bool(_ATTACHMENT_LIST.match(text))


def is_numbered(text: str) -> bool:
    """Whether the line opens with an Arabic number of its own: 2.…"""
    return bool(_NUMBERED.match(narrow(text)))


def is_named_point(text: str) -> bool:
    """Whether the line is a numbered name closed by a full stop: （一）指导思想。"""
    return (
        has_point_mark(text)
        and not _ARTICLE.match(text)
        and len(text) <= HEADING
        and text[-1:] in "。.．"
        and not re.search(r"[，,；;：:、。.．]", re.sub(_POINT_MARK, "", text, count=1)[:-1])
    )


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
    limit = MARKED if has_heading_mark(text) else SHORT
    if _ARTICLE.match(text):
        return False
    if len(text) > limit or text[-1:] in "，,、：:" or "。" in text[:-1]:
        return False
    asks = len(text) <= SHORT // 2 and text[-1:] in "？?！!" and not ends_sentence(text[:-1])
    return asks or not ends_sentence(text)


def opens_alone(text: str) -> bool:
    """Whether the line is a unit of its own by the words that it opens with."""
    return (
        is_distribution(text)
        or is_document_number(text)
        or (is_editor_note(text) and len(text) <= SHORT)
        or (has_heading_mark(text) and is_heading(text) and len(text) <= HEADING)
    )


def closes_alone(text: str) -> bool:
    """Whether the line is a unit of its own by the words that it ends with."""
    return is_byline(text) or is_credit(text) or is_page_credit(text)
