"""What the style of a Word paragraph says of its kind."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.text.paragraph import Paragraph

from corpus.bulletin import Kind
from corpus.layout import imprint, line_kinds

TITLE_SIZE = 1.15  # a title without a style is larger than the body by this factor
DEFAULT_SIZE = 10.5  # points; what Chinese Word sets where a document says nothing
MAX_CHAIN = 20  # styles based on each other; a damaged file may have them in a circle
_CENTER = WD_ALIGN_PARAGRAPH.CENTER
_STYLES = (  # names of styles in English and Chinese Word
    (re.compile(r"title$|标题$", re.IGNORECASE), Kind.TITLE),
    (re.compile(r"(heading|标题)\s*\d", re.IGNORECASE), Kind.HEADING),
    (re.compile(r"caption$|题注$", re.IGNORECASE), Kind.CAPTION),
)


@dataclass(frozen=True, slots=True)
class _Style:
    """A named style with what it inherits; `size` in points."""

    kind: Kind | None
    size: float
    centred: bool


class Styles:
    """The styles of one document; it knows whether the body text has begun."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.in_body = False
        self.known: dict[str | None, _Style] = {}
        sizes: Counter[float] = Counter()
        for paragraph in document.paragraphs:
            sizes[self._size(paragraph)] += len(paragraph.text)
        self.body_size = sizes.most_common(1)[0][0] if sizes else DEFAULT_SIZE

    def kind_of(self, element: Any, text: str) -> Kind | None:
        """The kind of a paragraph by its named style, else by its looks; None if neither tells."""
        paragraph = Paragraph(element, self.document._body)
        kind = self._style(paragraph).kind or self._looks(paragraph, text)
        self.in_body |= kind is None and not line_kinds.is_heading(text)
        return kind

    def _looks(self, paragraph: Paragraph, text: str) -> Kind | None:
        """A large centred line above the body is a title, a bold line by itself a heading."""
        if not line_kinds.is_heading(text) or imprint.is_masthead(text):
            return None
        own = paragraph.alignment
        centred = self._style(paragraph).centred if own is None else own == _CENTER
        large = self._size(paragraph) >= TITLE_SIZE * self.body_size
        if large and centred and not self.in_body:
            return Kind.TITLE
        inked = [run for run in paragraph.runs if run.text.strip()]
        bold = bool(inked) and all(run.bold for run in inked)
        return Kind.HEADING if bold and not centred else None

    def _size(self, paragraph: Paragraph) -> float:
        """Points of the paragraph's largest run, from the run or the style."""
        sizes = [run.font.size.pt for run in paragraph.runs if run.font.size and run.text.strip()]
        return float(max(sizes, default=0)) or self._style(paragraph).size

    def _style(self, paragraph: Paragraph) -> _Style:
        """The paragraph's style; each is looked up once, as python-docx searches for it anew."""
        name = paragraph._p.style
        if name not in self.known:
            self.known[name] = _resolve(paragraph.style)
        return self.known[name]


def _resolve(style: Any) -> _Style:
    """A style's settings, each from the nearest of the styles that it is based on."""
    chain: list[Any] = []
    while style is not None and len(chain) < MAX_CHAIN:
        chain.append(style)
        style = style.base_style
    named = (kind for s in chain for pattern, kind in _STYLES if pattern.match(s.name or ""))
    sizes = (float(s.font.size.pt) for s in chain if s.font.size is not None)
    places = (s.paragraph_format.alignment for s in chain)
    place = next((place for place in places if place is not None), None)
    return _Style(next(named, None), next(sizes, DEFAULT_SIZE), place == _CENTER)
