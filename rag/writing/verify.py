"""Each sentence of an answer against the paragraphs it cites."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.bulletin import Figure, Unit
from corpus.figures.quantities import find_figures
from corpus.text.dates import DateMention, find_dates
from corpus.text.document_names import find_documents
from corpus.text.places import find_places
from corpus.text.reading_text import narrow
from index.words.tokenizer import tokenize
from rag.answering.reckoning import amount
from rag.retrieval.agreement import may_answer_for

MARKER = re.compile(r"\[(\d{1,3})\]")
# A sentence in the words of its source shares most of its tokens with it; a paraphrase by a model
# shares fewer. Below this share it says something else.
MIN_OVERLAP = 0.4
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_FACTORS = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "万亿": Decimal(10) ** 12}
_AMOUNT = r"\d+(?:[.,]\d+)*"
_SCALE = "万亿|万|亿|"
_UNIT = r"[^\d＋+－\-＝=，。；,;]{0,6}"
_EQUATION = re.compile(
    rf"(?P<terms>{_AMOUNT}(?:{_SCALE}){_UNIT}(?:[＋+－\-]{_AMOUNT}(?:{_SCALE}){_UNIT})+)"
    rf"[＝=](?P<result>{_AMOUNT})(?P<scale>{_SCALE})"
)
_TERM = re.compile(rf"([＋+－\-]?)({_AMOUNT})({_SCALE}){_UNIT}")
_HAN_SHARE = re.compile(r"百分之[零〇一二三四五六七八九十百点]+")


def unsupported(sentence: str, cited: Sequence[str]) -> list[str]:
    """What a sentence states that none of the cited texts hold: figures, dates and document
    titles, as written; empty if all stand. Markers such as [1] are not looked at.

    >>> unsupported("建成180个，投入9万元[1]", ["全市建成180个。"])
    ['9']
    """
    plain = narrow(MARKER.sub("", sentence))
    texts = [narrow(text) for text in cited]
    known = {number for text in texts for number in _NUMBER.findall(text)}
    known |= {result for terms, result in equations(plain) if known.issuperset(terms)}
    amounts = {_counted(figure) for text in texts for figure in find_figures(text)}
    same = {n for f in find_figures(plain) if _counted(f) in amounts for n in range(f.start, f.end)}
    missing = [
        match[0] for match in _NUMBER.finditer(plain)
        if match[0] not in known and match.start() not in same
    ]  # fmt: skip
    missing += [
        match[0] for match in _HAN_SHARE.finditer(plain)
        if match.start() not in same and not any(match[0] in text for text in texts)
    ]  # fmt: skip
    documents = {name for text in texts for name in find_documents(text)}
    missing += [name for name in find_documents(plain) if name not in documents]
    dates = [mention for text in texts for mention in find_dates(text)]
    missing += [m.text for m in find_dates(plain) if m.month and not _dated(m, dates)]
    return missing


def _counted(figure: Figure) -> tuple[Decimal, str]:
    """A figure as it may be written in other ways: 3.4万名 and 34000名."""
    told = amount(figure)
    return told.value, told.unit


def equations(text: str) -> Iterator[tuple[list[str], str]]:
    """Terms and result, as printed, of the sums and differences in a text that come out right.

    >>> list(equations("180个＋155个＝335个，9－1=7"))
    [(['180', '155'], '335')]
    """
    for match in _EQUATION.finditer(text):
        parts = _TERM.findall(match["terms"])
        total = sum(
            (-1 if sign in "－-" and sign else 1) * _scaled(number, scale)
            for sign, number, scale in parts
        )
        if total == _scaled(match["result"], match["scale"]):
            yield [number for _, number, _ in parts], match["result"]


def _scaled(number: str, scale: str) -> Decimal:
    return Decimal(number.replace(",", "")) * _FACTORS.get(scale, Decimal(1))


def _dated(mention: DateMention, there: Sequence[DateMention]) -> bool:
    """Whether a date is one of the source, however written, or the month of one.

    The year is a number of its own and looked for as such; 今年 in the source may stand for it.
    """
    return any(
        mention.month == one.month
        and mention.day in (None, one.day)
        and (mention.year is None or one.year in (None, mention.year))
        for one in there
    )


def misplaced(sentence: str, cited: Sequence[Unit]) -> list[str]:
    """Places that a sentence names and none of the cited units is about: 我市 in a bulletin of 鹤壁
    is 鹤壁, and nothing else.
    """
    named = dict.fromkeys(mention.place for mention in find_places(sentence))
    return [place.name for place in named if not any(may_answer_for(u, place) for u in cited)]


def overlap(sentence: str, cited: Sequence[str]) -> float:
    """Share of the sentence's distinct tokens that the cited texts hold, 0 to 1."""
    own = set(tokenize(MARKER.sub("", sentence)))
    theirs = {token for text in cited for token in tokenize(text)}
    return len(own & theirs) / len(own) if own else 0.0
