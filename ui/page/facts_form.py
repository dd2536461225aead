"""The form in which a clerk sets date, place and series of a bulletin by hand."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, astuple
from typing import Any

import gradio as gr

from corpus.errors import CallError, JianbaoError
from corpus.hand_facts import NO_FACTS, HandFacts
from index.library import Library
from ui.page.scripts import script
from ui.page.visitor import PRIVATE, actor, said, seen, told
from ui.server.rights import needs
from ui.store.audit import Deed, Recording
from ui.store.library_records import told_facts
from ui.store.roles import AccessRole
from ui.views.facts_view import LONGEST, FormFields, facts_html
from ui.views.reason_told import chinese_first


def facts_form(
    library: Library,
    entries: gr.HTML,
    fresh: Callable[[gr.Request], tuple[Any, ...]],
    outputs: Sequence[Any],
    audit: Recording,
) -> None:
    """Build the form inside the page, shut; the table `entries` opens it over a bulletin. When
    something was set, which `audit` records, `outputs` become `fresh`.
    """
    form = gr.HTML("", elem_id="jb-facts", apply_default_css=False, js_on_load=script("facts.js"))

    @needs(AccessRole.EDITOR)
    def open_form(chosen: gr.EventData, request: gr.Request) -> str:
        own = seen(library, request)
        try:
            entry = own.kept.entry(str(said(chosen, "id")))
        except CallError as error:  # removed by somebody else
            raise told(error) from error
        facts = own.kept.facts().get(entry.id, NO_FACTS)
        return facts_html(own.bulletin(entry.id), FormFields.of(facts))

    @needs(AccessRole.EDITOR)
    def save(given: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        # one character more than can be right is told to be wrong
        written = FormFields(**{n: str(said(given, n))[: most + 1] for n, most in LONGEST.items()})
        own = seen(library, request)
        try:
            entry = own.kept.entry(str(said(given, "id")))
        except CallError as error:
            raise told(error) from error
        try:
            facts = HandFacts.checked(*(one.strip() or None for one in astuple(written)))
            if facts != own.kept.facts().get(entry.id, NO_FACTS):
                own.set_by_hand(entry.id, facts)
                audit.record(actor(request), Deed.SET, entry.id, told_facts(asdict(facts)))
        except JianbaoError as error:
            why = chinese_first(str(error))
            again = facts_html(own.bulletin(entry.id), written, why)
            return again, *(gr.skip(),) * len(outputs)
        return "", *fresh(request)

    @needs(AccessRole.EDITOR)
    def leave() -> str:
        return ""

    entries.facts(open_form, None, form, **PRIVATE)
    form.save(save, None, [form, *outputs], **PRIVATE)
    form.leave(leave, None, form, **PRIVATE)
