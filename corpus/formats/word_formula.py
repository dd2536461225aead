"""A formula of a Word file as one line: 支出/预算=92.5%, x², √2."""

from typing import Any

from corpus.text.note_marks import raised

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FENCES = ("(", ")")


def formula_text(element: Any) -> str:
    """What a formula says, its parts in reading order; two numbers above each other stay apart."""
    name = element.tag.removeprefix(MATH) if isinstance(element.tag, str) else ""
    part = {child.tag: child for child in element.iterchildren()}

    def said(tag: str) -> str:
        return formula_text(part[MATH + tag]) if MATH + tag in part else ""

    if name == "t":
        return str(element.text or "")
    if name == "f":
        return f"{_one(said('num'))}/{_one(said('den'))}"
    if name == "rad":
        degree = said("deg")
        return f"{raised(degree) if degree.isdecimal() else degree}√{_one(said('e'))}"
    if name in ("sSup", "sSub", "sSubSup"):
        below, above = said("sub"), said("sup")
        lowered = f"_{below}" if below else ""
        power = raised(above) if above.isdecimal() else f"^{_one(above)}" if above else ""
        return said("e") + lowered + power
    between = "，" if name in ("m", "mr", "eqArr") else ""
    text = between.join(filter(None, map(formula_text, element.iterchildren())))
    if name == "d":
        opening, closing = _fences(element)
        return f"{opening}{text}{closing}"
    return text


def _one(text: str) -> str:
    """A part of a formula, in brackets if it is more than a word or a number."""
    plain = text.replace(".", "").replace("%", "")
    return text if plain.isalnum() else f"({text})"


def _fences(element: Any) -> tuple[str, str]:
    """The brackets of a part that stands in some."""
    marks = []
    for tag, usual in zip(("begChr", "endChr"), _FENCES, strict=True):
        mark = element.find(f"{MATH}dPr/{MATH}{tag}")
        marks.append(usual if mark is None else mark.get(f"{MATH}val", ""))
    return marks[0], marks[1]
