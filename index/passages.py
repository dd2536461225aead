"""Units to passages: what is embedded, and what words count for a unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.bulletin import Bulletin, Kind, Unit
from corpus.text import list_marks
from corpus.text.bare_names import bare_places
from corpus.text.places import find_places, place_named
from corpus.text.sentences import split_sentences
from index.words.tokenizer import tokenize

PASSAGE_CHARS = 120  # a sentence or two: longer texts blur in one vector (measured on CMRC 2018)
UNINDEXED = frozenset({Kind.PAGE_NUMBER})
RUN_IN_CHARS = 30  # a first sentence that is longer tells something; it heads nothing


@dataclass(frozen=True, slots=True)
class Indexed:
    """A unit as the indexes take it: where it stands, what it is about, its words, those above it
    that count for it, and the passages whose vectors stand for it.

    `body` holds the tokens of the text between blanks, a line for each sentence, `context` those of
    the titles and headings above, `length` the number of tokens in `body`.

    `place` is the code of the division that its article is about, `places` that and those that its
    text names.
    """

    position: int
    kind: Kind
    place: str | None
    places: tuple[str, ...]
    text: str
    body: str
    length: int
    context: str
    passages: tuple[str, ...]


def indexed_units(bulletin: Bulletin) -> list[Indexed]:
    """All units of a bulletin that can be found, with their passages."""
    found = []
    heading = ""
    under: tuple[str, ...] = ()
    cities = {article.place for article in bulletin.articles}
    everywhere = (
        cities.pop() if len(cities) == 1 else None
    )  # also where masthead and imprint belong
    for position, unit in enumerate(bulletin.units):
        if unit.kind in UNINDEXED:
            continue
        if unit.section != under or unit.kind is not Kind.PARAGRAPH:
            heading, under = "", unit.section
        sentences = sentences_of(unit.text)
        place = place_code(unit.place or everywhere)
        tokens = [tokenize(sentence) for sentence in sentences]
        around = place_named(unit.place) if unit.place else None
        mentions = find_places(unit.text, [around] if around else [])
        named = [p.code for m in mentions for p in m.places]
        named += [p.code for p in bare_places(unit.names, around)] if around else []
        above = context_of(bulletin, unit)
        if unit.kind is Kind.PARAGRAPH:
            own = run_in(sentences)
            above, heading = (above, own) if own else (f"{above} {heading}".strip(), heading)
        found.append(
            Indexed(
                position=position,
                kind=unit.kind,
                place=place,
                places=tuple(dict.fromkeys([*([place] if place else []), *named])),
                text=unit.text,
                body="\n".join(map(" ".join, tokens)),
                length=sum(map(len, tokens)),
                context=" ".join(tokenize(above)),
                passages=passages_of(unit.text),
            )
        )
    return found


def context_of(bulletin: Bulletin, unit: Unit) -> str:
    """What a unit is about beyond its own words: titles, place, headings above it."""
    parts = (bulletin.title_of(unit), unit.place or "", *unit.section)
    return " ".join(part for part in parts if part)


def run_in(sentences: tuple[str, ...]) -> str:
    """The heading that a paragraph opens with, "" where it has none: 一是高位推动。

    Paragraphs behind it that open no point of their own belong under it too.
    """
    first = sentences[0] if len(sentences) > 1 else ""
    return first if len(first) <= RUN_IN_CHARS and list_marks.RUN_IN.match(first) else ""


def place_code(name: str | None) -> str | None:
    """Code of the place of that name, None where there is none."""
    place = place_named(name) if name else None
    return place.code if place else None


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order."""
    return tuple(text[span.start : span.end] for span in split_sentences(text))


def passages_of(text: str) -> tuple[str, ...]:
    """Consecutive sentences gathered up to PASSAGE_CHARS characters; a long one stands alone."""
    sentences = sentences_of(text)
    passages: list[str] = []
    for sentence, n in zip(sentences, gathered([len(s) for s in sentences]), strict=True):
        if n == len(passages):
            passages.append(sentence)
        else:
            passages[n] += sentence
    return tuple(passages) or (text,)


def gathered(lengths: Sequence[int]) -> list[int]:
    """Number of the passage that each sentence goes into, by the sentences' lengths.

    >>> gathered([50, 60, 20, 200, 10])
    [0, 0, 1, 2, 3]
    """
    owners: list[int] = []
    filled = 0
    for length in lengths:
        fits = bool(owners) and filled + length <= PASSAGE_CHARS
        owners.append(owners[-1] + (not fits) if owners else 0)
        filled = filled + length if fits else length
    return owners
