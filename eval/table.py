"""Evaluations and comparisons as tables for the terminal."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from eval.comparison import Change, Comparison, Difference
from eval.results import Estimates, Evaluation
from eval.scoring import Case

# Metrics of the table and their heads, short enough for a terminal.
COLUMNS = {"answer": "answer", "hit@1": "hit@1", "hit@5": "hit@5", "MRR@10": "MRR",
           "recall@10": "rec@10", "citation recall": "cit R", "citation precision": "cit P",
           "refusal F1": "ref F1", "unsupported figures": "unsup"}  # fmt: skip
CHANGES_SHOWN = 40
WHOLE_NUMBERS = frozenset({"unsupported figures", "characters"})


def results_table(evaluation: Evaluation) -> RenderableType:
    """A row for each type of question, each bulletin and all; "–" where a metric says nothing."""
    cases = evaluation.cases
    grid = Table(title=f"{len(cases)} questions, {evaluation.made.library}", box=SIMPLE_HEAD)
    grid.add_column("type", no_wrap=True)
    for name in ("n", *COLUMNS.values()):
        grid.add_column(name, justify="right", no_wrap=True)
    for kind, values in evaluation.by_type.items():
        count = sum(case.question.type == kind for case in cases)
        grid.add_row(escape(kind) or "–", str(count), *_cells(values))
    if len(evaluation.by_bulletin) > 1:
        grid.add_section()
        for name, values in evaluation.by_bulletin.items():
            count = sum(name in case.question.bulletins for case in cases)
            grid.add_row(escape(name), str(count), *_cells(values), style="dim")
    grid.add_section()
    grid.add_row("all", str(len(cases)), *_cells(evaluation.overall), style="bold")
    for end in ("low", "high"):
        ends = [_number(n, getattr(evaluation.overall[n], end)) if n in evaluation.overall else ""
                for n in COLUMNS]  # fmt: skip
        grid.add_row(f"95 % {end}", "", *ends, style="dim")
    return Group(grid, Text(_last_line(evaluation), style="dim"))


def comparison_table(comparison: Comparison) -> RenderableType:
    """Metrics old and new with the paired test, then the questions that changed, worse first."""
    grid = Table("metric", title="against the baseline", box=SIMPLE_HEAD)
    for name in ("old", "new", "change", "p"):
        grid.add_column(name, justify="right")
    grid.add_column("")
    for difference in comparison.differences:
        grid.add_row(
            difference.metric.name, _number(difference.metric.name, difference.old),
            _number(difference.metric.name, difference.new),
            f"{difference.new - difference.old:+.3f}", f"{difference.p:.3f}", _verdict(difference),
        )  # fmt: skip
    better = sum(change.gain > 0 for change in comparison.changes)
    worse = sum(change.gain < 0 for change in comparison.changes)
    parts: list[RenderableType] = [grid]
    if comparison.only_old or comparison.only_new:
        parts.append(f"left out: {comparison.only_old} questions of the baseline only, "
                     f"{comparison.only_new} that it has not")  # fmt: skip
    parts.append(f"{better} questions better, {worse} worse")
    if comparison.changes:
        parts.append(_changes_table(comparison.changes))
    return Group(*parts)


def _changes_table(changes: Sequence[Change]) -> Table:
    grid = Table("", "id", "question", "old", "new", box=SIMPLE_HEAD)
    for change in changes[:CHANGES_SHOWN]:
        mark = "[green]▲[/]" if change.gain > 0 else "[red]▼[/]" if change.gain < 0 else "·"
        question = change.new.question
        states = (_state(case, change.scores) for case in (change.old, change.new))
        grid.add_row(mark, escape(question.id), escape(question.question), *states)
    if len(changes) > CHANGES_SHOWN:
        grid.caption = f"and {len(changes) - CHANGES_SHOWN} more"
    return grid


def _state(case: Case, names: Sequence[str]) -> str:
    return ", ".join(f"{name} {case.scores.get(name, 0.0):.2g}" for name in names)


def _verdict(difference: Difference) -> str:
    if abs(difference.gain) < 1e-9:
        return ""
    sure = "" if difference.significant else "[dim] by chance?[/]"
    return ("[green]▲ better[/]" if difference.gain > 0 else "[red]▼ worse[/]") + sure


def _cells(values: Estimates) -> list[str]:
    return [_number(name, values[name].value) if name in values else "–" for name in COLUMNS]


def _number(name: str, value: float) -> str:
    return format(value, ".0f" if name in WHOLE_NUMBERS else ".3f")


def _last_line(evaluation: Evaluation) -> str:
    overall, made = evaluation.overall, evaluation.made
    parts = [f"commit {made.commit}", f"model {made.embedding_model}", made.chat_model]
    if "seconds p50" in overall:
        parts.append(f"p50 {overall['seconds p50'].value * 1000:.0f} ms, "
                     f"p95 {overall['seconds p95'].value * 1000:.0f} ms")  # fmt: skip
    if "characters" in overall:
        parts.append(f"median answer {overall['characters'].value:.0f} characters")
    if "warned" in overall:
        parts.append(f"doubtful figures warned {overall['warned'].value:.0%}")
    without = sum(case.prediction is None for case in evaluation.cases)
    if without:
        parts.append(f"{without} without a prediction")
    return " · ".join(parts)
