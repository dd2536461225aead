"""Results for a reader at the terminal, and as JSON for programs."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table
from rich.text import Text

from corpus.bulletin import Bulletin, DateWhere, Figure, Unit
from corpus.bulletin_id import folders_of
from corpus.citation_label import KIND_LABELS, citation_label
from corpus.formats.page_progress import PageReached, told_of_pages
from corpus.hand_facts import NO_FACTS, HandFacts
from index.reconcile import Progress as Report
from index.records import Entry
from rag.answering.answer import Answer
from rag.retrieval.search import Hit
from ui.store.feedback import Opinion

WHERE = {
    DateWhere.HAND: "手工设定 set by hand",
    DateWhere.TEXT: "正文 text",
    DateWhere.NAME: "文件名 file name",
    DateWhere.FOLDER: "文件夹 folder",
    DateWhere.PROPERTIES: "文件属性，仅供参考 properties of the file, not believed",
}


def print_json(objects: Iterable[object]) -> None:
    """One JSON object a line, UTF-8, Chinese as it is."""
    for value in objects:
        text = json.dumps(value, ensure_ascii=False)
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.flush()


@contextmanager
def progress_bar(title: str) -> Iterator[Report]:
    """A bar on standard error, there only while there is work and someone to see it; one more, a
    step a page, while scans are recognised inside the block.
    """
    console = Console(stderr=True)
    bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                   TimeRemainingColumn(), console=console, transient=True,
                   disable=not console.is_terminal)  # fmt: skip
    task = bar.add_task(title, total=None, visible=False)
    scan = bar.add_task("识别扫描页 recognising pages", total=None, visible=False)

    def report(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total, visible=True)

    def turn_page(turn: PageReached) -> None:
        bar.update(scan, completed=turn.page - 1, total=turn.of, visible=True)

    with bar, told_of_pages(turn_page):
        yield report


def unit_line(bulletin: Bulletin, unit: Unit) -> dict[str, object]:
    """A unit as `jianbao paragraphs --json` prints it."""
    article = None if unit.article is None else bulletin.articles[unit.article].title
    return {
        "bulletin": bulletin.id,
        "kind": unit.kind.value,
        "number": unit.number,
        "text": unit.text,
        "source": unit.source,
        "start": unit.span.start,
        "end": unit.span.end,
        "page": unit.page,
        "article": article,
        "place": unit.place,
        "section": list(unit.section),
        "figures": [_figure(figure) for figure in unit.figures],
        **({"recognised": True} if unit.recognised else {}),
    }


def print_units(bulletin: Bulletin) -> None:
    """The units of a bulletin, paragraph numbers in front, doubtful figures marked."""
    console = _console()
    console.print(Text(bulletin.title, style="bold"))
    for unit in bulletin.units:
        text = Text(unit.text)
        for figure in unit.figures:
            if figure.doubt:
                text.stylize("bold yellow underline", figure.start, figure.end)
        label = f"{unit.number:>3} " if unit.number else "    "
        name = "" if unit.number else f"[{KIND_LABELS[unit.kind]}] "
        name += "[识别] " if unit.recognised else ""
        console.print(Text(label, style="cyan") + Text(name, style="dim") + text)
        for figure in unit.figures:
            if figure.doubt:
                repair = f"，应为 {figure.suggestion}" if figure.suggestion else ""
                console.print(Text(f"      ⚠ {figure.text} {figure.why}{repair}", style="yellow"))


def print_answer(answer: Answer) -> None:
    """An answer with its warnings and sources."""
    console = _console()
    if answer.understood != answer.question:
        console.print(Text(f"已理解为：{answer.understood}", style="dim"))
    console.print(Text(answer.text))
    for warning in answer.warnings:
        console.print(Text(f"⚠ {warning.text}", style="yellow"))
    for citation in answer.citations:
        console.print(Text(f"[{citation.marker}] {citation.label}", style="cyan"))


def print_hits(hits: Iterable[Hit]) -> None:
    """Hits, best first, with why they are there."""
    console = _console()
    for hit in hits:
        label = citation_label(hit.title, hit.paragraph, hit.kind)
        head = Text(f"{hit.score:.2f} {label}", style="cyan")
        console.print(head + Text(f"  {hit.why}", style="dim"))
        console.print(Text(f"     {hit.text}"))


def print_entries(
    entries: Iterable[Entry],
    places: Mapping[str, Sequence[str]],
    facts: Mapping[str, HandFacts],
) -> None:
    """The library as a table; by id the other places of a content, and what was set by hand, which
    has a star.
    """
    table = Table(Column("id", no_wrap=True), "标题", "地区", "日期", "段落", "存疑数字")
    for entry in entries:
        said = facts.get(entry.id, NO_FACTS)
        also = "".join(f"\n= {escape(place)}" for place in places.get(entry.id, ()))
        table.add_row(
            escape(entry.id) + also, escape(entry.title) + _star(said.series),
            "、".join(entry.places) + _star(said.place), (entry.date or "–") + _star(said.date),
            str(entry.paragraphs), str(entry.doubtful or "–"),
        )  # fmt: skip
    Console().print(table)
    if facts:
        _console().print(Text("* 手工设定 set by hand", style="dim"))


def print_facts(bulletin: Bulletin, facts: HandFacts) -> None:
    """What a bulletin is told by, where each date was found, and what was set by hand."""
    console = _console()
    console.print(Text(f"{bulletin.id}：{bulletin.title}", style="bold"))
    for name, value, said in (
        ("地区 places", "、".join(bulletin.places), facts.place),
        ("刊名 series", bulletin.series, facts.series),
        ("日期 date", bulletin.date, facts.date),
    ):
        console.print(Text(f"{name}：{value or '–'}{_star(said)}"))
    for found in bulletin.dates:
        console.print(Text(f"  {found.date}  {WHERE[found.where]}：{found.words}", style="dim"))


def _star(said: str | None) -> str:
    """What marks that something was set by hand."""
    return "*" if said is not None else ""


def print_opinions(opinions: Iterable[Opinion]) -> None:
    """What readers said, as a table."""
    table = Table("", "问题", "意见", "正确段落")
    for one in opinions:
        right = f"{one.right[0]} 第{one.right[1]}段" if one.right else ""
        row = ("👍" if one.good else "👎", one.question, one.reason, right)
        table.add_row(*map(escape, row))
    Console().print(table)


def _console() -> Console:
    """A console that never breaks a line: a figure torn in two is another figure."""
    return Console(soft_wrap=True)


def entry_line(entry: Entry, places: Sequence[str], facts: HandFacts) -> dict[str, object]:
    """A bulletin as `jianbao list --json` prints it; `places` are the others with its content."""
    return {
        "bulletin": entry.id,
        "folders": list(folders_of(entry.id)),
        "also_at": list(places),
        "set_by_hand": {name: said for name, said in asdict(facts).items() if said is not None},
        "title": entry.title,
        "places": list(entry.places),
        "date": entry.date,
        "articles": entry.articles,
        "paragraphs": entry.paragraphs,
        "doubtful": entry.doubtful,
        "losses": [loss.chinese for loss in entry.losses],
        "sha256": entry.sha256,
        "origin": entry.origin,
    }


def _figure(figure: Figure) -> dict[str, object]:
    line = asdict(figure)
    return {key: line[key] for key in ("text", "value", "unit", "doubt", "suggestion", "why")}
