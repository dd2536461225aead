"""Files added on the page: dropped, told of one by one, asked about where they are in doubt."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Semaphore
from typing import Any

import gradio as gr

from corpus.formats.page_progress import PageReached
from corpus.formats.registry import SUFFIXES
from index.library import Library
from ui.page.intake import as_chosen, taken_in
from ui.page.reading_along import read_along
from ui.page.scripts import script
from ui.page.visitor import PRIVATE, actor, said, seen
from ui.server.rights import needs
from ui.store.audit import Recording
from ui.store.library_records import record_added
from ui.store.roles import AccessRole
from ui.views.added_view import Added, Intake, IntakeChoice, intake_html
from ui.views.page_words import label

ADDING = 2  # people whose files are taken in at the same time: reading them keeps a core busy
MAX_FILES = 50  # in one go; more are added by the command line


@dataclass(frozen=True, slots=True)
class AddingPanel:
    """The box for files, what came of them, and what is asked about, which each page holds."""

    files: gr.File
    result: gr.HTML
    intake: gr.State

    def listen(
        self,
        library: Library,
        fresh: Callable[[gr.Request], tuple[Any, ...]],
        outputs: Sequence[Any],
        audit: Recording,
    ) -> None:
        """Take in what is added, which `audit` records; `outputs` then become `fresh`."""
        skipped = (gr.skip(),) * len(outputs)
        room = Semaphore(ADDING)  # also of what goes on when a page is left

        def reading(
            box: tuple[Any, ...],
            intake: Intake,
            names: Sequence[str],
            turn: PageReached | None = None,
        ) -> tuple[Any, ...]:
            """The panel while a file is read, at a page of it where it is a scan; `box` goes
            before.
            """
            return *box, intake_html(intake, names, turn), gr.skip(), *skipped

        @needs(AccessRole.EDITOR)
        def add(
            paths: list[str] | None, before: Intake, request: gr.Request
        ) -> Iterator[tuple[Any, ...]]:
            """Take in files one by one, telling of each; what is in doubt is asked at the end."""
            waiting = [Path(path) for path in paths or []]
            record, own = partial(record_added, audit, actor(request)), seen(library, request)
            intake = Intake(asked=before.asked)
            if len(waiting) > MAX_FILES:
                note = (
                    f"一次最多添加{MAX_FILES}份，这次是{len(waiting)}份；请分批添加，"
                    "或用命令 jianbao add"
                )
                intake, waiting = intake.with_one(Added("添加", note)), []
            while waiting:
                shown = partial(reading, (gr.skip(),), intake, _names(waiting))
                yield shown()
                work = partial(taken_in, own, waiting.pop(0), record)
                intake = intake.with_one((yield from read_along(room, work, shown)))
            yield None, intake_html(intake), intake, *fresh(request)

        @needs(AccessRole.EDITOR)
        def decide(
            chosen: gr.EventData, before: Intake, request: gr.Request
        ) -> Iterator[tuple[Any, ...]]:
            """Take in what was asked about, or leave it, as somebody chose for each."""
            take, waiting = _choices(said(chosen, "take")), list(before.asked)
            record, own = partial(record_added, audit, actor(request)), seen(library, request)
            intake = Intake()
            if len(take) != len(waiting):
                note = "页面与服务器断开过，请重新添加这些文件"
                intake, waiting = intake.with_one(Added("添加", note)), []
            while waiting:
                shown = partial(reading, (), intake, _names([one.path for one in waiting]))
                yield shown()
                work = partial(as_chosen, own, waiting.pop(0), take[len(intake.told)], record)
                intake = intake.with_one((yield from read_along(room, work, shown)))
            yield intake_html(intake), Intake(), *fresh(request)

        told = [self.result, self.intake, *outputs]
        one_by_one: dict[str, Any] = {"concurrency_limit": ADDING, **PRIVATE}
        self.files.upload(add, [self.files, self.intake], [self.files, *told], **one_by_one)
        self.result.decide(decide, self.intake, told, **one_by_one)


def adding_panel() -> AddingPanel:
    """Build the panel inside the page."""
    files = gr.File(
        label=label("添加简报：拖到这里，或点击选择（{kinds}，可多选）"),
        elem_id="jb-files", file_count="multiple", file_types=sorted(SUFFIXES), height=110,
    )  # fmt: skip
    result = gr.HTML(
        "", elem_id="jb-added", apply_default_css=False, js_on_load=script("intake.js")
    )
    return AddingPanel(files, result, gr.State(Intake()))


def _choices(sent: object) -> list[IntakeChoice]:
    """What the page's form sent, what is no choice left out."""
    known = set(IntakeChoice)
    return (
        [IntakeChoice(one) for one in sent if isinstance(one, str) and one in known]
        if isinstance(sent, list)
        else []
    )


def _names(paths: Sequence[Path]) -> list[str]:
    return [path.name for path in paths]
