"""Where the questions of an evaluation come from, and the library that they are asked of."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import BulletinError, CallError
from corpus.parse import read_bulletin
from corpus.questions.public_sets import read_public
from corpus.questions.question_file import load_questions
from corpus.questions.truth import Question
from corpus.text.quotes import comparable
from eval.order import Order
from index.library import Library
from index.shelf.folder import bulletin_files
from index.temporary import library_of_texts, temporary_library
from rag import open_library
from rag.settings import Settings

# Our own: those used while building, and those kept aside.
OWN_QUESTIONS = Path(__file__).resolve().with_name("questions.jsonl")
HELD_OUT_QUESTIONS = OWN_QUESTIONS.with_name("held_out.jsonl")


@contextmanager
def questions_asked(settings: Settings, order: Order) -> Iterator[tuple[list[Question], Library]]:
    """The questions, checked, and the library that they are asked of."""
    from index.vectors.encoders import encoder_of

    if (order.questions is None) == (order.public is None):
        raise CallError("name a file of questions, or a public set with --public NAME FILE")
    encoder = encoder_of(settings.embedding_model)
    truth_needed = order.predictions is None
    if order.public is not None:
        public = read_public(*order.public)
        with library_of_texts(public.passages, encoder) as library:
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


def folder_texts(folder: Path) -> dict[str, str]:
    """Comparable text of every readable bulletin of a folder, by id.

    :raises CallError: there is no such folder, or it holds no bulletin file.
    """
    texts = {}
    for name, path in bulletin_files(folder).items():
        try:
            bulletin = read_bulletin(path, name)
        except BulletinError:
            continue  # the library names it when it is built
        texts[bulletin.id] = comparable("".join(unit.text for unit in bulletin.units))
    return texts


def library_texts(library: Library) -> dict[str, str]:
    """Comparable text of every bulletin of a library, by id."""
    return {
        entry.id: comparable("".join(unit.text for unit in library.bulletin(entry.id).units))
        for entry in library.entries()
    }
