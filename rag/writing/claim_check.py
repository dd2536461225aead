"""A sentence that a chat model wrote, against what it cites: everything that is wrong with it."""

from collections.abc import Iterator, Sequence

from corpus.bulletin import Doubt, Unit
from corpus.figures.quantities import find_figures
from corpus.text.document_names import find_documents
from corpus.text.sentences import split_sentences
from rag.reading.entailment import Entailment, is_supported
from rag.writing.figure_binding import figure_faults
from rag.writing.objections import Fault, Objection
from rag.writing.office_binding import office_faults
from rag.writing.tone import tone_faults
from rag.writing.verify import MIN_OVERLAP, misplaced, overlap, unsupported


def objections(
    sentence: str, cited: Sequence[Unit], judge: Entailment | None = None
) -> list[Objection]:
    """All that is wrong with a sentence, without marks and markers; empty where it stands. The
    judge is asked only of what nothing else objects to.
    """
    texts = [unit.text for unit in cited]
    found = list(_exact(sentence, cited, texts))
    if not found and judge is not None and not is_supported(judge, sentence, texts):
        found.append(Objection(Fault.MEANING, sentence))
    return list(dict.fromkeys(found))


def _exact(sentence: str, cited: Sequence[Unit], texts: Sequence[str]) -> Iterator[Objection]:
    """What can be told without judging: figures, dates, names, places, tone, words."""
    yield from figure_faults(sentence, cited)
    yield from _unnamed(sentence, [*texts, *_repairs(cited)])
    yield from (Objection(Fault.PLACE, place) for place in misplaced(sentence, cited))
    yield from office_faults(sentence, "\n".join(texts))
    spans = [text[one.start : one.end] for text in texts for one in split_sentences(text)]
    yield from tone_faults(sentence, spans)
    if max(overlap(one, texts) for one in (sentence, _worded(sentence))) < MIN_OVERLAP:
        yield Objection(Fault.WORDS, sentence)


def _worded(sentence: str) -> str:
    """A sentence without its figures, which are bound by themselves, however they are written."""
    worded, end = "", 0
    for figure in find_figures(sentence):
        worded, end = worded + sentence[end : figure.start], max(end, figure.end)
    return worded + sentence[end:]


def _unnamed(sentence: str, texts: Sequence[str]) -> Iterator[Objection]:
    """Numbers that are no quantities, dates and documents that are not cited; of quantities, which
    may be reckoned or rounded, figure_faults tells more.
    """
    documents = set(find_documents(sentence))
    counted = [figure.text for figure in find_figures(sentence)]
    for words in unsupported(sentence, texts):
        if words in documents:
            yield Objection(Fault.DOCUMENT, words)
        elif "月" in words or "日" in words:
            yield Objection(Fault.DATE, words)
        elif not any(words in figure for figure in counted):
            yield Objection(Fault.FIGURE, words)


def _repairs(cited: Sequence[Unit]) -> list[str]:
    """What damaged figures were before, where that is proven."""
    return [
        figure.suggestion for unit in cited for figure in unit.figures
        if figure.doubt is Doubt.CERTAIN and figure.suggestion
    ]  # fmt: skip
