"""What the counts say to those who collect bulletins: asked, missing, read."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from ui.store.feedback import Feedback
from ui.store.usage_counts import MISSING, UsageCounts, UsageKind


@dataclass(frozen=True, slots=True)
class UsageDay:
    """A day's questions, and how many of them were refused or failed."""

    day: date
    asked: int
    refused: int
    failed: int


@dataclass(frozen=True, slots=True)
class ReadBulletin:
    """A bulletin by its id and title, in how many answers it was cited, how often it was opened."""

    id: str
    title: str
    cited: int
    opened: int


Times = tuple[tuple[str, int], ...]  # names with how many times, most first


@dataclass(frozen=True, slots=True)
class UsageReport:
    """The days with questions, `missing` by what it is, the most first; `right` and `wrong` are
    readers' opinions of answers, `questions` the refused ones whose text was kept.
    """

    days: tuple[UsageDay, ...]
    reasons: Times
    missing: Mapping[UsageKind, Times]
    bulletins: tuple[ReadBulletin, ...]
    right: int
    wrong: int
    questions: Times


def bounded_report(report: UsageReport, visible: Collection[str]) -> UsageReport:
    """The report as somebody may read it who sees these bulletins alone, by id: nothing of the
    others, and no words of questions, which may be about them.
    """
    named = {UsageKind.PLACE, UsageKind.YEAR}
    return replace(
        report,
        missing={
            what: times if what in named else (("", sum(n for _, n in times)),) if times else ()
            for what, times in report.missing.items()
        },
        bulletins=tuple(one for one in report.bulletins if one.id in visible),
        questions=(),
    )


def usage_report(
    counts: UsageCounts,
    feedback: Feedback | None,
    titles: Mapping[str, str],
    since: date | None = None,
    until: date | None = None,
) -> UsageReport:
    """The report on these days, both included. Of a bulletin without a title, as one that is not
    held any more, the id stands for it; `feedback` is None where nobody gave any.

    :raises LibraryError: a file cannot be used.
    """
    by_day: dict[date, Counter[str]] = {}
    by_name: dict[str, Counter[str]] = {}
    for tally in counts.tallies(since, until):
        by_day.setdefault(tally.day, Counter())[tally.what] += tally.times
        by_name.setdefault(tally.what, Counter())[tally.name] += tally.times

    def most(what: UsageKind) -> Times:
        found = by_name.get(what, Counter[str]())
        return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0])))

    cited, opened = dict(most(UsageKind.CITED)), dict(most(UsageKind.OPENED))
    read = [
        ReadBulletin(one, titles.get(one, one), cited.get(one, 0), opened.get(one, 0))
        for one in dict.fromkeys((*cited, *opened))
    ]
    read.sort(key=lambda one: (-one.cited - one.opened, one.id))
    right, wrong = feedback.tally(_begin(since), _end(until)) if feedback else (0, 0)
    return UsageReport(
        tuple(
            UsageDay(day, n[UsageKind.ASKED], n[UsageKind.REFUSED], n[UsageKind.FAILED])
            for day, n in by_day.items()
        ),
        most(UsageKind.REFUSED),
        {what: most(what) for what in MISSING},
        tuple(read), right, wrong,
        most(UsageKind.QUESTION),
    )  # fmt: skip


def _begin(day: date | None) -> datetime | None:
    return datetime.combine(day, time()).astimezone() if day else None


def _end(day: date | None) -> datetime | None:
    return _begin(day + timedelta(days=1)) if day and day < date.max else None
