"""Ranking measures of every question, as ir-measures computes them."""

from collections.abc import Mapping, Sequence

from corpus.questions.truth import Question
from corpus.text.quotes import comparable
from eval.predictions import PredictedPassage, Prediction

# Our names, and ir-measures' for the same.
MEASURES = {"hit@1": "Success@1", "hit@3": "Success@3", "hit@5": "Success@5", "MRR@10": "RR@10",
            "nDCG@10": "nDCG@10"}  # fmt: skip

Units = Mapping[str, str]  # comparable text of every unit in the library, by "bulletin#position"


def rank(
    questions: Sequence[Question], predictions: Mapping[str, Prediction], units: Units
) -> dict[str, dict[str, float]]:
    """Values of MEASURES by question id, for the answerable questions that have evidence.

    A unit is relevant (grade 1) if it holds an evidence quote. A question without a prediction has
    0 of everything.
    """
    import ir_measures

    numbers: dict[tuple[str, str], str] = {}
    for key, text in units.items():
        numbers.setdefault((key.rpartition("#")[0], text), key)
    qrels, run = [], []
    values: dict[str, dict[str, float]] = {}
    for question in questions:
        if not (question.answerable and question.evidence):
            continue
        quotes = [comparable(quote) for quote in question.evidence]
        relevant = [key for key, text in units.items() if any(quote in text for quote in quotes)]
        values[question.id] = dict.fromkeys(MEASURES, 0.0)
        qrels += [ir_measures.Qrel(question.id, key, 1) for key in relevant]
        prediction = predictions.get(question.id)
        found = ranked(prediction.retrieved, numbers) if prediction else []
        run += [ir_measures.ScoredDoc(question.id, key, -n) for n, key in enumerate(found)]
    if qrels and run:
        named = {ir_measures.parse_measure(text): name for name, text in MEASURES.items()}
        for value in ir_measures.iter_calc(list(named), qrels, run):
            if value.query_id in values:
                values[value.query_id][named[value.measure]] = float(value.value)
    return values


def ranked(
    retrieved: Sequence[PredictedPassage], numbers: Mapping[tuple[str, str], str]
) -> list[str]:
    """Keys of the retrieved units, each once, in order; one that is no unit of the library keeps
    its rank under a name of its own.
    """
    keys = [
        numbers.get((passage.bulletin, comparable(passage.text)), f"?#{n}")
        for n, passage in enumerate(retrieved)
    ]
    return list(dict.fromkeys(keys))
