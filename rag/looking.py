"""What is looked at for a question: each of its sides by itself, or every place that there is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.text.dates import find_dates
from corpus.text.places import Place, find_places, place_named
from index.library import Library
from index.scope import Scope
from rag.answering.aligned_sides import aligned
from rag.answering.named_thing import says_as_much, says_what_is_asked
from rag.answering.reckoned_terms import terms_of
from rag.answering.reckoning import reckoning_of
from rag.query.operations import operation_of, question_of_each, things_against
from rag.query.question import Query, understand
from rag.query.sides import MAX_SIDES, Side, Sided, asks_everywhere, sides
from rag.reading.evidence import NOTHING, Part, Read
from rag.reading.read_evidence import read_evidence
from rag.reading.reader import Reader
from rag.refusing.grounds import MIN_ANSWERED_BESIDE, any_answers, refusal
from rag.refusing.reasons import Reason
from rag.retrieval.search import Hit, in_turn, search_one
from rag.retrieval.stages import Stages
from rag.trace import Findings, Look, Step, Trace

# The same of a place that nobody named, where every place is asked.
PLACE_ANSWERED = 0.5
TERMS_ANSWERED = 0.3  # of a question whose figures to reckon with are found in one text
PART_ANSWERED = 0.4  # of one of several questions, where the same text answers another
# 把地方列出来: how it is to be told, not what.
_LISTED = re.compile(r"[？?，,。]*(?:请)?把?[^，,？?。]{0,4}列(?:出来|一下|举)[？?。]*$")
# From here on it need not say what is asked in the words of the question.
SIDE_SURE = 0.65
SENTENCE_SURE = 0.5  # share of the answer from which one sentence names all that are asked for
ANSWER_HITS = 10  # hits an answer carries along, for whoever wants to look further
# Sides that are first read together: one sentence may have the figures of all of them.
_TOGETHER_FIRST = frozenset({Sided.THING, Sided.TIME, Sided.WHOLE})
TERM_SENTENCES = 3  # best ones, in whose texts each thing is asked about by itself


@dataclass(frozen=True, slots=True)
class Looker:
    """Searches and reads in a library."""

    library: Library
    reader: Reader
    stages: Stages
    scope: Scope
    trace: Trace

    def findings(self, query: Query) -> Findings:
        """What was found for each side of a question, weighed together."""
        asked = sides(query)
        looks = self._together(query, asked) or [self._look(side) for side in asked]
        with self.trace.timed(Step.EVIDENCE):
            return self._weighed(query, asked, looks)

    def evidence(self, query: Query, hits: Sequence[Hit]) -> Read:
        """The sentences of the hits that answer."""
        return read_evidence(self.library, self.reader, query, hits)

    def _look(self, side: Side) -> Look:
        with self.trace.timed(Step.SEARCH):
            found = search_one(
                self.library, side.query, ANSWER_HITS, self.scope, self.stages, reader=self.reader
            )
        with self.trace.timed(Step.EVIDENCE):
            read = self.evidence(side.query, found)
            no = refusal(self.library, side.query, found, read)
            if no and no.reason is Reason.SILENT and self._is_ranked(side.query, read):
                no = None
        return Look(side.label, side.query, tuple(found), read, no)

    def _is_ranked(self, query: Query, read: Read) -> bool:
        """Whether one sentence has the figures of all that are ranked, and says of what."""
        reckoning = reckoning_of(query)
        if read.unsaid or reckoning is None or not reckoning.of_many:
            return False
        terms = terms_of(query, reckoning, read.evidence)
        return bool(terms and says_what_is_asked(self.library, query, [terms[0].item]))

    def _together(self, query: Query, asked: Sequence[Side]) -> list[Look]:
        """A look at the whole question, where one sentence has what is to be reckoned with."""
        reckoning = reckoning_of(query)
        if reckoning is None or asked[0].sided not in _TOGETHER_FIRST:
            return []
        whole = self._look(Side("", query))
        if asked[0].sided is not Sided.WHOLE:
            named = [(side.label, side.query) for side in asked]
        else:
            named = [(name, understand(one)) for name, one in things_against(query.understood)]
        whole = replace(whole, things=self._each_thing(whole, named))
        found = terms_of(query, reckoning, whole.read.evidence, whole.things)
        if asked[0].sided is Sided.WHOLE:
            return [_with_terms(whole) if found and not reckoning.of_many else whole]
        return [replace(whole, refusal=None)] if found else []

    def _each_thing(self, whole: Look, named: Sequence[tuple[str, Query]]) -> tuple[Part, ...]:
        """What each thing's own question reads in the texts that answer the whole best."""
        best = dict.fromkeys(
            (item.hit.bulletin, item.hit.position) for item in whole.read.evidence[:TERM_SENTENCES]
        )
        hits = [one for one in whole.hits if (one.bulletin, one.position) in best]
        with self.trace.timed(Step.EVIDENCE):
            read = [(name, query, self.evidence(query, hits)) for name, query in named]
        return tuple(
            Part(query, one.evidence, name, answered=one.answered) for name, query, one in read
        )

    def _weighed(self, query: Query, asked: Sequence[Side], looks: list[Look]) -> Findings:
        apart = asked[0].sided is Sided.PART
        looks = [_on_its_day(one) for one in looks] if len(looks) > 1 else looks
        parts = [
            Part(
                one.query,
                () if one.refusal else one.read.evidence,
                one.label,
                by_itself=apart,
                answered=one.read.answered,
                things=one.things,
            )
            for one in looks
        ]
        if any(part.evidence for part in parts) or _one_answers(looks):
            for n, one in enumerate(looks):  # what one side says, another may say less clearly
                if _says_it_too(one) and (not apart or _is_told_beside(one, looks)):
                    parts[n] = replace(parts[n], evidence=one.read.evidence)
            if len(parts) > 1 and (apart or reckoning_of(query) is None):
                spoken = [self._as_asked(part) for part in parts]
                parts = spoken if any(part.evidence for part in spoken) else parts
        merged = tuple(in_turn(one.hits for one in looks)[:ANSWER_HITS])
        no = looks[0].refusal if len(looks) == 1 else None
        silent = not any(part.evidence for part in parts)
        if no is None and silent and all(one.refusal for one in looks):  # names all the places
            no = refusal(self.library, query, merged, NOTHING)
        if len(parts) == 1 and parts[0].evidence and self._asks_each(query, looks[0]):
            places = self._each_place(query, looks[0].hits)
            if len(places) > 1:
                looks = places
                parts = [Part(one.query, one.read.evidence, one.label) for one in looks]
        ordered = parts if apart else aligned(self.library, parts)
        return Findings(query, tuple(ordered), merged, no, looks=tuple(looks))

    def _as_asked(self, part: Part) -> Part:
        """A side without evidence where the reader is not sure and none of the best says what is
        asked for: it is silent.
        """
        if part.answered >= SIDE_SURE or not part.evidence:
            return part
        said = says_what_is_asked(self.library, part.query, part.evidence)
        return part if said else replace(part, evidence=())

    def _asks_each(self, query: Query, look: Look) -> bool:
        """Whether every place is asked, and no sentence names them all by itself."""
        if not asks_everywhere(query):
            return False
        best = look.read.evidence[0]
        named = {mention.place for mention in find_places(best.quote)}
        if len(named) > 1 and best.share >= SENTENCE_SURE:
            return False  # 先后走进岚县、兴县: the sentence says which they are
        reckoning = reckoning_of(query)
        return reckoning is None or not terms_of(query, reckoning, look.read.evidence)

    def _each_place(self, query: Query, hits: Sequence[Hit]) -> list[Look]:
        """A look at each place that answers, in words that say what is asked for."""
        looks = []
        names = dict.fromkeys(hit.unit.place for hit in hits if hit.unit.place)
        names |= dict.fromkeys(place for entry in self.library.entries() for place in entry.places)
        for name in list(names)[:MAX_SIDES]:
            if place := place_named(name):
                look = self._look(Side(name, _of_place(query, place)))
                said = says_what_is_asked(self.library, look.query, look.read.evidence)
                if said and look.read.answered >= PLACE_ANSWERED:
                    read = replace(look.read, evidence=said)
                    looks.append(replace(look, read=read, refusal=None))
        if operation_of(query.understood) is not None or not looks:
            return looks  # each has a figure of its own, whatever its words
        best = [look.read.evidence[0] for look in looks]
        told = says_as_much(self.library, looks[0].query, best)
        return [look for look, item in zip(looks, best, strict=True) if item in told]


def _with_terms(look: Look) -> Look:
    """A look whose text has what is to be reckoned with: less certainty will do."""
    no = look.refusal
    silent = no is not None and no.reason is Reason.SILENT
    likely = silent and look.read.answered >= TERMS_ANSWERED
    return replace(look, refusal=None) if likely else look


def _one_answers(looks: Sequence[Look]) -> bool:
    """Whether of several sides that are refused each by itself one likely answers."""
    silent = [one for one in looks if one.refusal and one.refusal.reason is Reason.SILENT]
    return len(looks) > 1 and any_answers([one.read.answered for one in silent])


def _says_it_too(look: Look) -> bool:
    """Whether a side that is refused by itself is still likely enough to be told beside others."""
    no, read = look.refusal, look.read
    return bool(no and no.reason is Reason.SILENT and read.answered >= MIN_ANSWERED_BESIDE)


def _is_told_beside(look: Look, looks: Sequence[Look]) -> bool:
    """Whether what one of several questions finds stands in a text that answers another of them, or
    on the day that it asks about.
    """
    if _days(look.query.understood):
        return True
    texts = {one.read.evidence[0].hit.bulletin for one in looks if not one.refusal}
    near = bool(look.read.evidence) and look.read.evidence[0].hit.bulletin in texts
    return near and look.read.answered >= PART_ANSWERED


def _on_its_day(look: Look) -> Look:
    """Of a side that asks about a day only the sentences of that day, where there are any; where
    there are none, what is likely is not enough.
    """
    days = _days(look.query.understood)
    if not days:
        return look
    told = tuple(item for item in look.read.evidence if days & _days(item.quote))
    answered = look.read.answered if told else 0.0
    read = replace(look.read, evidence=told or look.read.evidence, answered=answered)
    return replace(look, read=read)


def _days(text: str) -> set[tuple[int | None, int | None]]:
    """Month and day of the days that a text names."""
    return {(date.month, date.day) for date in find_dates(text) if date.day}


def _of_place(query: Query, place: Place) -> Query:
    """What a question over all places asks of one of them."""
    if operation_of(query.understood) is None:
        asked = understand(_LISTED.sub("", query.understood))
        return replace(asked, places=(place,), question=query.question)
    return understand(f"{place.name}{question_of_each(query.understood)}")
