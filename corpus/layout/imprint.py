"""What a line says of the issue: its masthead and imprint, whom it goes to, what frames a web page.

Printers set such lines with blanks for looks (简　报, 某办公室编　　2025年3月12日), so they are
looked at without any.
"""

import re

from corpus.text import dates
from corpus.text.reading_text import narrow, solid

SHORT = 50  # characters of a masthead or an imprint
FURNITURE = 80  # characters; a web page's line of date, source, hits and sizes
ORGAN = 24  # characters of the name of an organ

_NUMBER = r"[\d一二三四五六七八九十百〇零]+"
_YEAR = dates.YEAR
_DATED = rf"{dates.DAY_OF_YEAR}(?:[（(]?星期[一二三四五六日天][)）]?)?"
_DATE = re.compile(rf"{_DATED}(?:[上下]午|晚)?")
_MONTH = re.compile(dates.MONTH_OF_YEAR)
_SERIES = r"(?:专辑|简报|专刊|专报|增刊|情况反映|动态|通讯|公报)"
_ISSUE = rf"[（(]?总?第{_NUMBER}期[)）]?"
_MASTHEAD = re.compile(
    rf"{_SERIES}(?:[（(].{{1,8}}[)）])?(?:{_YEAR}年)?(?:{_ISSUE})*$"
    rf"|^{_ISSUE}|^[〔\[（(]?{_YEAR}[〕\]）)年]年?{_ISSUE}(?:[（(].{{1,12}}[)）])?$"
)
# A series of another name is known by the blank before its issue: 养老工作参考　第3期.
_NUMBERED_SERIES = re.compile(
    rf"[一-鿿]\s+(?:{_YEAR}\s*年\s*)?第\s*{_NUMBER}\s*期(?:\s*{_ISSUE})?$"
)
_DOCUMENT_NUMBER = re.compile(r"[一-鿿]{1,12}[〔\[［（(]\d{4}[〕\]］）)]\d+号")
_DISTRIBUTION = re.compile(r"(?:报|送|发|主送|抄送|抄报|分送|印发|呈报|报送|发至)[：:]")
_ORGAN_END = r"(?:办公厅|办公室|委员会|政府|党组|研究室|编辑部|[部厅局院室会处组社])"
_ORGAN = re.compile(r"[^，。：:；、]*(?:办公厅|办公室|委员会|政府|党组|[部厅局院室会])")
_NAMED = rf"([^，。：:；\d]{{1,{ORGAN}}}{_ORGAN_END})"
_PRINTER = re.compile(rf"(?:{_DATED})?{_NAMED}(?:编印|主编|编发|印发|印制|编|印)(?:{_DATED})?")
_DATED_ORGAN = re.compile(rf"{_NAMED}{_DATED}|{_DATED}{_NAMED}")
_PRINTED = re.compile(
    rf"(?:{_NAMED})?{_DATED}(?:印发|印制|编印|印|出版)|[（(]?共印?{_NUMBER}份[)）]?|印数[：:]?\d+份?"
)
_CREDIT = re.compile(
    r"^(?:组版|责编|责任编辑|编辑|校对|校稿|核稿|美编|排版|版式|审核|签发|印数|主编)[：:]|主办$|承办$"
    r"|^星期[一二三四五六日天]$"
)
_NOTICE = re.compile(
    r"(?:内部(?:资料|刊物|文件|参考|材料|交流)|绝密|机密|秘密|特急|加急|急件|注意保[存密管]|妥善保[存管]"
    r"|(?:不得|严禁|请勿)(?:外传|翻印|公开引用)|免费(?:交流|赠阅)|准印证\S{0,24}"
    r"|(?:\d+|[一二三四五])年|长期|[★☆*·•,，、。；;：:（）()])+"
)
_NOTICE_WORD = re.compile(r"[内绝机秘特加急注妥不严请免准]")
# The buttons of a page, copied with it as lines of their own.
_BUTTON = re.compile(
    r"[【\[]?(?:下载|打印(?:本页)?|全屏|(?:加入)?收藏(?:本[页站])?|设为首页|首页|分享(?:到)?[：:]?|纠错|我要纠错|朗读|语音播报|复制链接|关闭(?:窗口|本页)?"
    r"|返回(?:顶部|列表)?|放大|缩小|加大|减小|还原|恢复|默认|特大|超大|大|中|小|字[体号][：:]?)[】\]]?|[】\]|]"
)
_FURNITURE = re.compile(
    r"^(?:(?:时间|日期)[：:]\s*\d{4}[-./年]|当前位置|您的位置|您当前的位置|首页\s*[>＞»]|发布(?:时间|日期)|信息来源|索引号|主题分类"
    r"|(?:【\s*)?字体|字号|[［\[【]?\s*打印|分享到|上一篇|下一篇|浏览次数|点击(?:数|量)|阅读次数"
    r"|相关(?:阅读|链接|附件)|扫一扫|版权所有|网站标识码|友情链接|\S*ICP备)"
    r"|^[（(]此件\S{1,16}[）)]$|^\S+\.(?:jpe?g|png|gif|bmp|webp)$",
    re.IGNORECASE,
)


def is_masthead(text: str) -> bool:
    """Whether the line names a series or an issue: …专辑（四十七）, 2025年第3期（总第40期）."""
    if len(text) > SHORT:
        return False
    return bool(_MASTHEAD.search(solid(text)) or _NUMBERED_SERIES.search(narrow(text).strip()))


def is_document_number(text: str) -> bool:
    """Whether the line is the number of an official document: 国办函〔2004〕71号."""
    return bool(_DOCUMENT_NUMBER.fullmatch(solid(text)))


def is_distribution(text: str) -> bool:
    """Whether the line opens a list of recipients: 报：…, 发：…"""
    return bool(_DISTRIBUTION.match(solid(text[:ORGAN])))


def is_date_line(text: str) -> bool:
    """Whether the line is a date and nothing else."""
    return len(text) <= SHORT and bool(_DATE.fullmatch(solid(text)))


def is_month_line(text: str) -> bool:
    """Whether the line is a month of a year and nothing else, as on a cover."""
    return len(text) <= SHORT and bool(_MONTH.fullmatch(solid(text)))


def is_organ(text: str) -> bool:
    """Whether the line is nothing but the name of an organ, as under a letter."""
    return len(text) <= ORGAN and bool(_ORGAN.fullmatch(text))


def is_dated_organ(text: str) -> bool:
    """Whether the line is an organ and a date: under a masthead who publishes the issue, under a
    letter who signs it.
    """
    return len(text) <= SHORT and bool(_DATED_ORGAN.fullmatch(solid(text)))


def is_imprint(text: str) -> bool:
    """Whether the line tells by itself who made or printed the issue, when, how many and for whom:
    …主办, …编印, …印发, 共印50份, 内部资料.
    """
    if len(text) > SHORT:
        return False
    plain = solid(text)
    return bool(
        _CREDIT.search(plain)
        or _DATE.fullmatch(plain)
        or _PRINTER.fullmatch(plain)
        or _PRINTED.fullmatch(plain)
        or (_NOTICE_WORD.search(plain) and _NOTICE.fullmatch(plain))
    )


def is_furniture(text: str) -> bool:
    """Whether the line frames a web page: 当前位置, 字体：大 中 小, 打印, the name of an image."""
    if len(text) > FURNITURE:
        return False
    return bool(_FURNITURE.match(narrow(text)) or _BUTTON.fullmatch(solid(text)))


def publisher_in(text: str) -> str | None:
    """The organ that a line of the imprint names as maker of the issue."""
    plain = solid(text)
    for pattern in (_PRINTER, _DATED_ORGAN, _PRINTED):
        if match := pattern.fullmatch(plain):
            return next((name for name in match.groups() if name), None)
    return text if is_organ(text) else None
