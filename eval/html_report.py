"""An evaluation as one HTML file that needs nothing else: charts, and every question."""

from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.text.quotes import stands_in
from eval.charts import Bar, column_chart, interval_chart
from eval.comparison import Comparison
from eval.metrics import BY_NAME, METRICS
from eval.predictions import PredictedPassage
from eval.results import Estimates, Evaluation
from eval.scoring import Case

HITS_SHOWN = 10
# Metrics between 0 and 1, in the order of the chart.
CHARTED = ("answer", "hit@1", "hit@5", "MRR@10", "nDCG@10", "recall@10", "citation recall",
           "citation precision", "refusal precision", "refusal recall", "refusal F1", "warned",
           "faithfulness", "relevance")  # fmt: skip
GRID = ("answer", "hit@1", "hit@5", "recall@10", "citation recall", "citation precision",
        "refusal F1")  # fmt: skip
RANK_COLUMNS = ("1", "2", "3", "4", "5", "6–10", "未找到")
BINS = (("≤10", 0.01), ("≤20", 0.02), ("≤50", 0.05), ("≤100", 0.1), ("≤500", 0.5), ("≤2000", 2.0))


def write_report(path: Path, evaluation: Evaluation, comparison: Comparison | None) -> None:
    """Write the report; with a comparison the baseline is shown beside every metric."""
    from jinja2 import Environment, StrictUndefined  # loads only for a report

    source = files("eval").joinpath("templates/report.html").read_text("utf-8")
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
    text = template.render(**_context(evaluation, comparison))
    path.write_bytes(text.encode("utf-8", "replace"))


def _context(evaluation: Evaluation, comparison: Comparison | None) -> dict[str, Any]:
    cases = evaluation.cases
    before = {d.metric.name: d.old for d in comparison.differences} if comparison else {}
    changed = (
        {change.new.question.id: change for change in comparison.changes} if comparison else {}
    )
    return {
        "made": evaluation.made,
        "count": len(cases),
        "failures": sum(case.failed for case in cases),
        "overall": evaluation.overall,
        "metrics": [metric for metric in METRICS if metric.name in evaluation.overall],
        "intervals": interval_chart(_bars(evaluation.overall, before)),
        "ranks": column_chart(_ranks(cases), "Rank of the first hit that holds evidence"),
        "times": column_chart(_times(cases), "Milliseconds from question to answer"),
        "refusals": _refusals(cases),
        "grid": GRID,
        "rows": [
            *_rows(evaluation.by_type, [c.question.type for c in cases]),
            *_rows(evaluation.by_bulletin, [n for c in cases for n in c.question.bulletins]),
        ],
        "comparison": comparison,
        "types": sorted({case.question.type for case in cases}),
        "cases": [_shown(case, changed) for case in cases],
    }


def _bars(overall: Estimates, before: dict[str, float]) -> list[Bar]:
    return [
        Bar(f"{BY_NAME[name].label} {name}" if BY_NAME[name].label != name else name,
            e.value, e.low, e.high, before.get(name))
        for name in CHARTED if (e := overall.get(name))
    ]  # fmt: skip


def _rows(groups: dict[str, Estimates], names: list[str]) -> list[dict[str, Any]]:
    counts = Counter(names)
    return [
        {"name": name or "–", "n": counts[name], "values": [values.get(m) for m in GRID]}
        for name, values in groups.items()
    ]


def _ranks(cases: tuple[Case, ...]) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for case in cases:
        if (reciprocal := case.scores.get("MRR@10")) is None:
            continue
        rank = round(1 / reciprocal) if reciprocal else 0
        counts["未找到" if not rank else str(rank) if rank <= 5 else "6–10"] += 1
    return [(label, counts[label]) for label in RANK_COLUMNS]


def _times(cases: tuple[Case, ...]) -> list[tuple[str, int]]:
    seconds = [case.scores["seconds"] for case in cases if "seconds" in case.scores]
    columns, below = [], 0.0
    for label, limit in BINS:
        columns.append((label, sum(below < s <= limit for s in seconds)))
        below = limit
    return [*columns, ("更慢", sum(s > below for s in seconds))]


def _refusals(cases: tuple[Case, ...]) -> dict[str, int]:
    """Answered and refused, of questions with and without an answer."""
    counts = Counter(
        f"{'unanswerable' if case.scores['unanswerable'] else 'answerable'} "
        f"{'refused' if case.scores['refused'] else 'answered'}"
        for case in cases
        if "refused" in case.scores
    )
    return {
        f"{kind} {done}": counts[f"{kind} {done}"]
        for kind in ("answerable", "unanswerable")
        for done in ("answered", "refused")
    }


def _shown(case: Case, changed: dict[str, Any]) -> dict[str, Any]:
    question, prediction, missed = case.question, case.prediction, case.missed
    cited = prediction.citations if prediction else ()
    hits = prediction.retrieved[:HITS_SHOWN] if prediction else ()
    change = changed.get(question.id)
    return {
        "case": case,
        "question": question,
        "prediction": prediction,
        "missed": missed,
        "citations": [_passage(case, passage) for passage in cited],
        "hits": [_passage(case, passage) for passage in hits],
        "tags": " ".join(_tags(case)),
        "change": change,
        "moved": "" if change is None else "better" if change.gain > 0 else "worse",
    }


def _passage(case: Case, passage: PredictedPassage) -> dict[str, Any]:
    holds = any(stands_in(quote, [passage.text]) for quote in case.question.evidence)
    return {"label": passage.label, "text": passage.quote or passage.text, "right": holds}


def _tags(case: Case) -> list[str]:
    """What the filters of the report look for."""
    scores = case.scores
    tags = {
        "wrong": case.failed,
        "unfound": scores.get("hit@5") == 0,
        "uncited": scores.get("citation recall", 1.0) < 1,
        "overrefused": bool(scores.get("refused")) and not scores.get("unanswerable"),
        "underrefused": scores.get("unanswerable") == 1 and not scores.get("refused"),
        "unsupported": scores.get("unsupported", 0.0) > 0,
        "unwarned": scores.get("warned") == 0,
        "missing": case.prediction is None,
    }
    return [name for name, present in tags.items() if present]
