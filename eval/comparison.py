"""Two evaluations of the same questions: what became better, what worse, and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.metrics import METRICS, Metric, table_of
from eval.scoring import Case
from eval.statistics import paired_p_value

SIGNIFICANT = 0.05
# Scores whose change makes a question worth looking at, with what counts as a change.
WATCHED = {"answer": 0.5, "hit@1": 0.5, "hit@5": 0.5, "refused": 0.5, "citation recall": 0.01,
           "unsupported": 0.5, "warned": 0.5}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric over the questions that both evaluations have."""

    metric: Metric
    old: float
    new: float
    p: float

    @property
    def gain(self) -> float:
        """How much better it became; negative where it became worse."""
        change = self.new - self.old
        return change if self.metric.better == "higher" else -change

    @property
    def significant(self) -> bool:
        """Whether chance alone seldom makes such a difference."""
        return self.p < SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Change:
    """A question that fares differently now; `gain` is above 0 where it fares better."""

    old: Case
    new: Case
    scores: tuple[str, ...]
    gain: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Differences by metric, questions that changed (worse ones first), and how many questions
    only one side has.
    """

    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    only_old: int
    only_new: int


def compare(old: Sequence[Case], new: Sequence[Case]) -> Comparison:
    """Compare by the questions' ids; a question whose wording changed is another one."""
    before = {(case.question.id, case.question.question): case for case in old}
    pairs = [(before[key], case) for case in new
             if (key := (case.question.id, case.question.question)) in before]  # fmt: skip
    differences = []
    for metric in METRICS:
        tables = [table_of(metric, [pair[side].scores for pair in pairs]) for side in (0, 1)]
        values = [float(metric.aggregate(table)) for table in tables]
        if pairs and values[0] == values[0] and values[1] == values[1]:  # neither is NaN
            p = paired_p_value(metric, *tables)
            differences.append(Difference(metric, values[0], values[1], p))
    changes = [change for pair in pairs if (change := _change(*pair))]
    return Comparison(
        differences=tuple(differences),
        changes=tuple(sorted(changes, key=lambda change: change.gain)),
        only_old=len(old) - len(pairs),
        only_new=len(new) - len(pairs),
    )


def _change(old: Case, new: Case) -> Change | None:
    moved = tuple(
        name
        for name, step in WATCHED.items()
        if abs(new.scores.get(name, 0.0) - old.scores.get(name, 0.0)) >= step
    )
    if not moved:
        return None
    weights = {"answer": 4.0, "refused": 0.0, "unsupported": -4.0}  # an answer counts most
    gain = sum(
        weights.get(name, 1.0) * (new.scores.get(name, 0.0) - old.scores.get(name, 0.0))
        for name in moved
    )
    return Change(old, new, moved, gain)
