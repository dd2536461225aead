"""Gates: limits that an evaluation must keep."""

from collections.abc import Mapping, Sequence

from corpus.errors import CallError
from eval.comparison import Difference
from eval.metrics import BY_NAME
from eval.results import Estimates

# Times differ from machine to machine and length is no quality: never held against a baseline.
UNGATED = frozenset({"seconds p50", "seconds p95", "characters"})


def read_limits(text: str) -> dict[str, float]:
    """Limits by metric, of answer=0.85,hit@5=0.95.

    :raises CallError: an unknown metric, or no number.
    """
    limits = {}
    for part in text.split(","):
        name, equals, value = (piece.strip() for piece in part.rpartition("="))
        if not equals or name not in BY_NAME:
            raise CallError(
                f"--fail-under {part.strip()!r}: no metric {name!r}; "
                f"write metric=limit with one of {', '.join(BY_NAME)}"
            )
        try:
            limits[name] = float(value)
        except ValueError as error:
            raise CallError(f"--fail-under {name}: {value!r} is no number") from error
    return limits


def broken_limits(overall: Estimates, limits: Mapping[str, float]) -> list[str]:
    """A sentence for each limit that is not kept; of a metric where less is better the limit is
    the most allowed. A metric without a value breaks its limit.
    """
    broken = []
    for name, limit in limits.items():
        found = overall.get(name)
        if found is None:
            broken.append(f"{name} has no value, the limit is {limit:g}")
            continue
        higher = BY_NAME[name].better == "higher"
        if (found.value < limit) if higher else (found.value > limit):
            broken.append(
                f"{name} is {found.value:.3f}, {'below' if higher else 'above'} {limit:g}"
            )
    return broken


def drops(differences: Sequence[Difference], allowed: float) -> list[str]:
    """A sentence for each metric that is worse than in the baseline by more than `allowed`."""
    return [
        f"{difference.metric.name} fell from {difference.old:.3f} to {difference.new:.3f}"
        if difference.metric.better == "higher"
        else f"{difference.metric.name} rose from {difference.old:.3f} to {difference.new:.3f}"
        for difference in differences
        if difference.metric.name not in UNGATED and difference.gain < -allowed - 1e-9
    ]
