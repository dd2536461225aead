"""Where the questions of an evaluation come from, and the library that they are asked of."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import CallError
from eval.dataset import Question, folder_texts, library_texts, load_questions
from eval.order import Order
from eval.run import temporary_library
from index.library import Library
from rag import open_library
from rag.settings import Settings


@contextmanager
def questions_asked(settings: Settings, order: Order) -> Iterator[tuple[list[Question], Library]]:
    """The questions, checked, and the library that they are asked of."""
    from index.vectors.encoder import SentenceTransformerEncoder

    if (order.questions is None) == (order.public is None):
        raise CallError("name a file of questions, or a public set with --public NAME FILE")
    encoder = SentenceTransformerEncoder(settings.embedding_model)
    truth_needed = order.predictions is None
    if order.public is not None:
        from eval.public_sets import read_public, write_passages

        public = read_public(*order.public)
        with TemporaryDirectory(prefix="jianbao-public-") as folder:
            write_passages(public.passages, Path(folder))
            with temporary_library(Path(folder), encoder) as library:
                yield list(public.questions), library
        return
    assert order.questions is not None, "one of the two is given"  # nosec B101 # for the type
    if order.bulletins is not None:
        texts = folder_texts(order.bulletins)
        questions = load_questions(order.questions, texts, truth_needed=truth_needed)
        with temporary_library(order.bulletins, encoder) as library:
            yield questions, library
        return
    library = open_library(settings)
    texts = library_texts(library)
    yield load_questions(order.questions, texts, truth_needed=truth_needed), library
