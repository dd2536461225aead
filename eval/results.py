"""An evaluation as a whole: cases, estimates by group, and what made it; to JSON and back."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import CallError
from corpus.questions.truth import Question
from eval.metrics import METRICS, table_of
from eval.predictions import Prediction
from eval.provenance import Provenance
from eval.scoring import Case, Missed
from eval.statistics import Estimate, estimate

FORMAT = 1  # of the JSON file; a file of another format is refused
HITS_KEPT = 10

Estimates = dict[str, Estimate]  # by metric


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Cases in the order of the questions, and what they come to: over all, by type of question,
    and by bulletin (a question of several bulletins counts for each).
    """

    made: Provenance
    cases: tuple[Case, ...]
    overall: Estimates
    by_type: dict[str, Estimates]
    by_bulletin: dict[str, Estimates]


def evaluated(made: Provenance, cases: Sequence[Case]) -> Evaluation:
    """The evaluation that these cases are."""
    types = sorted({case.question.type for case in cases})
    bulletins = sorted({name for case in cases for name in case.question.bulletins})
    return Evaluation(
        made=made,
        cases=tuple(cases),
        overall=estimates(cases),
        by_type={t: estimates([c for c in cases if c.question.type == t]) for t in types},
        by_bulletin={
            name: estimates([c for c in cases if name in c.question.bulletins])
            for name in bulletins
        },
    )


def estimates(cases: Sequence[Case]) -> Estimates:
    """Every metric that says something of these cases."""
    scores = [case.scores for case in cases]
    found = {metric.name: estimate(metric, table_of(metric, scores)) for metric in METRICS}
    return {name: value for name, value in found.items() if value is not None}


def summary(evaluation: Evaluation) -> dict[str, Any]:
    """What `jianbao eval --json` prints: values by metric, with their intervals beside them."""

    def values(group: Estimates) -> dict[str, float]:
        return {name: found.value for name, found in group.items()}

    return {
        "questions": len(evaluation.cases),
        "overall": values(evaluation.overall),
        "intervals": {name: [e.low, e.high] for name, e in evaluation.overall.items()},
        "by_type": {name: values(group) for name, group in evaluation.by_type.items()},
        "by_bulletin": {name: values(group) for name, group in evaluation.by_bulletin.items()},
        "made": asdict(evaluation.made),
    }


def write_results(path: Path, evaluation: Evaluation) -> None:
    """The evaluation as a JSON file, a question a line so that a diff can be read."""
    head = {"format": FORMAT, **summary(evaluation)}
    lines = ",\n".join(_json(_case_line(case)) for case in evaluation.cases)
    path.write_text(f'{_json(head)[:-1]}, "cases": [\n{lines}\n]}}\n', "utf-8")


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSON file, their hits and citations without texts.

    :raises CallError: it is no file of write_results.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["format"] == FORMAT:
            return [_case(line) for line in content["cases"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CallError(
            f"{path}: no results of an evaluation ({error}); make one with jianbao eval --results"
        ) from error
    raise CallError(
        f"{path}: no results of an evaluation of format {FORMAT} but of {content['format']!r}; "
        "make one with jianbao eval --results"
    )


def _case_line(case: Case) -> dict[str, Any]:
    """A case for the file: of hits and citations the places only, texts are in the library."""
    question, prediction = case.question, case.prediction
    line: dict[str, Any] = {
        "id": question.id,
        "type": question.type,
        "question": question.question,
        "answer": prediction.answer if prediction else None,
        "refused": prediction.refused if prediction else None,
        "citations": [p.place for p in prediction.citations] if prediction else [],
        "hits": [p.place for p in prediction.retrieved[:HITS_KEPT]] if prediction else [],
        "scores": case.scores,
    }
    return line


def _case(line: dict[str, Any]) -> Case:
    prediction = None
    if line["answer"] is not None:
        prediction = Prediction(line["id"], line["answer"], line["refused"])
    question = Question(id=line["id"], question=line["question"], type=line["type"])
    scores = {str(name): float(value) for name, value in line["scores"].items()}
    return Case(question, prediction, scores, Missed())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
