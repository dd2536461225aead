"""What a question is after: the kind of answer that it wants, and whether it asks about the
bulletins themselves rather than about what they say. Two tables decide it for the whole house.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.bulletin import Kind
from rag.query.asking import COUNTERS
from rag.query.english_terms import is_english
from rag.query.summary_subject import DRAFTED, DRAFTED_ENGLISH


class Wants(StrEnum):
    """The kind of answer that a question wants."""

    NUMBER = "number"
    PERSON = "person"
    DATE = "date"
    LIST = "list"
    WAY = "way"
    COMPARISON = "comparison"
    CATALOGUE = "catalogue"
    FACT = "fact"


class Asks(StrEnum):
    """How many things a question asks."""

    ONE = "question"
    SEVERAL = "several"
    COMPARED = "compared"


class Aspect(StrEnum):
    """What is asked of a bulletin itself."""

    CONTRIBUTOR = "contributor"
    BYLINE = "byline"
    EDITOR = "editor"
    DATE = "date"
    ISSUE = "issue"
    RECIPIENTS = "recipients"
    TITLES = "titles"
    PLACES = "places"
    LIST = "list"
    NEWEST = "newest"
    OLDEST = "oldest"
    OVERVIEW = "overview"
    DRAFT = "draft"
    REWRITE = "rewrite"  # in another language or other words; no row of the table has it


# What a question calls a bulletin or a part of it. 期 and 篇 are measure words of other things too
# (三期工程), so they count only behind 这, 那 or an asking word.
_DOCUMENT = (
    r"(?:简报|专辑|专刊|通讯|资料|材料|稿子?|文章|文稿|报纸|版面|报道"
    r"|(?:这|那|该|哪|几|每)[一两几]*[期份版篇]|\b(?:bulletin|issue|article|newspaper|document)s?\b)"
)
_WHICH = "(?:[哪那]些|[哪那]?几个|多少个?)"  # 那 is often typed for 哪


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A kind of answer, and what asks for it in either language."""

    wants: Wants
    chinese: re.Pattern[str]
    english: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Something asked of a bulletin, in either language, and the kinds of unit that state it.

    `hints` are looser than what decides: where they stand, lines of those kinds are worth finding
    beside the rest. A row without any has its lines found where it decides.
    """

    aspect: Aspect
    kinds: frozenset[Kind]
    chinese: re.Pattern[str]
    english: re.Pattern[str]
    hints: re.Pattern[str] | None


def _wants(wants: Wants, *, chinese: str, english: str) -> _Wanted:
    return _Wanted(wants, _compiled(chinese), _compiled(english))


def _asks(aspect: Aspect, *kinds: Kind, chinese: str, english: str, hints: str = "") -> _Asked:
    loose = _compiled(hints) if hints else None
    return _Asked(aspect, frozenset(kinds), _compiled(chinese), _compiled(english), loose)


def _compiled(pattern: str) -> re.Pattern[str]:
    """{D} in a pattern stands for _DOCUMENT, {W} for _WHICH."""
    return re.compile(pattern.replace("{D}", _DOCUMENT).replace("{W}", _WHICH), re.IGNORECASE)


# Behind what: it begins like a list (what measures) and asks for a way.
_ENGLISH_WAY = r"(?:\w+ )?(?:methods?|ways?|reasons?|causes?)\b"
# In Chinese the first row that fits decides, wherever its words stand.
WANTED = (
    _wants(Wants.DATE,
           chinese=r"[什啥]么?时候|什么时间|何时|哪一?[天年月日]|几月|几号|几时|日期",
           english=r"\bwhen\b|\b(?:between )?(?:what|which) (?:day|date|month|year)s?\b"
                   r"|\bin (?:what|which) (?:year|month)\b"),
    _wants(Wants.PERSON,
           chinese=r"谁|哪位|哪一位|哪些人|叫(?:什么|啥)(?:名字)?[?？]?$",
           english=r"\bwho(?:se|m)?\b|\bwhat(?:'s| is| was) the name\b"),
    _wants(Wants.NUMBER,
           chinese=rf"多少|(?<!哪)几(?:{COUNTERS})|占比|比例|比重|百分之|[^频效]率|人数|数量|总数",
           english=r"\bhow (?:many|much|old|long|far|large|big|high|often)\b|\bby how\b"
                   r"|\bwhat (?:is |was |are )?(?:the )?(?:\w+ )?"
                   r"(?:number|percentage|percent|share|proportion|ratio|rate|amount|total)\b"),
    _wants(Wants.LIST,
           chinese=r"哪些|哪几|哪[一二两三四五六七八九十\d]{1,2}[个大项条类种家块样方点]"
                   r"|[是有]哪[二两三四五六七八九十]|有什么|包括什么|几个方面|分为|列出",
           english=rf"\bwhich\b|\blist\b|\bname\b(?! of)|\bwhat (?!{_ENGLISH_WAY})"
                   r"(?:are|were|kind|type|\w+s|\w+ (?:measures|steps|problems|services|areas))\b"),
    _wants(Wants.WAY,
           chinese=r"如何|怎么|怎样|为什么|为何|原因|做法|措施|办法",
           english=rf"\bwhy\b|\bhow\b|\bwhat {_ENGLISH_WAY}"),
)  # fmt: skip
# Sets things side by side in English, where no place is named.
_COMPARING_ENGLISH = re.compile(
    r"\bcompare[ds]?\b|\bcomparison\b|\bversus\b|\bvs\b|\bdiffer(?:s|ence|ences|ent)?\b"
    r"|\brespectively\b|\b(?:each|both) (?:city|cities|place|places|of)\b"
    r"|\bwhich (?:city|county|district|place) \w+ (?:\w+ )?(?:more|most|fewer|fewest|less)\b",
    re.IGNORECASE,
)

# The first row that fits decides, in whichever language.
ASPECTS = (
    _asks(Aspect.CONTRIBUTOR, Kind.CREDIT,
          chinese=r"供.{0,2}稿|(?:谁|哪.{0,4}(?:单位|部门|委员会|家))(?:写|提供|报|整理)的",
          english=r"who (?:wrote|contributed|supplied)",
          hints=r"供稿|供的?稿|来稿|谁写|单位写|哪.{0,4}写的"),
    _asks(Aspect.EDITOR, Kind.PAGE_CREDIT,
          chinese=r"责任?编|编辑是|校对|组版|排版|主办(?:单位|方|是)",
          english=r"editor|proofread",
          hints=r"责编|责任编辑|编辑|校对|组版|排版|主办|印了?多少份|版面"),
    _asks(Aspect.BYLINE, Kind.BYLINE,
          chinese=r"(?:哪|什么|谁).{0,6}(?:记者|作者)|{D}.{0,6}谁写"
                  r"|(?:记者|作者|撰稿人?|署名)(?:是|叫|为)?(?:谁|哪|什么)",
          english=r"reporter|journalist|byline",
          hints=r"记者|通讯员|作者|谁写|署名"),
    _asks(Aspect.RECIPIENTS, Kind.DISTRIBUTION,
          chinese=r"(?:报|发|抄|主|印)送?(?:给|到|往)?.{0,10}(?:单位|部门|机关|领导|人).*{D}"
                  r"|{D}.{0,6}(?:报送|抄送|发送|印送|主送|报给|发给)",
          english=r"recipients?",
          hints=r"报送|抄送|报给|发给|送给|送到哪|主送|抄报|送达"),
    _asks(Aspect.ISSUE, Kind.MASTHEAD,
          chinese=r"第几[期号辑]|哪一?期|期号|{D}.{0,8}排第几",
          english=r"which issue|issue number",
          hints=r"第几期|几期|哪一?[期辑]|期号|专辑|专刊|简报叫|刊名"),
    _asks(Aspect.DATE, Kind.PAGE_CREDIT,
          chinese=r"{D}.{0,6}(?:什么时候|何时|哪一?[天年月]|几月|几号|日期|星期几)"
                  r"|(?:出版|刊登|发布|印发)(?:日期|时间)"
                  r"|{D}.{0,4}(?:出|发布|刊登|印发|发表).{0,4}(?:什么时候|何时|哪一?[天年月]|日期)",
          english=r"when was .*{D}",
          hints=r"哪[天日]出|出版|星期几"),
    _asks(Aspect.PLACES, Kind.TITLE,
          chinese=r"{D}.{0,14}{W}(?:地方|城市|市县?|地区|县市?)(?:$|[，,。都的]*(?:列|$))"
                  r"|{W}(?:地方|城市|市|地区)的?{D}"
                  r"|库里?(?:现在|目前|都|的内容)*(?:涉及|覆盖|包括|有)了?{W}(?:地方|城市|市|地区|县)",
          english=r"which (?:cities|places).*{D}",
          hints=r"简报.{0,6}(?:涉及|覆盖)"),
    _asks(Aspect.TITLES, Kind.TITLE,
          chinese=r"{D}.{0,4}(?:题目|标题|叫什么|叫啥|名称)"
                  r"|(?<![哪那]些)(?:题目|标题)(?:是|叫)(?:什么|啥)$|(?:哪|哪些|哪几|哪两)篇|几篇(?=$|文章|稿|报道|东西)|[哪那]些文章",
          english=r"headline|titles? .*{D}|{D}.*titles?\b",
          hints=r"标题|题目|哪.{0,3}篇|几篇|文章|登了|刊登|收录|收了|简报.{0,6}哪|目录"),
    _asks(Aspect.NEWEST, Kind.MASTHEAD,
          chinese=r"最(?:新|近|后|晚)的?(?:那|这)?一?[期份篇辑]|最(?:新|近)的{D}|{D}.{0,8}最(?:新|近|晚)",
          english=r"(?:newest|latest|most recent) {D}"),
    _asks(Aspect.OLDEST, Kind.MASTHEAD,
          chinese=r"最(?:早|老|旧)的?(?:那|这)?一?[期份篇辑]|最早的{D}|{D}.{0,8}最(?:早|旧)",
          english=r"(?:oldest|earliest) {D}"),
    _asks(Aspect.DRAFT, chinese=DRAFTED, english=DRAFTED_ENGLISH),
    # Papers that one has to bring (要交哪些材料) are no bulletins, and 水库 is no library.
    _asks(Aspect.LIST, Kind.TITLE, Kind.MASTHEAD,
          chinese=r"(?:(?<![交报带备供要递送])(?:[哪那]些|什么)|[哪那]?几[份个期本]|多少[份个期本篇]?){D}"
                  r"|{D}.{0,8}(?:[哪那]些|[哪那]?几[份个期本]|多少[份个期本]|有什么)$"
                  r"|^(?:你们?的?)?库里?都?有(?:哪些|什么)$",
          english=r"(?:list|which|what|how many) .{0,30}(?:bulletins|issues|articles|documents)"
                  r"|(?:list|which|what|how many) .{0,20}\bsources .{0,20}(?:you have|library)"),
    _asks(Aspect.OVERVIEW,
          chinese=r"(?:简报|专辑|专刊|稿子?|文章|报道|材料|(?:这|那|该)[一两几]*[期份版篇]|第.{1,6}[期号辑]).{0,8}"
                  r"(?:讲|说|写|介绍|报道|反映|总结)了?(?:些|的是)?(?:什么|啥|哪些|哪几)"
                  r"|[一二两三四五六七八九十\d]{1,2}句话(?:概|总|归|说|讲|介|简)|(?:压缩?|缩|控制)[到成在至].{1,6}字"
          r"|用.{1,6}个?字(?!段|眼|号|样|体|叫|称|命)|字(?:以内|左右|上下|之内)|(?:压缩|浓缩|精简|提炼|简述|简要(?:介绍|说))(?!了)"
          r"|主要内容|概括|概述|梗概|大意|提纲|整体情况|主要讲|主要说|主要写"
                  r"|(?:总结|归纳|小结)(?!了|会|评|大会|表彰|报告|讲话|出|经验|提升)",
          english=r"summar(?:y|ise|ize)|overview|outline"),
)  # fmt: skip


def asked_aspect(question: str) -> Aspect | None:
    """What a question asks of the bulletins themselves, or None if it asks of their content.

    >>> asked_aspect("漯河这期是哪个单位供的稿？"), asked_aspect("漯河选定了多少个助餐点")
    (<Aspect.CONTRIBUTOR: 'contributor'>, None)
    """
    text = question.rstrip("?？。！! 呢吗啊")
    for row in ASPECTS:
        if row.chinese.search(text) or row.english.search(text):
            return row.aspect
    return None


def kinds_asked(question: str, aspect: Aspect | None) -> frozenset[Kind]:
    """Kinds of unit that may state what is asked of a bulletin itself; none for most questions."""
    told = [
        row.kinds
        for row in ASPECTS
        if (row.hints.search(question) if row.hints else row.aspect is aspect)
    ]
    return frozenset[Kind]().union(*told)


def wanted(question: str, aspect: Aspect | None, places: int) -> Wants:
    """The kind of answer that a question wants which names so many places: two make a comparison.

    >>> wanted("安阳查出多少问题", None, 1), wanted("How many are there, and who?", None, 0)
    (<Wants.NUMBER: 'number'>, <Wants.NUMBER: 'number'>)
    """
    if aspect is Aspect.LIST:
        return Wants.CATALOGUE
    if places > 1:
        return Wants.COMPARISON
    if is_english(question):
        return _wanted_in_english(question, places)
    for row in WANTED:
        if row.chinese.search(question) or row.english.search(question):
            return row.wants
    return Wants.FACT


def _wanted_in_english(question: str, places: int) -> Wants:
    """Who, when and which also begin clauses (those who live alone): the first of them decides."""
    if not places and _COMPARING_ENGLISH.search(question):
        return Wants.COMPARISON
    found = [(match.start(), n) for n, row in enumerate(WANTED)
             if (match := row.english.search(question))]  # fmt: skip
    return WANTED[min(found)[1]].wants if found else Wants.FACT
