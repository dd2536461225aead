"""What Word computes when it prints a page, written into the document's tree: the numbers of lists,
the marks of notes; and raised print as superscripts.
"""

from collections.abc import Iterator
from typing import Any

from corpus.formats.raised_print import raised_mark
from corpus.formats.word_numbers import Numbering
from corpus.formats.word_text import W, text_of, texts
from corpus.text import list_marks
from corpus.text.note_marks import raised

_NOTES = ("footnote", "endnote")
_RAISED = "superscript"


class Notes:
    """The notes of a document by the paragraph that refers to them; texts with their mark."""

    def __init__(self, parts: dict[str, Any]) -> None:
        """From the roots of the parts `footnotes` and `endnotes`, as far as the file has them."""
        self.texts = {
            (kind, note.get(f"{W}id")): list(texts(note))
            for kind in _NOTES
            if (root := parts.get(f"{kind}s")) is not None
            for note in root.iterchildren(f"{W}{kind}")
            if note.get(f"{W}type") in (None, "normal")
        }
        self.has_both = {kind for kind, _ in self.texts} == set(_NOTES)
        self.numbers: dict[str, int] = dict.fromkeys(_NOTES, 0)

    def of(self, paragraph: Any) -> Iterator[str]:
        """The notes that a paragraph refers to; in its text their marks are set."""
        for kind in _NOTES:
            for reference in list(paragraph.iter(f"{W}{kind}Reference")):
                note = self.texts.get((kind, reference.get(f"{W}id")))
                if note is None:
                    continue
                mark = self._mark(kind, reference)
                _write(reference, mark)
                lines = [line for line in note if line.strip()]
                yield from (mark * (n == 0) + line.strip() for n, line in enumerate(lines))

    def _mark(self, kind: str, reference: Any) -> str:
        """The number of a note; none of one whose mark is typed, there and in the note. Endnotes
        stand in brackets where there are footnotes, too.
        """
        if reference.get(f"{W}customMarkFollows", "0") not in ("0", "false"):
            return ""
        self.numbers[kind] += 1
        number = str(self.numbers[kind])
        return raised(f"({number})" if kind == "endnote" and self.has_both else number)


def raise_marks(root: Any, styles: Any | None) -> None:
    """Write what is set above the line, by a run's own setting or its style's, as superscripts."""
    raising = {
        one.get(f"{W}styleId")
        for one in ([] if styles is None else styles.iterchildren(f"{W}style"))
        if _is_raised(one)
    }
    for run in root.iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        own = run.find(f"{W}rPr/{W}vertAlign")
        by_style = own is None and style is not None and style.get(f"{W}val") in raising
        if by_style or _is_raised(run):
            for text in run.iterchildren(f"{W}t"):
                text.text = raised_mark(text.text or "") or text.text


def number_lists(root: Any, numbering: Numbering) -> None:
    """Write the numbers of lists before their paragraphs, but where one was typed as well."""
    for paragraph in root.iter(f"{W}p"):
        if (
            paragraph.find(f"{W}pPr/{W}rPr/{W}vanish") is not None
            and not text_of(paragraph).strip()
        ):
            continue  # hidden with its mark: Word counts it not
        label = numbering.label(paragraph)
        if label and (text := text_of(paragraph).strip()) and not _is_typed(text, label):
            # Not a run of its own: the looks of the paragraph are those of its own runs.
            holder = paragraph.makeelement(f"{W}smartTag")
            child = holder.makeelement(f"{W}t")
            child.text = label
            holder.append(child)
            first = paragraph.find(f"{W}pPr")
            paragraph.insert(0 if first is None else paragraph.index(first) + 1, holder)


def _is_typed(text: str, label: str) -> bool:
    mark = list_marks.POINT.match(text)
    return text.startswith(label) or (mark is not None and mark[0].strip() == label.strip())


def _is_raised(element: Any) -> bool:
    place = element.find(f"{W}rPr/{W}vertAlign")
    return place is not None and place.get(f"{W}val") == _RAISED


def _write(element: Any, text: str) -> None:
    written = element.makeelement(f"{W}t")
    written.text = text
    element.getparent().replace(element, written)
