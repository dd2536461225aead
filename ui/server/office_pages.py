"""Pages for those who look after the server: records for admins, statistics for editors.

They are read alone: no address of theirs changes anything, but that an export is recorded. Who may
read them is told in rights.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from corpus.errors import CallError
from index.sight import Sight
from ui.server.owner import actor_behind
from ui.server.rights import RECORDS, STATISTICS
from ui.server.sights import sight_behind
from ui.store.audit import Audit, Deed, RecordsSought
from ui.store.moments import day_of, moment
from ui.store.usage_report import UsageReport
from ui.views.audit_view import HEADS, audit_cells, audit_csv, deed_told
from ui.views.csv_table import FILE_ENCODING
from ui.views.page_words import split_in_both
from ui.views.usage_view import MISSING_TOLD, UNNAMED, reason_told, usage_csv

if TYPE_CHECKING:
    from fastapi import FastAPI, Response
    from markupsafe import Markup

ROWS = 50  # records of a page
DAYS = 30  # that the statistics tell of unless others are asked for
_NO_STORE = {"Cache-Control": "no-store"}
# To whom so much may be seen, of these days, both included.
Reported = Callable[[Sight, date | None, date | None], UsageReport]


@dataclass(frozen=True, slots=True)
class Office:
    """What the pages show: the records, the statistics; whether these keep words of questions."""

    audit: Audit
    reported: Reported
    texts: bool = False


def add_office_pages(app: "FastAPI", office: Office) -> None:
    """Give an application /records and /statistics, each with its rows as CSV below it."""
    from fastapi import Request, Response

    drawn = _templates()

    @app.get(RECORDS)
    def records(request: Request) -> Response:
        asked = dict(request.query_params)
        return drawn("records.html", asked, lambda: _records_page(office.audit, asked))

    @app.get(f"{RECORDS}/export.csv")
    def records_csv(request: Request) -> Response:
        asked = dict(request.query_params)
        try:
            sought = _sought(asked)
        except CallError as error:
            return Response(str(error), 422)
        entries = office.audit.entries(sought)
        told = ", ".join(filter(None, (f"{len(entries)} records", sought.told)))
        office.audit.record(actor_behind(request.scope), Deed.EXPORTED, RECORDS, told)
        return _csv("审计记录", audit_csv(entries))

    @app.get(STATISTICS)
    def statistics(request: Request) -> Response:
        asked = dict(request.query_params)
        asked.setdefault("since", (date.today() - timedelta(days=DAYS - 1)).isoformat())
        sight = sight_behind(request.scope)
        return drawn("statistics.html", asked, lambda: _statistics_page(office, sight, asked))

    @app.get(f"{STATISTICS}/export.csv")
    def statistics_csv(request: Request) -> Response:
        try:
            sight = sight_behind(request.scope)
            report = office.reported(sight, *_days(request.query_params))
        except CallError as error:
            return Response(str(error), 422)
        told = f"statistics, {len(report.days)} days"
        office.audit.record(actor_behind(request.scope), Deed.EXPORTED, STATISTICS, told)
        return _csv("统计", usage_csv(report))


def _records_page(audit: Audit, asked: Mapping[str, str]) -> dict[str, Any]:
    before = asked.get("before", "")
    if before and not (before.isascii() and before.isdecimal() and len(before) < 19):
        raise CallError(f"before is {before[:40]!r}; give the number of a record (请写记录编号)")
    entries, count = audit.latest(_sought(asked), ROWS + 1, int(before) if before else None)
    shown = entries[:ROWS]
    chosen = {name: asked[name] for name in ("since", "until", "who", "kind") if asked.get(name)}
    older = {**chosen, "before": shown[-1].number} if len(entries) > ROWS else None
    return {
        "heads": HEADS,
        "rows": [(one.number, audit_cells(one)) for one in shown],
        "count": count,
        "kinds": [(deed.value, deed_told(deed)) for deed in Deed],
        "days": audit.days,
        "newest": f"{RECORDS}?{urlencode(chosen)}" if before else "",
        "older": f"{RECORDS}?{urlencode(older)}" if older else "",
        "csv": f"{RECORDS}/export.csv?{urlencode(chosen)}",
    }


def _sought(asked: Mapping[str, str]) -> RecordsSought:
    """:raises CallError: a time is none."""
    since = moment("since", asked.get("since"))
    until = moment("until", asked.get("until"), whole_day=True)
    return RecordsSought(since, until, asked.get("who", "").strip(), asked.get("kind", "").strip())


def _statistics_page(office: Office, sight: Sight, asked: Mapping[str, str]) -> dict[str, Any]:
    report = office.reported(sight, *_days(asked))
    chosen = {name: asked[name] for name in ("since", "until") if asked.get(name)}
    return {
        "report": report,
        "asked_in_all": sum(day.asked for day in report.days),
        "most_a_day": max((day.asked for day in report.days), default=0),
        "reasons": [(both_told(reason_told(reason)), times) for reason, times in report.reasons],
        "missing": [
            (MISSING_TOLD[what], [(name or both_told(UNNAMED), times) for name, times in named])
            for what, named in report.missing.items()
        ],
        "texts": office.texts,
        "csv": f"{STATISTICS}/export.csv?{urlencode(chosen)}",
    }


def both_told(words: str) -> "Markup":
    """Words of our own, Chinese and English side by side, as the page's language has them."""
    from markupsafe import Markup

    return Markup(split_in_both(words))


def _days(asked: Mapping[str, str]) -> tuple[date | None, date | None]:
    """:raises CallError: one is no day."""
    return day_of("since", asked.get("since")), day_of("until", asked.get("until"))


def _csv(name: str, text: str) -> "Response":
    from fastapi import Response

    saved = quote(f"{name}-{date.today().isoformat()}.csv")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{saved}", **_NO_STORE}
    return Response(
        text.encode(FILE_ENCODING), media_type="text/csv; charset=utf-8", headers=headers
    )


def _templates() -> Callable[[str, Mapping[str, str], Callable[[], dict[str, Any]]], "Response"]:
    """Draws a page of what a call gives; where that is asked for wrongly, the form with why."""
    from fastapi.responses import HTMLResponse
    from jinja2 import Environment, FunctionLoader
    from markupsafe import Markup

    static = files("ui").joinpath("static")
    loader = FunctionLoader(lambda name: static.joinpath(name).read_text("utf-8"))
    pages = Environment(autoescape=True, loader=loader)
    pages.filters["told"] = both_told
    choices = Markup(static.joinpath("choices.js").read_text("utf-8"))

    def drawn(
        name: str, asked: Mapping[str, str], work: Callable[[], dict[str, Any]]
    ) -> "Response":
        try:
            content, status = work(), 200
        except CallError as error:
            content, status = {"why": str(error)}, 422
        text = pages.get_template(name).render(asked=asked, choices=choices, **content)
        return HTMLResponse(text, status, headers=_NO_STORE)

    return drawn
