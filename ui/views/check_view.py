"""The lines under an answer that say what was checked and what was searched, as HTML."""

from collections.abc import Iterator

from rag.answering.answer import Answer
from rag.answering.sureness import Sureness
from rag.query.english_terms import is_english
from rag.writing.translation_check import unproven
from ui.store.answer_record import Record, Searched
from ui.views.page_words import both

SAID = {
    Sureness.SURE: "确信",
    Sureness.LIKELY: "可能",
    Sureness.UNSURE: "可能相关，请核对",
}


def sureness_html(answer: Answer) -> str:
    """How sure an answer is, in a word; nothing where nobody has weighed it."""
    if answer.sureness is None:
        return ""
    said = both(SAID[answer.sureness])
    return f'<p class="jb-sure jb-{answer.sureness.value}">{said}</p>'


def checked_html(record: Record) -> str:
    """What was checked of an answer, and of what it was asked, behind one quiet line."""
    lines = list(_checks(record))
    if not lines:
        return ""
    told = "".join(f'<p class="jb-check">{line}</p>' for line in lines)
    return f'<details class="jb-checked"><summary>{_summary(record)}</summary>{told}</details>'


def _summary(record: Record) -> str:
    searched = record.searched
    count = both("查阅{count}份简报", count=searched.bulletins) if searched else ""
    bounds = "；".join(searched.bounds) if searched else ""
    limited = both("（{bounds}）", bounds=bounds) if bounds else ""
    said = len(record.answer.citations)
    checked = both("已核对{sentences}句", sentences=said) if said else ""
    return " · ".join(part for part in (checked, count + limited) if part)


def _checks(record: Record) -> Iterator[str]:
    if record.answer.citations:
        yield _checked(record.answer)
        if is_english(record.answer.question):
            yield both("原文为中文，按原文引用")
    if record.searched is not None and (record.answer.citations or record.answer.refused):
        yield _searched(record.searched)
        if record.searched.undated:
            yield both("{undated}份简报没有日期，不在所限时间内", undated=record.searched.undated)


def _checked(answer: Answer) -> str:
    """How many sentences there are, whether each figure, date and document in them stands in what
    is cited.
    """
    said = len(answer.citations)
    texts = [citation.text for citation in answer.citations]
    # what is not cited is the page's own: heads of a table, 未提及, names of places
    missing = unproven(answer.plain, texts)
    if missing:
        line = both("{sentences} 句，全部有出处；数字未能核对：{missing}",
                    sentences=said, missing="、".join(missing))  # fmt: skip
    else:
        line = both("{sentences} 句，全部有出处；数字已核对", sentences=said)
    doubtful = sum(warning.kind == "doubtful_figure" for warning in answer.warnings)
    if not doubtful:
        return line
    return line + both("，") + both("其中{doubtful}处原文存疑", doubtful=doubtful)


def _searched(searched: Searched) -> str:
    if searched.bounds:
        bounds = "；".join(searched.bounds)
        return both("查阅范围：{count}份简报（{bounds}）", count=searched.bulletins, bounds=bounds)
    return both("查阅范围：全部{count}份简报", count=searched.bulletins)
