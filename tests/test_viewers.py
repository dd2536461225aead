"""Which conversation an open page shows, and what of another one still reaches it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from ui.page import viewers as viewers_module
from ui.page.viewers import Outputs, Viewers

NOTHING = ("nothing",)


@pytest.fixture
def viewers() -> Viewers:
    """No page is open yet."""
    return Viewers()


def steps(*words: str) -> list[Outputs]:
    """What an event shows, a word a step."""
    return [(word,) for word in words]


def test_a_page_gets_every_step_of_what_it_shows(viewers: Viewers) -> None:
    """One after the other, and at last nothing new: Gradio sends the last step twice."""
    shown = viewers.followed(viewers.turn("page"), steps("question", "answer"), NOTHING)
    assert list(shown) == [("question",), ("answer",), NOTHING]


def test_a_page_gets_nothing_more_of_what_it_has_left(viewers: Viewers) -> None:
    """An answer goes on elsewhere; the page has begun a new conversation."""
    answer = viewers.followed(viewers.turn("page"), steps("question", "answer"), NOTHING)
    assert next(answer) == ("question",)
    with ThreadPoolExecutor(1) as apart:
        turned = apart.submit(viewers.turn, "page", blank=True)
        assert list(answer) == [NOTHING]
        assert turned.result().blank


def test_what_is_turned_to_comes_behind_what_is_on_its_way(viewers: Viewers) -> None:
    """Whoever turns the page waits until the step that is being handed over has been sent."""
    sent: list[str] = []
    answer = viewers.followed(viewers.turn("page"), steps("answer", "more"), NOTHING)
    next(answer)

    def begin_anew() -> None:
        for shown in viewers.followed(viewers.turn("page", blank=True), steps("start"), NOTHING):
            sent.extend(shown)

    with ThreadPoolExecutor(1) as apart:
        anew = apart.submit(begin_anew)
        while viewers.blank("page") is None:  # until it has turned
            pass
        assert not anew.done()
        sent.append("answer")  # as Gradio does, before it asks for the next step
        assert list(answer) == [NOTHING]
        anew.result()
    assert sent == ["answer", "start", "nothing"]


def test_a_step_that_nobody_takes_does_not_keep_a_page(
    viewers: Viewers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser that was cut off comes back and turns to something else."""
    monkeypatch.setattr(viewers_module, "HAND_OVER_SECONDS", 0.01)
    lost = viewers.followed(viewers.turn("page"), steps("answer", "more"), NOTHING)
    next(lost)
    again = viewers.followed(viewers.turn("page"), steps("conversation"), NOTHING)
    assert list(again) == [("conversation",), NOTHING]
    assert list(lost) == [NOTHING]


def test_what_is_left_is_not_made_to_its_end(viewers: Viewers) -> None:
    """The steps are closed, whoever makes them may stop."""
    closed: list[bool] = []

    def growing() -> Iterator[Outputs]:
        try:
            yield from steps("one", "two", "three")
        finally:
            closed.append(True)

    turn = viewers.turn("page")
    viewers.turn("page")
    assert list(viewers.followed(turn, growing(), NOTHING)) == [NOTHING]
    assert closed == [True]


def test_other_pages_are_not_concerned(viewers: Viewers) -> None:
    """Two tabs of one reader show what each of them has turned to."""
    answer = viewers.followed(viewers.turn("one"), steps("question", "answer"), NOTHING)
    next(answer)
    viewers.turn("two")
    assert list(answer) == [("answer",), NOTHING]


def test_a_page_that_was_only_loaded_is_blank(viewers: Viewers) -> None:
    """Until a question turns it, and again when a conversation is left for none."""
    assert viewers.blank("page")
    viewers.turn("page")
    assert viewers.blank("page") is None
    viewers.turn("page", blank=True)
    assert viewers.blank("page")


def test_a_start_on_its_way_does_not_cover_a_question(viewers: Viewers) -> None:
    """The library has changed, the start is drawn anew, and a quick visitor has asked."""
    blank = viewers.blank("page")
    assert blank
    viewers.turn("page")
    assert list(viewers.followed(blank, steps("start"), NOTHING)) == [NOTHING]


def test_a_server_remembers_so_many_pages(
    viewers: Viewers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is forgotten gets what it shows all the same."""
    monkeypatch.setattr(viewers_module, "MAX_PAGES", 2)
    turns = {page: viewers.turn(page) for page in ("old", "two", "three")}
    assert viewers.blank("two") is None
    for turn in turns.values():
        assert list(viewers.followed(turn, steps("answer"), NOTHING)) == [("answer",), NOTHING]
