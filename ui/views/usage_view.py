"""The statistics in words and rows: for a spreadsheet, a terminal and the page."""

from collections.abc import Iterator

from rag.refusing.reasons import Reason
from ui.store.usage_counts import UsageKind
from ui.store.usage_report import UsageReport
from ui.views.csv_table import as_csv

USAGE_HEADS = ("项目 item", "名称 name", "次数 times")
UsageRow = tuple[str, str, int]  # in the order of USAGE_HEADS
MISSING_TOLD = {
    UsageKind.PLACE: "缺少地区 place missing",
    UsageKind.YEAR: "缺少年份 year missing",
    UsageKind.PERSON: "缺少人物 person missing",
    UsageKind.THING: "缺少事项 thing missing",
}
UNNAMED = "（未留名称 not named）"


def reason_told(reason: str) -> str:
    """Why something was refused, in both languages; what a later version knows in its own word."""
    chinese = next((known.short for known in Reason if known.value == reason), "")
    return f"{chinese} {reason}".strip()


def usage_rows(report: UsageReport) -> Iterator[UsageRow]:
    """The report, row by row."""
    for day in report.days:
        told = day.day.isoformat()
        yield "提问 asked", told, day.asked
        yield "未能回答 refused", told, day.refused
        yield "出错 failed", told, day.failed
    for reason, times in report.reasons:
        yield "未答原因 reason", reason_told(reason), times
    for what, named in report.missing.items():
        for name, times in named:
            yield MISSING_TOLD[what], name or UNNAMED, times
    for one in report.bulletins:
        yield "引用 cited", one.title, one.cited
        yield "打开 opened", one.title, one.opened
    yield "答得对 right", "", report.right
    yield "答得不对 wrong", "", report.wrong
    for text, times in report.questions:
        yield "未答的提问 question refused", text, times


def usage_csv(report: UsageReport) -> str:
    """The same as CSV with heads."""
    return as_csv(
        USAGE_HEADS, ((item, name, str(times)) for item, name, times in usage_rows(report))
    )
