"""`jianbao eval`: a file of questions to predictions, scores and a table."""

from contextlib import ExitStack
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from corpus.errors import CallError
from eval.dataset import check_evidence, load_questions
from eval.report import table
from eval.run import evaluate, temporary_library, write_predictions
from index.encoder import SentenceTransformerEncoder
from rag import open_library
from rag.chain import answer_chain
from rag.generate import chat_model
from rag.settings import Settings


def check_writable(path: Path) -> None:
    """:raises CallError: the file cannot be written; said before the work, not after it."""
    try:
        path.open("a").close()
    except OSError as error:
        raise CallError(f"{path}: cannot be written ({error.strerror}); name another") from error


def run_evaluation(
    settings: Settings,
    questions_file: Path,
    bulletins: Path | None,
    predictions_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Evaluate over the library of the settings, or over a folder in a temporary one.

    :raises CallError: a faulty question file or folder.
    """
    questions = load_questions(questions_file)
    if predictions_file is not None:
        check_writable(predictions_file)
    errors = Console(stderr=True)
    with ExitStack() as stack:
        if bulletins is None:
            library = open_library(settings)
        else:
            encoder = SentenceTransformerEncoder(settings.embedding_model)
            library = stack.enter_context(temporary_library(bulletins, encoder))
        check_evidence(questions_file, questions, library)
        bar = Progress(console=errors, transient=True, disable=not errors.is_terminal)
        stack.enter_context(bar)
        task = bar.add_task("评测 asking", total=len(questions))
        evaluation = evaluate(
            library,
            answer_chain(library, chat_model(settings)),
            questions,
            lambda done, _: bar.update(task, completed=done),
        )
    if predictions_file is not None:
        write_predictions(predictions_file, evaluation.predictions)
    if as_json:
        scores = {"overall": evaluation.overall, "by_type": evaluation.by_type}
        Console(soft_wrap=True).print_json(data=scores, indent=None)
    else:
        Console().print(table(evaluation))
