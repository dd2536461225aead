"""What a chat model writes, sentence by sentence, each as it has passed the check or was struck."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.answering.answer import Struck
from rag.writing.objections import Objection
from rag.writing.written_forms import Forms, Written, sentences

Check = Callable[[Written], Sequence[Objection]]


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence, and what is told of it where it does not stand."""

    written: Written
    struck: Struck | None = None


def checked_sentences(pieces: Iterable[str], check: Check) -> Iterator[Checked]:
    """The sentences that are written in pieces, each as soon as it is whole and checked; what only
    heads a list or draws a table states nothing and is left out.
    """
    forms = Forms()
    for sentence in sentences(pieces):
        written = forms.read(sentence)
        if written is None or written.framed:
            continue
        wrong = check(written)
        yield Checked(written, _struck(sentence, wrong) if wrong else None)


def _struck(sentence: str, wrong: Sequence[Objection]) -> Struck:
    """A sentence that did not stand, with why."""
    why = [f"{o.fault.chinese}：{o.words}" if o.words else o.fault.chinese for o in wrong]
    return Struck(sentence, tuple(dict.fromkeys(o.fault.value for o in wrong)), tuple(why))
