"""The numbers that Word sets before the paragraphs of a list: 一、（一）1. ①"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus.formats.word_text import W
from corpus.text import numerals

MAX_STYLES = 20  # styles based on each other; a damaged file may have them in a circle
LEVELS = 9  # of a list
_NUMERALS: Mapping[str, numerals.Numeral] = {
    **dict.fromkeys(
        (
            "chineseCounting", "chineseCountingThousand", "japaneseCounting",
            "taiwaneseCounting", "taiwaneseCountingThousand", "koreanCounting",
            "ideographEnclosedCircle",
        ),
        numerals.han,
    ),
    **dict.fromkeys(
        ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"),
        numerals.digital,
    ),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"), numerals.legal
    ),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), numerals.wide),
    "decimalEnclosedParen": numerals.bracketed,
    "decimalEnclosedFullstop": numerals.stopped,
    "numberInDash": numerals.dashed,
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), numerals.circled
    ),
    "ideographTraditional": numerals.stem,
    "ideographZodiac": numerals.branch,
    "decimalZero": numerals.padded,
    "lowerLetter": numerals.letters,
    "upperLetter": numerals.upper(numerals.letters),
    "lowerRoman": numerals.roman,
    "upperRoman": numerals.upper(numerals.roman),
}  # fmt: skip
_UNNUMBERED = frozenset(("bullet", "none"))


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list; `text` holds %1 … %9 for the numbers of the levels."""

    start: int
    count: str
    text: str
    is_legal: bool
    restarts: int  # behind the paragraphs of this level and those above, counted from 1; 0 never


_PLAIN = _Level(1, "decimal", "", is_legal=False, restarts=LEVELS)


class Numbering:
    """The lists of one document; it counts as the paragraphs are asked about, in order."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        """From the roots of the parts numbering and styles; None where the file has none."""
        root = [] if numbering is None else numbering
        self.styles = {
            one.get(f"{W}styleId"): one
            for one in ([] if styles is None else styles.iterchildren(f"{W}style"))
        }
        self.lists = {
            one.get(f"{W}abstractNumId"): one for one in root if one.tag == f"{W}abstractNum"
        }
        self.numbers = {one.get(f"{W}numId"): one for one in root if one.tag == f"{W}num"}
        self.counts: dict[str, dict[int, int]] = {}  # by abstract list, of each level
        self.started: set[tuple[str, int]] = set()  # numbers and levels that began anew

    def label(self, paragraph: Any) -> str:
        """What Word prints before a paragraph, "" where it is none of a numbered list."""
        place = self._place(paragraph)
        number = self.numbers.get(place[0]) if place else None
        if place is None or number is None:
            return ""
        number_id, level = place
        abstract = self._abstract(number)
        if abstract is None:
            return ""
        counts = self.counts.setdefault(abstract.get(f"{W}abstractNumId"), {})
        own = self._level(number, abstract, level)
        restart = _override(number, level, "startOverride")
        if restart is not None and (number_id, level) not in self.started:
            counts[level] = _integer(restart, 1) - 1
        self.started.add((number_id, level))
        counts[level] = counts.get(level, own.start - 1) + 1
        for deeper in range(level + 1, LEVELS):
            if level < self._level(number, abstract, deeper).restarts:
                counts.pop(deeper, None)
        if own.count in _UNNUMBERED:
            return ""
        text = own.text
        for above in range(level + 1):
            of = self._level(number, abstract, above)
            value = counts.setdefault(above, of.start)
            legal = own.is_legal and above < level
            text = text.replace(f"%{above + 1}", _counted("decimal" if legal else of.count, value))
        return text + " " if text[-1:].isalnum() else text

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """Number and level of a paragraph, its own or its style's."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        by_style = None  # the style that names the list, which says at which level it stands
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        name = style.get(f"{W}val") if style is not None else None
        number = level = styled = None
        for _ in range(MAX_STYLES):
            if properties is not None:
                if number is None and (number := _value(properties, "numId")) is not None:
                    by_style = styled
                level = level if level is not None else _value(properties, "ilvl")
            found = self.styles.get(name)
            if number is not None or found is None:
                break
            properties, styled = found.find(f"{W}pPr/{W}numPr"), name
            based = found.find(f"{W}basedOn")
            name = based.get(f"{W}val") if based is not None else None
        if number is None or number == "0":
            return None
        if level is None and by_style is not None:
            level = self._level_of(number, by_style)
        return number, min(int(level), LEVELS - 1) if level and level.isdecimal() else 0

    def _level_of(self, number: str, style: str) -> str | None:
        """The level of a list that is tied to a style."""
        found = self.numbers.get(number)
        abstract = None if found is None else self._abstract(found)
        for one in () if abstract is None else abstract.iterchildren(f"{W}lvl"):
            if _value(one, "pStyle") == style:
                return str(one.get(f"{W}ilvl"))
        return None

    def _abstract(self, number: Any) -> Any | None:
        """The list that a number counts; one that only names a style is looked up there."""
        found = self.lists.get(_value(number, "abstractNumId") or "")
        link = found.find(f"{W}numStyleLink") if found is not None else None
        style = self.styles.get(link.get(f"{W}val")) if link is not None else None
        linked = style.find(f"{W}pPr/{W}numPr/{W}numId") if style is not None else None
        other = self.numbers.get(linked.get(f"{W}val")) if linked is not None else None
        return found if other is None else self.lists.get(_value(other, "abstractNumId") or "")

    def _level(self, number: Any, abstract: Any, level: int) -> _Level:
        own = _override(number, level, "lvl")
        for one in [own] if own is not None else abstract.iterchildren(f"{W}lvl"):
            if one.get(f"{W}ilvl", str(level)) == str(level):
                legal = one.find(f"{W}isLgl")
                return _Level(
                    start=_integer(one.find(f"{W}start"), 1),
                    count=_value(one, "numFmt") or "decimal",
                    text=_value(one, "lvlText") or "",
                    is_legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false"),
                    restarts=_integer(one.find(f"{W}lvlRestart"), LEVELS),
                )
        return _PLAIN


def _override(number: Any, level: int, tag: str) -> Any | None:
    for one in number.iterchildren(f"{W}lvlOverride"):
        if one.get(f"{W}ilvl") == str(level):
            return one.find(f"{W}{tag}")
    return None


def _value(element: Any, tag: str) -> str | None:
    child = element.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val")


def _integer(element: Any | None, default: int) -> int:
    value = None if element is None else element.get(f"{W}val")
    return int(value) if value is not None and value.lstrip("-").isdecimal() else default


def _counted(count: str, value: int) -> str:
    return _NUMERALS.get(count, str)(value)
