"""Scores as a table for the terminal."""

from rich.table import Table

from eval.run import Evaluation

COLUMNS = ("hit@1", "hit@5", "MRR@10", "recall@10", "citation recall", "citation precision",
           "answer", "refusal F1", "unsupported figures")  # fmt: skip


def table(evaluation: Evaluation) -> Table:
    """A row for each type of question and one for all; "–" where a metric says nothing."""
    grid = Table(title=f"{len(evaluation.predictions)} questions")
    grid.add_column("type")
    grid.add_column("n", justify="right")
    for name in COLUMNS:
        grid.add_column(name, justify="right")
    for kind, values in evaluation.by_type.items():
        count = sum(p.question.type == kind for p in evaluation.predictions)
        grid.add_row(kind or "–", str(count), *_cells(values))
    grid.add_section()
    grid.add_row("all", str(len(evaluation.predictions)), *_cells(evaluation.overall), style="bold")
    overall = evaluation.overall
    grid.caption = (
        f"p50 {overall['seconds p50'] * 1000:.0f} ms, p95 {overall['seconds p95'] * 1000:.0f} ms, "
        f"median answer {overall['characters']:.0f} characters"
    )
    return grid


def _cells(values: dict[str, float]) -> list[str]:
    cells = []
    for name in COLUMNS:
        value = values.get(name)
        form = ".0f" if name == "unsupported figures" else ".3f"
        cells.append("–" if value is None else format(value, form))
    return cells
