"""The lines under an answer that say what was checked and what was searched, as HTML."""

from collections.abc import Iterator

from rag.answering.answer import Answer
from rag.answering.beside import without_besides
from rag.answering.sureness import Sureness
from rag.query.english_terms import is_english
from rag.writing.verify import unsupported
from ui.store.answer_record import Record, Searched
from ui.views.page_words import both

SAID = {
    Sureness.SURE: "确信",
    Sureness.LIKELY: "可能",
    Sureness.UNSURE: "可能相关，请核对",
}


def checks(record: Record) -> Iterator[str]:
    """What was checked of an answer, and of what it was asked, in lines of HTML."""
    if record.answer.citations:
        if record.answer.sureness:
            yield both(SAID[record.answer.sureness])
        yield _checked(record.answer)
        if is_english(record.answer.question):
            yield both("原文为中文，按原文引用")
    if record.searched is not None and (record.answer.citations or record.answer.refused):
        yield _searched(record.searched)


def _checked(answer: Answer) -> str:
    """How many sentences there are, whether each figure, date and document in them stands in what
    is cited.
    """
    said = len(answer.citations)
    texts = [citation.text for citation in answer.citations]
    # what is not cited is the page's own: heads of a table, 未提及, names of places
    missing = unsupported(without_besides(answer.text), texts)
    if missing:
        line = both("{sentences} 句，全部有出处；数字未能核对：{missing}",
                    sentences=said, missing="、".join(missing))  # fmt: skip
    else:
        line = both("{sentences} 句，全部有出处；数字已核对", sentences=said)
    doubtful = sum(warning.kind == "doubtful_figure" for warning in answer.warnings)
    return f"{line}，{both('其中{doubtful}处原文存疑', doubtful=doubtful)}" if doubtful else line


def _searched(searched: Searched) -> str:
    if searched.bounds:
        bounds = "；".join(searched.bounds)
        return both("查阅范围：{count}份简报（{bounds}）", count=searched.bulletins, bounds=bounds)
    return both("查阅范围：全部{count}份简报", count=searched.bulletins)
