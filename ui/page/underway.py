"""Answers under way, each in a thread of its own: who leaves the page, or loads it anew, finds them
again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Condition, Lock, Semaphore, Thread

from rag.answering.answer import Answer
from rag.chain import Request
from rag.trace import Findings, Step
from ui.store.answer_record import Searched
from ui.views.waiting import Progress, Stage

PULSE_SECONDS = 1.0  # after which a follower without news looks whether it is still wanted


@dataclass(frozen=True, slots=True)
class State:
    """How far an answer is: the stage that it has come to, what there is of it, its number in the
    conversation once it is kept (0 before), questions to go on with, or what went wrong. It is over
    when nothing more comes.
    """

    stage: Stage = Stage.SEARCH
    answer: Answer | None = None
    number: int = 0
    further: tuple[str, ...] = ()
    error: str = ""
    stopped: bool = False
    over: bool = False

    @property
    def is_awaited(self) -> bool:
        """Whether the answer is still to come."""
        return not (self.number or self.error or self.over)


class Running:
    """A question of an owner that is being answered; a Trace of its own request."""

    def __init__(self, owner: str, conversation: str, request: Request, searched: Searched) -> None:
        self.owner = owner
        self.conversation = conversation
        self.request = request
        self.searched = searched
        self._state = State()
        self._progress = Progress()
        self._changed = Condition()
        self._keeping = Lock()

    @property
    def state(self) -> State:
        """How far it is now."""
        return self._state

    def tell(self, **news: object) -> None:
        """Change the fields of the state that are named."""
        with self._changed:
            self._state = replace(self._state, **news)  # type: ignore[arg-type]
            self._changed.notify_all()

    def keep(self, save: Callable[[Answer], int]) -> None:
        """Keep the answer as far as it is, once; `save` returns its number."""
        with self._keeping:
            if self._state.answer is not None and not self._state.number:
                self.tell(number=save(self._state.answer))

    @contextmanager
    def timed(self, step: Step) -> Iterator[None]:
        """See Trace.timed."""
        if (stage := self._progress.take(step)) is not self._state.stage:
            self.tell(stage=stage)
        yield

    def found(self, findings: Findings) -> None:
        """See Trace.found."""

    def states(self) -> Iterator[State]:
        """The state now and after each change, at most one for each that the caller takes; the last
        one is over.
        """
        seen = self._state
        yield seen
        while not seen.over:
            with self._changed:
                if self._state is seen:
                    self._changed.wait(PULSE_SECONDS)
                seen = self._state
            yield seen


class Underway:
    """The answers of a server that are being made, at most one in a conversation."""

    def __init__(self, at_once: int) -> None:
        """`at_once` are made at a time, the others wait."""
        self._slots = Semaphore(at_once)
        self._running: dict[str, Running] = {}
        self._lock = Lock()

    def of(self, conversation: str) -> Running | None:
        """What is being answered in a conversation."""
        return self._running.get(conversation)

    def start(self, running: Running, work: Callable[[Running], None]) -> bool:
        """Let `work` make an answer in the background; False where another one of its conversation
        is still awaited.
        """
        conversation = running.conversation
        with self._lock:
            before = self._running.get(conversation)
            if before is not None and before.state.is_awaited:
                return False
            if before is not None:
                before.tell(stopped=True)  # it was only looking for questions to go on with
            self._running[conversation] = running

        def run() -> None:
            try:
                with self._slots:
                    work(running)
            finally:
                running.tell(over=True)
                with self._lock:
                    if self._running.get(conversation) is running:
                        del self._running[conversation]

        Thread(target=run, name="answer", daemon=True).start()
        return True
