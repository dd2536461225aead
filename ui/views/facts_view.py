"""What is set of a bulletin by hand, as a form in HTML, beside what its file says."""

from dataclasses import dataclass
from typing import Self

from corpus.bulletin import Bulletin, DateWhere
from corpus.hand_facts import LONGEST_SERIES, HandFacts
from ui.views.escaping import escape
from ui.views.page_words import both

LONGEST = {"date": 12, "place": 30, "series": LONGEST_SERIES}  # characters of what can be right
_WHERE = {
    DateWhere.HAND: "手工设定",
    DateWhere.TEXT: "正文",
    DateWhere.NAME: "文件名",
    DateWhere.FOLDER: "所在文件夹",
    DateWhere.PROPERTIES: "文件属性，仅供参考",
}


@dataclass(frozen=True, slots=True)
class FormFields:
    """What stands in the fields of the form."""

    date: str = ""
    place: str = ""
    series: str = ""

    @classmethod
    def of(cls, facts: HandFacts) -> Self:
        """What was set before."""
        return cls(facts.date or "", facts.place or "", facts.series or "")


def by_hand() -> str:
    """What marks that something was set by hand."""
    return f'<span class="jb-hand">{both("手工设定")}</span>'


def facts_html(bulletin: Bulletin, written: FormFields, error: str = "") -> str:
    """The form over a bulletin; `error` is why what is written cannot be set."""
    wrong = f'<p class="jb-wrong" role="alert">{escape(error)}</p>' if error else ""
    fields = (
        _field("date", "日期", written.date, _dates(bulletin), "2024-03-12、2024年3月、2024")
        + _field("place", "地区", written.place, _now("、".join(bulletin.places)), "")
        + _field("series", "刊名", written.series, _now(bulletin.series or ""), "")
    )
    return (
        f'<dialog aria-labelledby="jb-facts-of"><form data-id="{escape(bulletin.id)}">'
        f'<h2 id="jb-facts-of">{both("手工设定")}{both("：")}《{escape(bulletin.title)}》</h2>'
        f"<p>{both('只改检索和限定范围所依据的信息，不改原文；留空则以文件所载为准。')}</p>"
        f'{fields}{wrong}<p class="jb-decide">'
        f'<button type="submit" class="jb-yes">{both("保存")}</button>'
        f'<button type="button" class="jb-no">{both("取消")}</button></p></form></dialog>'
    )


def _field(name: str, words: str, value: str, told: str, example: str) -> str:
    return (
        f'<label for="jb-set-{name}">{both(words)}</label>'
        f'<input id="jb-set-{name}" name="{name}" value="{escape(value)}" autocomplete="off" '
        f'maxlength="{LONGEST[name]}" placeholder="{escape(example)}" '
        f'aria-describedby="jb-told-{name}"><p class="jb-told" id="jb-told-{name}">{told}</p>'
    )


def _now(value: str) -> str:
    return both("现为：{value}", value=value) if value else both("现无")


def _dates(bulletin: Bulletin) -> str:
    """The dates that were found, with where each was read; the first one counts."""
    if not bulletin.dates:
        return both("现无")
    return "<br>".join(
        f"{escape(one.date)} · {both(_WHERE[one.where])}"
        + ("" if one.where is DateWhere.HAND else f"{both('：')}{escape(one.words)}")
        for one in bulletin.dates
    )
