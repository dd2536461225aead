"""Names and offices of a sentence as its source joins them: a mayor is no secretary."""

import re
from collections.abc import Iterator

from rag.query.persons import TITLE, persons
from rag.writing.objections import Fault, Objection

# Words that are offices beside a name and common words elsewhere.
_COMMON = frozenset("代表 委员 负责人 主席".split())
_LISTED = re.compile(r"[、和与及]")
_MARKS = re.compile(r"[，。；：！？“”（）()\n]")


def office_faults(claim: str, source: str) -> Iterator[Objection]:
    """Persons that the source does not name, or not in this office; offices it does not name."""
    for name in persons(claim):
        if name not in source:
            yield Objection(Fault.OFFICE, name)
            continue
        wrong = _offices(claim, name, nearest=True) - _offices(source, name)
        if wrong:
            yield Objection(Fault.OFFICE, f"{sorted(wrong)[0]}{name}")
    for title in dict.fromkeys(TITLE.findall(claim)):
        if title not in _COMMON and title not in TITLE.findall(source):
            yield Objection(Fault.OFFICE, title)


def _offices(text: str, name: str, *, nearest: bool = False) -> set[str]:
    """The offices that stand with a name: in its clause before it, or right behind it; with
    `nearest` before it only those behind the last 、 or 和.
    """
    found: set[str] = set()
    for match in re.finditer(re.escape(name), text):
        before = _MARKS.split(text[: match.start()])[-1]
        # of several persons each has the offices between the one before and itself
        last = [known for known in persons(before) if known != name]
        if last:
            before = before[before.rindex(last[-1]) + len(last[-1]) :]
        if nearest:
            before = _LISTED.split(before)[-1]
        found |= set(TITLE.findall(before))
        if behind := TITLE.match(text, match.end()):
            found.add(behind[0])
    return found
