"""What each stage of the search is worth: the same questions with ever more of it switched on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rich.box import SIMPLE_HEAD
from rich.table import Table

from eval.metrics import BY_NAME, table_of
from eval.results import Estimates, estimates
from eval.scoring import Case
from eval.statistics import paired_p_value
from rag.retrieval.stages import Stages

# Each row has what the row above has and more, but the first two, which are compared with nothing.
_FUSED = Stages(kinds=False, places=False, wording=False, reading=False)
STEPS: Mapping[str, Stages] = {
    "words only (BM25)": replace(_FUSED, meaning=False),
    "meaning only (vectors)": replace(_FUSED, words=False),
    "both, fused": _FUSED,
    "+ kinds of unit": replace(_FUSED, kinds=True),
    "+ places and periods": replace(_FUSED, kinds=True, places=True),
    "+ reader": replace(_FUSED, kinds=True, places=True, reading=True),
    "+ official wording": Stages(),
}
COLUMNS = ("hit@1", "hit@5", "nDCG@10", "recall@10", "citation recall", "answer", "refusal F1")
TESTED = "nDCG@10"  # the measure whose change from row to row is tested


@dataclass(frozen=True, slots=True)
class AblationStep:
    """A step: its estimates, and the p-value of its change of TESTED against the step above (None
    for the first).
    """

    name: str
    overall: Estimates
    p: float | None


def ablate(run: Callable[[Stages], Sequence[Case]]) -> list[AblationStep]:
    """A row for each step; `run` evaluates with these stages."""
    rows: list[AblationStep] = []
    before: Sequence[Case] = ()
    metric = BY_NAME[TESTED]
    for name, stages in STEPS.items():
        cases = run(stages)
        tables = [table_of(metric, [case.scores for case in side]) for side in (before, cases)]
        p = paired_p_value(metric, *tables) if before else None
        rows.append(AblationStep(name, estimates(cases), p))
        before = cases
    return rows


def ablation_table(rows: Sequence[AblationStep]) -> Table:
    """The rows for the terminal."""
    grid = Table(title="ablation", box=SIMPLE_HEAD)
    grid.add_column("stages", no_wrap=True)
    for name in (*COLUMNS, "p"):
        grid.add_column(name, justify="right")
    for row in rows:
        grid.add_row(row.name, *_cells(row))
    grid.caption = f"p: change of {TESTED} against the row above, paired randomisation test"
    return grid


def ablation_markdown(rows: Sequence[AblationStep]) -> str:
    """The rows as a table in Markdown."""
    head = ("stages", *COLUMNS, "p")
    lines = ["| " + " | ".join(head) + " |", "|---" + "|--:" * (len(head) - 1) + "|"]
    lines += ["| " + " | ".join((row.name, *_cells(row))) + " |" for row in rows]
    return "\n".join(lines)


def _cells(row: AblationStep) -> list[str]:
    values = [row.overall.get(name) for name in COLUMNS]
    cells = ["–" if value is None else f"{value.value:.3f}" for value in values]
    return [*cells, "–" if row.p is None else f"{row.p:.3f}" if row.p >= 0.001 else "<.001"]
