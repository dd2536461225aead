"""`jianbao eval`: an order to predictions, scores, tables, reports and gates."""

import logging
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from corpus.errors import CallError
from corpus.questions.truth import Question
from eval.order import Order
from eval.predictions import Prediction, read_predictions, write_predictions
from eval.progress import progress_bar
from eval.run import ask_all, units_of
from eval.scoring import Case, score_all
from eval.sources import questions_asked
from index.library import Library
from rag.chain import answer_chain
from rag.reading.readers import reader_of
from rag.retrieval.stages import Stages
from rag.settings import Settings

MIN_WIDTH = 130  # columns of a table that goes to a file or a pipe


def run_evaluation(settings: Settings, order: Order) -> bool:
    """Do what the order says and print it; whether every gate was passed.

    :raises CallError: the order cannot be, or a file in it is faulty; said before anything runs.
    """
    from eval.gates import read_limits
    from eval.results import read_cases

    logging.basicConfig(format="jianbao: %(message)s")  # a line for whatever is left out
    limits = read_limits(order.fail_under) if order.fail_under else {}
    if order.max_drop is not None and order.baseline is None:
        raise CallError("--max-drop needs --baseline: name the results to compare with")
    baseline = read_cases(order.baseline) if order.baseline else None
    answers = read_predictions(order.answers) if order.answers else None
    for path in (order.predictions, order.report, order.results):
        if path is not None:
            check_writable(path)
    with questions_asked(settings, order) as (questions, library):
        if order.ablate:
            _print_ablation(settings, library, questions)
            return True
        cases = _cases(settings, order, library, questions, answers)
        return _told(settings, order, library, cases, baseline, limits)


def check_writable(path: Path) -> None:
    """:raises CallError: the file cannot be written; said before the work, not after it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("a").close()
    except OSError as error:
        raise CallError(f"{path}: cannot be written ({error.strerror}); name another") from error


def _cases(
    settings: Settings, order: Order, library: Library, questions: Sequence[Question],
    answers: dict[str, Prediction] | None,
) -> list[Case]:  # fmt: skip
    from rag.writing.chat_model import chat_model

    if answers is None:
        chain = answer_chain(library, chat_model(settings), reader=reader_of(settings))
        with progress_bar("评测 asking", len(questions)) as bar:
            answers = ask_all(chain, questions, bar)
    if order.predictions is not None:
        write_predictions(order.predictions, answers.values())
    cases = score_all(questions, answers, units_of(library))
    if order.judge:
        from eval.judge import judged, judging_model

        model = judging_model(settings)
        cases = [judged(case, model, library.closeness) for case in cases]
    return cases


def _told(
    settings: Settings, order: Order, library: Library, cases: Sequence[Case],
    baseline: Sequence[Case] | None, limits: dict[str, float],
) -> bool:  # fmt: skip
    """Print and write what the order wants; whether every gate was passed."""
    from eval.comparison import compare
    from eval.gates import broken_limits, drops
    from eval.html_report import write_report
    from eval.provenance import provenance
    from eval.results import evaluated, summary, write_results
    from eval.table import comparison_table, results_table

    source = order.questions or (order.public[1] if order.public else None)
    made = provenance(settings, library, [source] if source else [], chat=order.answers is None)
    evaluation = evaluated(made, cases)
    comparison = compare(baseline, cases) if baseline is not None else None
    if order.results is not None:
        write_results(order.results, evaluation)
    if order.report is not None:
        write_report(order.report, evaluation, comparison)
    if order.as_json:
        Console(soft_wrap=True).print_json(data=summary(evaluation), indent=None)
    else:
        console = _wide_console()
        console.print(results_table(evaluation))
        if comparison is not None:
            console.print(comparison_table(comparison))
    broken = broken_limits(evaluation.overall, limits)
    if comparison is not None and order.max_drop is not None:
        broken += drops(comparison.differences, order.max_drop)
    for sentence in broken:
        Console(stderr=True).print(f"jianbao: {sentence}", soft_wrap=True)
    return not broken


def _print_ablation(settings: Settings, library: Library, questions: Sequence[Question]) -> None:
    from eval.ablation import ablate, ablation_table

    units, reader = units_of(library), reader_of(settings)

    def run(stages: Stages) -> list[Case]:
        with progress_bar("评测 asking", len(questions)) as bar:
            chain = answer_chain(library, stages=stages, reader=reader)
            return score_all(questions, ask_all(chain, questions, bar), units)

    _wide_console().print(ablation_table(ablate(run)))


def _wide_console() -> Console:
    """A console for tables: as wide as the terminal, wide enough where there is none."""
    console = Console()
    return console if console.is_terminal else Console(width=MIN_WIDTH)
