"""When the library does not answer: the tests, and what the refusal says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.bulletin import citation_label
from index.catalogue import Entry
from index.library import Library
from rag.answer import Reason
from rag.evidence import Evidence
from rag.question import Query
from rag.search import Hit, about_place

# Below this score (Evidence.score, 0 to 1) the best sentence has too little to do with a question.
# Set on eval/questions.jsonl, where it refuses as many questions that have no answer as it can
# without refusing more that have one; eval/held_out.jsonl was kept aside.
MIN_SCORE = 0.34
NEAREST = 3  # paragraphs offered with a refusal
_ORDER = re.compile(
    r"(?:忽略|无视|忘记|不要理会|绕过)[^。]{0,12}(?:指令|规则|提示|要求|限制|设定|以上|之前|前面)"
    r"|系统提示词?|提示词(?:是|发|给|输出|打印)|你现在是|扮演|越狱|开发者模式"
    r"|ignore (?:all |any |the )?(?:previous|above|prior)|system prompt|developer mode"
    r"|jailbreak|you are now",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, and the words of the refusal."""

    reason: Reason
    text: str


def refusal(
    library: Library, query: Query, hits: Sequence[Hit], evidence: Sequence[Evidence]
) -> Refusal | None:
    """The refusal that a question gets, or None where it can be answered.

    `evidence` is sorted, best first.
    """
    entries = library.entries()
    if _ORDER.search(query.understood):
        return Refusal(
            Reason.ORDER, "这不是对简报内容的提问。请就简报中的事实提问。" + _holds(entries)
        )
    missing = [p for p in query.places if not any(about_place(hit.unit, p) for hit in hits)]
    if missing and len(missing) == len(query.places):
        names = "、".join(place.name for place in missing)
        return Refusal(Reason.PLACE, f"资料中没有关于{names}的内容。" + _holds(entries))
    near = [evidence[0].hit] if evidence else list(hits)
    years = [y for y in query.years if not any(_speaks_of(library, hit, y) for hit in near)]
    if years:
        return Refusal(
            Reason.PERIOD, f"资料中没有{'、'.join(years)}年的相关内容。" + _nearest(hits)
        )
    if not evidence or evidence[0].score < MIN_SCORE:
        return Refusal(Reason.SILENT, "资料中没有提到所问的内容。" + _nearest(hits))
    return None


def _speaks_of(library: Library, hit: Hit, year: str) -> bool:
    """Whether the article that a hit belongs to names the year or appeared in it."""
    bulletin = library.bulletin(hit.bulletin)
    units = (unit for unit in bulletin.units if unit.article == hit.unit.article)
    return year in (bulletin.date or "") or any(year in unit.text for unit in units)


def _holds(entries: Sequence[Entry]) -> str:
    """What the library covers, in a sentence."""
    places = list(dict.fromkeys(place for entry in entries for place in entry.places))
    covered = f"，涉及{'、'.join(places)}" if places else ""
    return f"现有{len(entries)}份简报{covered}。"


def _nearest(hits: Sequence[Hit]) -> str:
    """The nearest paragraphs, offered as such."""
    labels = [citation_label(hit.title, hit.paragraph, hit.kind) for hit in hits[:NEAREST]]
    return f"最接近的段落（未必相关）：{'；'.join(labels)}。" if labels else ""
