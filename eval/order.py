"""What an evaluation is asked to do."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Order:
    """Paths are None for what is not wanted.

    Questions come from `questions`, or from a public set: its name and file. They are asked over
    `bulletins` in a temporary library, or over the library of the settings. With `answers` nobody
    is asked: predictions made before, or by another system, are scored. `fail_under` are limits as
    in answer=0.85,hit@5=0.95; `max_drop` is what a metric may lose against the baseline.
    """

    questions: Path | None = None
    public: tuple[str, Path] | None = None
    bulletins: Path | None = None
    answers: Path | None = None
    predictions: Path | None = None
    report: Path | None = None
    results: Path | None = None
    baseline: Path | None = None
    fail_under: str | None = None
    max_drop: float | None = None
    ablate: bool = False
    judge: bool = False
    as_json: bool = False
