"""What records of earlier programs say only in their text: tables, where paragraphs are named, the
cautions beside sentences, and which figure a warning is about.

Those programs kept a comparison as the Markdown that its text is, of the units that a refusal names
the labels alone and of a warning its text, so here, and only here, a text is searched for them.
"""

import re
from typing import Any

from rag.answering.beside import besides_in

# A row, of an answer that was broken off also one without its end: names of what is compared hold
# no bar, quotes may.
_ROW = re.compile(r"\| (.+?) \| (.*?)(?: \|)?$")
_HEAD, _RULE = "| 比较对象 | 简报原文 |", "| --- | --- |"


def completed(kept: dict[str, Any]) -> dict[str, Any]:
    """A record with all that those of today have; one of today is as it was.

    :raises KeyError: it is no record.
    """
    text: str = kept["text"]
    starts = [(text.find(one["label"]), one) for one in kept.get("near", ())]
    known = [{**one, "start": start} for start, one in starts if start >= 0]
    known.sort(key=lambda one: one["start"])
    added = {"nearest": known, "rows": _rows(text), "searched": None,
             "value": "", "sureness": None, "offered": (), "struck": (), "result": "",
             "beside": besides_in(text),
             "versions": [""] * len(kept["citations"]),
             "figures": [*map(_figure, kept["warnings"])],
             "cells": [("", "")] * len(kept["citations"])}  # fmt: skip
    return {**added, **kept}


def _figure(warning: dict[str, str]) -> str:
    """The figure that a warning opens with; "" where it is about something else."""
    figure, colon, _ = warning["text"].partition("：")
    return figure if colon and warning["kind"] == "doubtful_figure" else ""


def _rows(text: str) -> list[tuple[str, str]]:
    """The rows of the comparison that a text is, its head first; none of another text."""
    head, _, rest = text.partition(f"\n{_RULE}\n")
    if head != _HEAD:
        return []
    rows = [_ROW.match(line) for line in (head, *rest.split("\n"))]
    return [(row[1], row[2]) for row in rows if row]
