"""What an answer adds to the statistics: that it was asked, what was missing, what was cited."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import LibraryError
from corpus.text.places import place_named
from rag.query.persons import persons
from rag.refusing.reasons import Reason
from rag.trace import Findings
from ui.server.observed import Outcome
from ui.store.usage_counts import UsageCounts, UsageKind

LOG = logging.getLogger("jianbao.usage")


@dataclass(frozen=True, slots=True)
class UsageObserver:
    """Counts what it observes (see Observer). Without `texts` no word of a question is kept: of
    what is missing only places of the national divisions and years are named, the rest is counted.
    """

    counts: UsageCounts
    texts: bool = False

    def began(self) -> None:
        """See Observer.began."""

    def ended(self, outcome: Outcome) -> None:
        """See Observer.ended. An answer is worth more than its count: where that cannot be kept,
        the log tells of it.
        """
        self._add(list(self._happened(outcome)))

    def opened(self, bulletin: str) -> None:
        """Somebody opened a bulletin."""
        self._add([(UsageKind.OPENED, bulletin)])

    def _add(self, happened: list[tuple[UsageKind, str]]) -> None:
        try:
            self.counts.add(happened)
        except LibraryError as error:
            LOG.error("not counted", extra={"why": str(error)})  # noqa: TRY400 # told in one line

    def _happened(self, outcome: Outcome) -> Iterator[tuple[UsageKind, str]]:
        yield UsageKind.ASKED, ""
        answer, findings = outcome.answer, outcome.findings
        if outcome.error is not None:
            yield UsageKind.FAILED, ""
        elif answer is not None:
            for bulletin in dict.fromkeys(one.bulletin for one in answer.citations):
                yield UsageKind.CITED, bulletin
            if answer.reason is not None:
                yield UsageKind.REFUSED, answer.reason.value
                if findings is not None:
                    yield from missing_of(findings, texts=self.texts)
                if self.texts:
                    yield UsageKind.QUESTION, outcome.request.question


def missing_of(findings: Findings, *, texts: bool) -> Iterator[tuple[UsageKind, str]]:
    """What the bulletins do not have of what was asked for; "" stands for a name that is kept by
    `texts` alone. Orders and what no bulletin is about miss nothing.
    """
    if (no := findings.refusal) is None:
        return
    for place in dict.fromkeys(no.missing.places):
        yield UsageKind.PLACE, place if texts or place_named(place) else ""
    for year in dict.fromkeys(no.missing.years):
        yield UsageKind.YEAR, year
    if no.reason is not Reason.SILENT:
        return
    named = [
        person
        for person in persons(findings.query.understood)
        if not any(person in hit.text for hit in findings.hits)
    ]
    words = [word for word in no.missing.words if not any(word in name for name in named)]
    things = words or ([] if named else [no.missing.topic])
    yield from _told(UsageKind.PERSON, named, texts=texts)
    yield from _told(UsageKind.THING, things, texts=texts)


def _told(what: UsageKind, names: list[str], *, texts: bool) -> Iterator[tuple[UsageKind, str]]:
    """Each by its name, or that there is any."""
    for name in names if texts else [""] * bool(names):
        yield what, name
