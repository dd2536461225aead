"""Why an answer is what it is: every hit with whether it was read, every sentence that was weighed
with whether it is told, or why not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rag.answering.answer import Answer
from rag.answering.compose import Choice, choices
from rag.query.meanings import terms_of
from rag.query.question import Query
from rag.reading.evidence import Evidence, Part, Read, may_speak, may_tell
from rag.refusing.refusal import Refusal
from rag.retrieval.search import Hit
from rag.trace import Findings, Look, Recorder, Step


class Way(StrEnum):
    """What an answer is made of."""

    SENTENCES = "sentences"  # of the source
    MODEL = "model"  # a chat model's, checked
    CATALOGUE = "catalogue"  # what the library knows of its bulletins, or a bulletin's outline
    REFUSAL = "refusal"
    COURTESY = "courtesy"  # small talk: nothing is looked for


class Use(StrEnum):
    """What became of a hit."""

    READ = "read"
    NAME = "name"  # a heading or a title tells nothing
    PLACE = "place"  # it speaks of another place
    FAR = "far"  # as many better ones were read as are read
    UNREAD = "unread"  # the catalogue answers, nothing is read


class Fate(StrEnum):
    """What became of a sentence that was weighed; the first five as in Choice."""

    TOLD = "told"
    CERTAIN = "certain"
    UNLIKELY = "unlikely"
    ENOUGH = "enough"
    POINTS = "points"
    REFUSED = "refused"  # the question, or this side of it, is not answered
    SIDE = "side"  # it is told of another side, or too unlike to what is told there
    UNCITED = "uncited"  # the chat model was given it and did not cite it


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence, the number of its hit from 1, what the reader gave it (0 to 1) and what that
    became beside the other sides of a comparison, and its fate.
    """

    item: Evidence
    hit: int
    probability: float
    beside: float
    fate: Fate

    def as_dict(self) -> dict[str, object]:
        """The sentence as `jianbao ask --explain --json` prints it."""
        return {
            "hit": self.hit,
            "quote": self.item.quote,
            "probability": round(self.probability, 4),
            "beside": round(self.beside, 4),
            "fate": self.fate.value,
        }


@dataclass(frozen=True, slots=True)
class Explained:
    """A side of the question, or all of it under label "": its hits, best first, and its sentences,
    most probable first. `refusal` is what it gets by itself.
    """

    label: str
    query: Query
    hits: tuple[tuple[Hit, Use], ...]
    sentences: tuple[Weighed, ...]
    read: Read
    refusal: Refusal | None

    def as_dict(self) -> dict[str, object]:
        """The side as `jianbao ask --explain --json` prints it."""
        return {
            "label": self.label,
            "question": self.query.understood,
            "answered": round(self.read.answered, 4),
            "unsaid": list(self.read.unsaid),
            "refusal": self.refusal.reason.value if self.refusal else None,
            "hits": [{**_measures(hit), "use": use.value} for hit, use in self.hits],
            "sentences": [one.as_dict() for one in self.sentences],
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole way; `seconds` of each step. What a refusal says is in the answer."""

    query: Query
    way: Way
    sides: tuple[Explained, ...]
    seconds: Mapping[Step, float]

    @property
    def terms(self) -> list[list[str]]:
        """What is asked about, each with the words that may stand for it."""
        return [[word for word, _ in term.alternatives] for term in terms_of(self.query)]

    def as_dict(self) -> dict[str, object]:
        """The explanation as `jianbao ask --explain --json` prints it."""
        query = self.query
        return {
            "way": self.way.value,
            "seconds": {step.value: round(taken, 6) for step, taken in self.seconds.items()},
            "wants": query.wants.value,
            "places": [place.name for place in query.places],
            "years": list(query.years),
            "unit": query.unit,
            "terms": self.terms,
            "official": query.official,
            "sides": [side.as_dict() for side in self.sides],
        }


def explain(recorder: Recorder, answer: Answer, *, by_model: bool = False) -> Explanation:
    """The explanation of an answer whose way was recorded; `by_model` where the chain has a chat
    model.

    :raises ValueError: nothing was recorded.
    """
    findings = recorder.findings
    if findings is None:
        raise ValueError("nothing was recorded; ask with this recorder as the request's trace")
    way = _way(findings, answer, by_model)
    parts = findings.parts or tuple(Part(one.query, (), one.label) for one in findings.looks)
    sides = [_side(*both, way, answer) for both in zip(findings.looks, parts, strict=True)]
    seconds = {step: recorder.seconds[step] for step in Step if step in recorder.seconds}
    return Explanation(findings.query, way, tuple(sides), seconds)


def _way(findings: Findings, answer: Answer, by_model: bool) -> Way:
    if answer.refused:
        return Way.REFUSAL
    if findings.small_talk is not None:
        return Way.COURTESY
    if findings.lines:
        return Way.CATALOGUE
    instead = any(warning.kind == "model" for warning in answer.warnings)
    return Way.MODEL if by_model and not instead else Way.SENTENCES


def _side(look: Look, part: Part, way: Way, answer: Answer) -> Explained:
    numbers = {id(hit): n for n, hit in enumerate(look.hits, start=1)}
    kept = {_key(item): (item.share, choice) for item, choice in choices(part)}
    sentences = []
    for item in look.read.evidence:
        beside, choice = kept.get(_key(item), (item.share, None))
        fate = _fate(item, choice, part, way, answer)
        sentences.append(Weighed(item, numbers[id(item.hit)], item.share, beside, fate))
    return Explained(
        look.label, look.query, _uses(look, way), tuple(sentences), look.read, look.refusal
    )


def _uses(look: Look, way: Way) -> tuple[tuple[Hit, Use], ...]:
    read = {id(item.hit) for item in look.read.evidence}

    def use(hit: Hit) -> Use:
        if id(hit) in read:
            return Use.READ
        if way is Way.CATALOGUE:
            return Use.UNREAD
        if not may_tell(hit):
            return Use.NAME
        return Use.FAR if may_speak(look.query, hit) else Use.PLACE

    return tuple((hit, use(hit)) for hit in look.hits)


def _fate(item: Evidence, choice: Choice | None, part: Part, way: Way, answer: Answer) -> Fate:
    alone = not part.label
    if choice is not None and way is Way.MODEL:
        return Fate.TOLD if _cited(item, answer) else Fate.UNCITED
    if choice is not None and way is Way.REFUSAL:
        return Fate.REFUSED  # by the chat model, after all
    if (alone or choice is not None) and _cited(item, answer):
        return Fate.TOLD
    if choice is Choice.TOLD:  # a table that reckons, or says which, has one sentence a side
        return Fate.ENOUGH
    if choice is not None:
        return Fate(choice.value)
    return Fate.SIDE if part.evidence else Fate.REFUSED


def _cited(item: Evidence, answer: Answer) -> bool:
    """Whether the answer cites a sentence, or a piece of it."""
    return any(
        (one.bulletin, one.position) == (item.hit.bulletin, item.hit.position)
        and item.span.overlaps(one)
        for one in answer.citations
    )


def _measures(hit: Hit) -> dict[str, object]:
    """A hit's place and what speaks for it, without its text."""
    line = hit.as_dict()
    del line["text"]
    return {**line, "words": round(hit.words, 4), "meaning": round(hit.meaning, 4), "why": hit.why}


def _key(item: Evidence) -> tuple[str, int, int]:
    return item.hit.bulletin, item.hit.position, item.span.start
